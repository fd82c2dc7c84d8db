/** The parameters of an address; a hash router keeps its own behind the `#`. */
const parametersOf = (/** @type {URL | Location} */ { search, hash }) =>
  new URLSearchParams(search + "&" + hash.replace(/^(#!?\/[^?]*\?|.*)/, ""));
