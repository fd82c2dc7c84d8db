$sources.page=(e,t)=>(t.t.push(!0),$bare($pathOf(location.href)))
