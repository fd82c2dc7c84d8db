$when("record",(e,t,n,r,o)=>{e!=$LINE||o&&null==t.item_id||r("quantity",1)}),$categories=(e,t)=>Array.isArray(e[t])?e[t].map(e=>"/"+e):"/"+["",2,3,4,5].map(n=>e[t+n]).filter(Boolean).join("/")
