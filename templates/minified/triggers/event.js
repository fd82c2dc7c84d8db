$rules.forEach(e=>(e.event||[]).forEach(t=>$when("start",()=>$on(window,t,t=>$happened(e,{detail:t.detail,element:t.target})))))
