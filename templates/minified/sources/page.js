$sources.page=(e,t)=>(t.found.push(!0),$bare($pathOf(location.href)))
