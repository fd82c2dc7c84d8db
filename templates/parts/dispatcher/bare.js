/** A path without the slashes around it: how two of them are compared. */
const bare = (/** @type {string} */ path) => "/" + path.replace(/^\/+|\/+$/g, "");
