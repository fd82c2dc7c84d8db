// What is kept for the next page. A page may have no storage: then it is kept until the page ends.
/** @type {{[key: string]: any}} */
const local = quietly(() => localStorage) || {};
/** @type {{[key: string]: any}} */
const session = quietly(() => sessionStorage) || {};
const keep = (
  /** @type {{[key: string]: any}} */ storage,
  /** @type {string} */ key,
  /** @type {any} */ value,
) =>
  quietly(() => {
    storage[key] = value;
  });
