$sources.global=e=>$dig(window,e)
