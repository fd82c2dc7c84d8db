// What the parts' unit tests stand on. Each test has a document, a window and a storage of its own.
const BASE = [
  "shown",
  "core",
  "vocabulary",
  "records",
  "kept",
  "parsed",
  "sending",
  "pages",
  "bare",
  "parameters",
].map((name) => (name === "shown" ? name : "dispatcher/" + name));
const LINES = "products=*^=product_basket_item";
const PLAN = {
  version: "1",
  origin: "https://shop.example",
  entities: {
    product: "productId=! name=! unitPrice=!# productDetailUrl=@=url categories=*=category==item_category",
    product_basket_item: "product quantity=!# price=!#",
    cart: `cartId=! totalQuantity=!# totalPrice=!# ${LINES}`,
    contact: "primaryKey=!% _name",
    purchase: `purchaseId=! totalQuantity=!# totalPrice=!# ${LINES} cartId`,
  },
  own: {},
  rules: [],
  pages: [],
  tags: { product: "cn_product_visited" },
  identified: [],
};
/** What a plan uses: what its parts do, and all that is no part, but for these. */
const usesOf = (sources, parts, given = {}) => {
  const files = Object.keys(sources).map((name) => name.split("/").pop());
  const loaded = parts.map((name) => name.split("/").pop());
  const known = (name) => (files.includes(name) ? loaded.includes(name) : !/^(visits|products)$/.test(name));
  return new Proxy({}, { get: (_, name) => (name in given ? given[name] : known(name)) });
};
/** Parts in a window, after those that every dispatcher has; what they declare is read by its name. */
const loadInto = (window, names, given, sources) => {
  const parts = names.loader ? names.loader : [...BASE, ...names.filter((name) => !BASE.includes(name))];
  const code = parts.map((name) => sources[name]).join("\n");
  const evaluate = window.eval(
    `(function (plan, modules, DEVELOPMENT, USES) {\n${code}\nreturn (name, value) => eval(name);\n})`,
  )({ ...PLAN, ...given.plan }, given.modules || {}, !!given.development, usesOf(sources, parts, given.uses));
  return new Proxy({}, { get: (_, name) => evaluate(name) });
};
const sorted = (value) =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
const equal = (found, expected) => {
  if (sorted(found) !== sorted(expected)) throw new Error(`${sorted(found)} is not ${sorted(expected)}`);
};
/** What a client in this window is sent. */
const clientIn = (window) => {
  const sent = [];
  const sendEvents = (events, options) => Promise.resolve(sent.push({ events, ...options }));
  window.connectif = { managed: { isInitialized: () => true, sendEvents } };
  return sent;
};
const after = (milliseconds = 0) => new Promise((done) => setTimeout(done, milliseconds));
const tests = [];
const test = (name, work) => tests.push({ part: window.__part, name, work });
const ran = async ({ part, name, work }, sources) => {
  const frame = document.createElement("iframe");
  frame.src = location.href;
  const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
  document.body.append(frame);
  await loaded;
  localStorage.clear();
  sessionStorage.clear();
  const own = frame.contentWindow;
  try {
    await work({
      window: own,
      document: own.document,
      load: (names, given = {}) => loadInto(own, names, given, sources),
      client: () => clientIn(own),
      sources,
    });
    return { part, name, fault: "" };
  } catch (error) {
    return { part, name, fault: String(error.stack || error) };
  } finally {
    frame.remove();
  }
};
const runTests = async (sources) => {
  const results = [];
  for (const one of tests) results.push(await ran(one, sources));
  return results;
};
