/** A page that is prerendered reports nothing until it is seen. */
const whenShown = (/** @type {() => void} */ start) => {
  if (document.prerendering) document.addEventListener("prerenderingchange", start, { once: true });
  else start();
};
