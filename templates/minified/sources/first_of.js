$sources.first_of=(e,t)=>{const n=e=>Array.isArray(e)?e.some(n):e&&"object"==typeof e?e:$text(e);for(const r of e){const e=$read(r,t);if(n(e))return e}}
