// Prices in another currency are not the store's: the platform has one.
/** @type {(object: any) => void} */
const passing = (object) => {
  if (object !== window && foreign(object)) strange = object;
};
/** Whether prices beside it are in another currency than the store's. */
/** @type {(object: any) => boolean} */
const foreign = (object) =>
  ["currency", "currencyCode", "currency_code", "priceCurrency"].some((name) => {
    const given = text(Object(object)[name]);
    return /^[a-z]{3}$/i.test(given) && given.toUpperCase() != plan.currency;
  });
