const $happened=(e,t)=>{e.watch?$watchCart(e,t):$fire(e,t)}
