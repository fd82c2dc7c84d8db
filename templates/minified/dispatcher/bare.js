const $bare=e=>"/"+e.replace(/^\/+|\/+$/g,"")
