$sources.cookie=(e,t,n)=>{const r=document.cookie.split("; ").find(t=>t.startsWith(e+"=")),o=r&&r.slice(e.length+1);return o&&$unfold($quietly(()=>decodeURIComponent(o))||o,n[3])}
