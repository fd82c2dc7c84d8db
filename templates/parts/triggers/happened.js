/** Something happened on the page; a cart is what the page's own handlers leave behind. */
/** @type {(rule: Rule, given: Partial<Context>) => void} */
const happened = USES.watch ? (rule, given) => (rule.watch ? watchCart : fire)(rule, given) : fire;
