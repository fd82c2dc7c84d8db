$foreign=e=>["currency","currencyCode","currency_code","priceCurrency"].some(t=>{const n=$quietly(()=>e[t]);return"string"==typeof n&&/^[a-z]{3}$/i.test(n)&&n.toUpperCase()!=$plan.currency})
