const $whenShown=e=>{document.prerendering?document.addEventListener("prerenderingchange",e,{once:!0}):e()}
