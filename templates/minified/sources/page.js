$sources.page=(e,t)=>(t.t.push(location),$bare($pathOf(location.href)))
