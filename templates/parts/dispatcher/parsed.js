/** JSON that is an object, as such; every other text as it is. */
const parsed = (/** @type {any} */ string) => {
  const value = json(string);
  return typeof value == "object" ? value : string;
};
