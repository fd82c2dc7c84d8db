$sources.template=(e,t)=>{const n=e.replace(/\{([^{}]+)\}/g,(e,n)=>$text($dig(t.object,n))||e);return/\{[^{}]+\}/.test(n)?void 0:n}
