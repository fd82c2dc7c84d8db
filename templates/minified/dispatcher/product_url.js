$when("record",(e,t,n,r)=>{if("product"!=e&&e!=$LINE)return;const o=$plan.product_url.replace(/\{(\w+)\}/g,(e,t)=>n[t]||e);/\{/.test(o)||r("productDetailUrl",o)})
