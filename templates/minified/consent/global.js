$states.global=({global:e,value:t})=>$says($inside(window,String(e)),t)
