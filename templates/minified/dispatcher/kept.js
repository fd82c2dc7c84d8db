const $local=$quietly(()=>localStorage)||{},$session=$quietly(()=>sessionStorage)||{},$keep=(e,t,n)=>$quietly(()=>{e[t]=n})
