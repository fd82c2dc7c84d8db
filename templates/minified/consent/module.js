$states.module=({module:e})=>$says($modules[String(e)]({}),void 0)
