$sources.data_layer=(e,t,n)=>{const r=$layerItems.find(({b:t})=>e.includes(t.event));if(r&&$belongs(r,t.n))return t.t.push(!0),$dig(r.b,n[3])}
