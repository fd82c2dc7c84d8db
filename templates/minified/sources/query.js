$sources.query=(e,t)=>{t.t.push(location);const n=/^#!?\/[^?]*\?(.*)/.exec(location.hash),r=new URLSearchParams(location.search).get(e);return null===r&&n?new URLSearchParams(n[1]).get(e):r}
