// The product that a page's JSON-LD or microdata describes: of one product, with one price, or of none.
const nestedThings = (/** @type {any} */ value) =>
  /** @type {any[]} */ (
    Array.isArray(value)
      ? [].concat(.../** @type {any} */ (value.map(thingsOf)))
      : value && typeof value == "object"
        ? [value].concat(
            thingsOf(value["@graph"]),
            thingsOf(value.mainEntity),
            thingsOf(value.itemListElement),
          )
        : []
  );
/** @type {(value: any) => any[]} */
const thingsOf = (value) => nestedThings(value);
const firstOf = (/** @type {any} */ value) => (Array.isArray(value) ? value[0] : value);
/** The last step of a type or an enumeration: `https://schema.org/InStock` is `InStock`. */
const wordOf = (/** @type {any} */ value) => text(firstOf(value)).replace(/^.*[/#:]/, "");
const isProduct = (/** @type {any} */ thing) =>
  /** @type {any[]} */ ([]).concat(thing["@type"]).some((type) => wordOf(type) == "Product");
const nameIn = (/** @type {any} */ value) => {
  const one = firstOf(value);
  return one && typeof one == "object" ? firstOf(one.name || one.url || one.contentUrl || one["@id"]) : one;
};
const absolute = (/** @type {any} */ address) =>
  address && quietly(() => new URL(address, document.baseURI).href);

/** Microdata in JSON-LD's form. */
/** @type {(element: Element) => any} */
const itemOf = (element) => {
  /** @type {any} */
  const item = { "@type": (element.getAttribute("itemtype") || "").split(/\s+/) };
  element.querySelectorAll("[itemprop]").forEach((/** @type {any} */ one) => {
    if (one.parentElement.closest("[itemscope]") != element) return;
    const said =
      one.getAttribute("content") || one.getAttribute("datetime") || one.href || one.src || shownIn(one, 1);
    const value = one.hasAttribute("itemscope") ? itemOf(one) : said;
    one
      .getAttribute("itemprop")
      .split(/\s+/)
      .forEach((/** @type {string} */ name) => {
        item[name] = (item[name] || []).concat(value);
      });
  });
  return item;
};
/** @type {{[format: string]: (found: any[]) => any[]}} */
const formatsRead = {
  "json-ld": (found) => {
    const scripts = [...document.querySelectorAll("script[type='application/ld+json']")];
    found.push(...scripts);
    return thingsOf(scripts.map((script) => json(script.textContent)));
  },
  microdata: (found) => {
    const elements = [...document.querySelectorAll("[itemscope][itemtype$='/Product']")];
    found.push(...elements);
    return elements.map(itemOf);
  },
};
const INSTALMENT = ["billingDuration", "billingIncrement", "priceComponentType"];
const CONDITION = ["priceType", "validForMemberTier", "referenceQuantity", "eligibleQuantity"];
const specificationsOf = (/** @type {any} */ offer) =>
  /** @type {any[]} */ ([]).concat(Object(offer).priceSpecification || []);
const hasAny = (/** @type {any} */ thing, /** @type {string[]} */ names) =>
  names.some((name) => Object(thing)[name] != null);
/** The one specification that is the price of a piece for everybody: no list price, charge or instalment. */
const plainPrice = (/** @type {any} */ offer) => {
  const plain = specificationsOf(offer).filter(
    (one) => !hasAny(one, [...CONDITION, ...INSTALMENT]) && !/Charge/.test(wordOf(Object(one)["@type"])),
  );
  return plain.length == 1 ? plain[0] : {};
};
/** Instalments, deposits and leases: what such an offer calls its price may be a part of it. */
const isPart = (/** @type {any} */ offer) =>
  specificationsOf(offer).some((one) => hasAny(one, INSTALMENT)) ||
  !/^(Sell)?$/.test(wordOf(Object(offer).businessFunction));
/** A price; nothing where `1.299` may be 1299. */
const amountOf = (/** @type {any} */ price) => {
  const said = text(firstOf(price));
  return /^[1-9]\d{0,2}\.\d{3}$/.test(said) ? undefined : number(said);
};
/** The one price of a product's offers; nothing where they differ or are in another currency. */
const offerOf = (/** @type {any} */ thing) => {
  /** @type {any[]} */
  const given = [].concat(thing.offers || []);
  /** @type {any[]} */
  const offers = [].concat(
    .../** @type {any} */ (given.map((offer) => (Object(offer).offers ? offer.offers : [offer]))),
  );
  const specified = offers.map((offer) => ({ ...plainPrice(offer), ...offer }));
  /** @type {any[]} */
  const prices = [].concat(
    .../** @type {any} */ (
      specified.map(({ price, lowPrice, highPrice }) => (price != null ? [price] : [lowPrice, highPrice]))
    ),
  );
  const one = amountOf(prices[0]);
  const alike = prices.every((price) => price == null || amountOf(price) === one);
  const strange = specified.some(
    (offer) => (USES.currency && foreign({ currency: text(firstOf(offer.priceCurrency)) })) || isPart(offer),
  );
  return one === undefined || !alike || strange ? undefined : { ...specified[0], price: one };
};
const productOf = (/** @type {any} */ thing) => {
  const offer = offerOf(thing);
  if (!offer) return undefined;
  const { aggregateRating } = thing;
  const rating = Object(firstOf(aggregateRating));
  const address = absolute(firstOf(thing.url) || firstOf(offer.url)) || location.href.replace(/[?#].*/, "");
  const given = {
    productId: ["sku", "productID", "identifier", "mpn", "gtin13", "gtin"]
      .map((name) => text(nameIn(thing[name])))
      .find(Boolean),
    name: text(firstOf(thing.name)),
    productDetailUrl: address,
    unitPrice: offer.price,
    availability: wordOf(offer.availability),
    imageUrl: absolute(nameIn(thing.image)),
    description: text(firstOf(thing.description)),
    brand: text(nameIn(thing.brand)),
    rating: firstOf(rating.ratingValue),
    ratingCount: firstOf(rating.ratingCount),
    reviewCount: firstOf(rating.reviewCount),
  };
  return given;
};
sources.structured = (formats, context) => {
  for (const format of formats) {
    const products = formatsRead[format](context.found).filter(isProduct);
    const here = products.filter(
      (thing) => bare(pathOf(absolute(firstOf(thing.url)) || "")) == bare(pathOf(location.href)),
    );
    const one = here.length == 1 ? here[0] : products.length == 1 ? products[0] : undefined;
    const product = one && productOf(one);
    if (product) return product;
  }
  return undefined;
};
