$sources.data_layer=(e,t,n)=>{const r=$layerItems.find(({entry:t})=>e.includes(t.event));if(r&&$belongs(r,t.view))return t.found.push(!0),$dig(r.entry,n[3])}
