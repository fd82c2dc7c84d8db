$sources.path=(e,t)=>$dig(t.object,e)
