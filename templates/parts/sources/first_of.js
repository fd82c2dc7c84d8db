// The first that finds something; a list of nothing is nothing. Of a price, a 0 gives way to a price after it.
sources.first_of = (tried, context, source) => {
  const filled = (/** @type {any} */ value) =>
    Array.isArray(value) ? value.some(filled) : value && typeof value == "object" ? value : text(value);
  const amount = (/** @type {any} */ value) =>
    source[3] ? +(text(USES.mend && source[4] ? mend(value, source[4]) : value) || NaN) : 1;
  let zero;
  for (const each of tried) {
    const value = read(each, context);
    if (!filled(value)) continue;
    if (zero === undefined ? amount(value) !== 0 : amount(value) > 0) {
      if (DEVELOPMENT && zero !== undefined) run("passed", value, context);
      return value;
    }
    if (zero === undefined) zero = value;
  }
  return zero;
};
