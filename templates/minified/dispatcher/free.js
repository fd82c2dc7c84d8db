$attempt(()=>$whenShown($start))
