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
/** A property's values: one or many. */
const allOf = (/** @type {any} */ value) => /** @type {any[]} */ ([]).concat(value == null ? [] : value);
const specificationsOf = (/** @type {any} */ offer) => allOf(Object(offer).priceSpecification).map(Object);
const hasAny = (/** @type {any} */ thing, /** @type {string[]} */ names) =>
  names.some((name) => Object(thing)[name] != null);
const INSTALMENT = ["billingDuration", "billingIncrement", "billingStart", "priceComponentType"];
/** What an offer, or an amount, is not everybody's price for: members, several pieces. */
const isSome = (/** @type {any} */ thing) =>
  thing.validForMemberTier != null ||
  allOf(thing.eligibleQuantity).some((one) => +text(Object(one).minValue || Object(one).value || one) > 1);
const isTrade = (/** @type {any} */ offer) => {
  const customers = allOf(offer.eligibleCustomerType);
  return (
    customers[0] && customers.every((one) => /^(Business|Reseller|PublicInstitution)$/.test(wordOf(one)))
  );
};
/** Whether a price that is of some days only is one of today; a day that cannot be read does not count. */
const holds = (/** @type {any} */ thing) => {
  const today = new Date().toISOString().slice(0, 10);
  const day = (/** @type {string} */ name) =>
    (/^\d{4}-\d\d-\d\d/.exec(text(firstOf(Object(thing)[name]))) || [])[0];
  const until = day("validThrough") || day("priceValidUntil");
  return (day("validFrom") || "") <= today && (until || today) >= today;
};
const isNet = (/** @type {any} */ thing) => /^(false|0)$/i.test(wordOf(thing.valueAddedTaxIncluded));
const typeOf = (/** @type {any} */ one) => wordOf(one.priceType);
/** The one specification that is the price of a piece for everybody: no list price, charge or instalment. */
const plainPrice = (/** @type {any} */ offer) => {
  const plain = specificationsOf(offer).filter(
    (one) =>
      !isSome(one) &&
      !hasAny(one, ["priceType", "referenceQuantity", "eligibleTransactionVolume", ...INSTALMENT]) &&
      !isNet(one) &&
      !/Charge/.test(wordOf(one["@type"])),
  );
  return plain.length == 1 ? plain[0] : {};
};
/** An offer with what is charged today: a reduced price that holds, is none of 0 and not above the price. */
const chargedNow = (/** @type {any} */ offer) => {
  const whole = { ...plainPrice(offer), ...offer };
  const specified = specificationsOf(offer).filter(typeOf);
  const [sales, lists] = [true, false].map((wanted) =>
    specified.filter((one) => (typeOf(one) == "SalePrice") == wanted),
  );
  const sale = sales.find((one) => !isSome(one) && holds(one));
  const reduced = sale && amountOf(sale.price);
  const usual = [whole, ...lists].map((one) => amountOf(one.price)).find((one) => one !== undefined);
  return reduced && !(usual !== undefined && reduced > usual) ? { ...whole, price: sale.price } : whole;
};
/** Instalments, deposits and leases: what such an offer calls its price may be a part of it. */
const isPart = (/** @type {any} */ offer) =>
  specificationsOf(offer).some((one) => hasAny(one, INSTALMENT)) ||
  !/^(Sell|ProvideService)?$/.test(wordOf(Object(offer).businessFunction)) ||
  /Lease|Demand/.test(wordOf(Object(offer)["@type"]));
/** A price; nothing where `1.299` may be 1299, or where there are several. */
const amountOf = (/** @type {any} */ price) => {
  const [said = "", ...others] = allOf(price).map(text);
  const doubtful = others.some((other) => other != said) || /^[1-9]\d{0,2}\.\d{3}$/.test(said);
  return doubtful ? undefined : number(said);
};
/** Whether what an offer, its specifications or the product around it names is another currency. */
const isForeign = (/** @type {any[]} */ things) =>
  things.some((thing) =>
    allOf(thing.priceCurrency).some((code) => text(code) && text(code).toUpperCase() != plan.currency),
  );
/** The one price of a product's offers; nothing where they differ or are in another currency. */
const offerOf = (/** @type {any} */ thing) => {
  /** @type {any[]} */
  const given = allOf(thing.offers)
    .map(Object)
    .flatMap((offer) =>
      offer.offers
        ? allOf(offer.offers).map((one) => ({ priceCurrency: offer.priceCurrency, ...one }))
        : offer,
    );
  const sold = given.filter((offer) => !isSome(offer) && !isTrade(offer));
  const today = sold.filter(holds);
  const offers = (today[0] ? today : sold).map(chargedNow);
  const prices = offers.flatMap(({ price, lowPrice, highPrice }) =>
    price != null ? [price] : [lowPrice, highPrice],
  );
  const one = amountOf(prices[0]);
  const alike = prices.every((price) => price == null || amountOf(price) === one);
  const strange =
    given.some(isPart) ||
    (USES.currency && isForeign([thing, ...offers, ...offers.flatMap(specificationsOf)]));
  return one === undefined || !alike || strange ? undefined : { ...offers[0], price: one };
};
/** A rating on the scale that ends at 5; nothing where it is off its own. */
const scaled = (/** @type {any} */ rating) => {
  const plain = (/** @type {any} */ value) => {
    const said = text(firstOf(value)).replace(",", ".");
    return /^\d{1,3}(\.\d+)?$/.test(said) ? +said : undefined;
  };
  const [value, top, worst] = [rating.ratingValue, rating.bestRating || 5, rating.worstRating || 0].map(
    plain,
  );
  if (value === undefined || !top || worst === undefined || worst > 1 || value > top) return undefined;
  if (top >= 50 && value > 0 && value <= 5) return undefined;
  return top == 5 ? value : +((value * 5) / top).toFixed(2);
};
/** A product's own id, without the scheme before it as in `mpn:925872`; null where it has several. */
const idIn = (/** @type {any} */ value, /** @type {string} */ name) => {
  const [id = "", ...others] = allOf(value)
    .map((one) => text(Object(one) === one ? one.value || one["@value"] || one["@id"] : one))
    .map((one) => one.replace(/^(sku|mpn|gtin\d*|ean\d*|upc|isbn|asin|productid|id)\s*:\s*/i, ""))
    .filter(Boolean);
  return /^(sku|productID)$/.test(name) && others.some((other) => other != id) ? null : id;
};
const IDS = ["sku", "productID", "identifier", "mpn", "gtin13", "gtin14", "gtin12", "gtin8", "gtin"];
const pictureIn = (/** @type {any} */ value) => {
  const one = firstOf(value);
  return Object(one) === one ? firstOf(one.url || one.contentUrl || one["@id"]) : one;
};
const productOf = (/** @type {any} */ thing) => {
  const offer = offerOf(thing);
  if (!offer) return undefined;
  const { aggregateRating } = thing;
  const rating = Object(firstOf(aggregateRating));
  const address = absolute(firstOf(thing.url) || firstOf(offer.url)) || location.href.replace(/[?#].*/, "");
  const brand = text(nameIn(thing.brand));
  const given = {
    productId: IDS.map((each) => idIn(thing[each], each)).find((id) => id !== ""),
    name: text(firstOf(thing.name)),
    productDetailUrl: address,
    unitPrice: offer.price,
    availability: wordOf(offer.availability),
    imageUrl: absolute(pictureIn(thing.image)),
    description: text(firstOf(thing.description)),
    brand: /:\/\//.test(brand) ? "" : brand,
    rating: scaled(rating),
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
