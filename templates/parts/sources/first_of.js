// The first that finds something; a list of nothing is nothing.
sources.first_of = (tried, context) => {
  const filled = (/** @type {any} */ value) =>
    Array.isArray(value) ? value.some(filled) : value && typeof value == "object" ? value : text(value);
  for (const source of tried) {
    const value = read(source, context);
    if (filled(value)) return value;
  }
};
