$when("fired",e=>{const t=window.connectif;"push-opt-in"==e.asks&&t&&t.subscribeToPushNotifications&&t.subscribeToPushNotifications((e,n)=>$attempt(()=>n&&$allowed()&&t.managed.sendEvents([])))})
