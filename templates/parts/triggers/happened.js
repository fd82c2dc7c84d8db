/** Something happened on the page; a cart is what the page's own handlers leave behind. */
const happened = (/** @type {Rule} */ rule, /** @type {Partial<Context>} */ given) => {
  if (rule.watch) watchCart(rule, given);
  else fire(rule, given);
};
