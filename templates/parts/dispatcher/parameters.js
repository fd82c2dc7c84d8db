/** The parameters of an address; a hash router keeps its own behind the `#`. */
const parametersOf = (/** @type {URL | Location} */ url) =>
  new URLSearchParams(
    USES.routes ? url.search + "&" + url.hash.replace(/^(#!?\/[^?]*\?|.*)/, "") : url.search,
  );
