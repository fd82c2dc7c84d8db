/** `shop.user.email` may be a key, or `email` inside the key `shop.user`. */
const stored = (/** @type {string} */ key, /** @type {string | undefined} */ path) => {
  const found = quietly(() => localStorage.getItem(key) || sessionStorage.getItem(key));
  const dot = key.lastIndexOf(".");
  /** @type {any} */
  const value =
    found || dot < 0
      ? unfold(found, path)
      : stored(key.slice(0, dot), key.slice(dot + 1) + (path ? "." + path : ""));
  return value;
};
sources.storage = (key, context, source) => stored(key, source[3]);
