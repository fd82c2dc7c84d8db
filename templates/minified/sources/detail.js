$sources.detail=(e,t)=>$dig(t.detail,e)
