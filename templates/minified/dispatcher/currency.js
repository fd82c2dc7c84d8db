$foreign=e=>["currency","currencyCode","currency_code","priceCurrency"].some(t=>{const n=$text(Object(e)[t]);return/^[a-z]{3}$/i.test(n)&&n.toUpperCase()!=$plan.currency})
