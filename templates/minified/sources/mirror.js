$sources.mirror=()=>$mirrored()
