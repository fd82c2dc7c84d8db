$states.storage=({storage:e,path:t,value:n})=>$says($stated(localStorage.getItem(String(e)),t),n)
