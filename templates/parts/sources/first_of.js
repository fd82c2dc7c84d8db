// The first that finds something; a list of nothing is nothing. Of a price, a 0 gives way to a price after it,
// and so does a reduced price that is above a regular one (catalog/amounts.py).
sources.first_of = (tried, context, source) => {
  const filled = (/** @type {any} */ value) =>
    Array.isArray(value) ? value.some(filled) : value && typeof value == "object" ? value : text(value);
  /** Which of a price's places are called as reduced prices are. */
  const reduced = source[3];
  const amount = (/** @type {any} */ value) =>
    reduced ? +(text(USES.transform && source[4] ? transform(value, source[4]) : value) || NaN) : 1;
  const cheaper = (/** @type {number} */ cost, /** @type {number} */ place) =>
    tried.some((/** @type {any} */ each, /** @type {number} */ other) => {
      const regular = other > place && !reduced[other] && amount(read(each, context));
      return regular && regular < cost;
    });
  /** @type {any} */
  let first;
  for (const [place, each] of tried.entries()) {
    const value = read(each, context);
    const cost = filled(value) ? amount(value) : 0;
    if (first === undefined && filled(value)) first = value;
    if (cost !== cost ? value === first : cost > 0 && !(reduced && reduced[place] && cheaper(cost, place))) {
      if (DEVELOPMENT && value !== first) run("passed", first, value, context);
      return value;
    }
  }
  return first;
};
