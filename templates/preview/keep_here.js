// Scripts, links and frames that the page makes itself ask this machine where they would ask the vendor. What is asked
// in any other way, the page's policy refuses, and the server shows it.
const VENDOR = "connectif.cloud";
const hereFor = (address) => {
  let url;
  try {
    url = new URL(address, document.baseURI);
  } catch (error) {
    return null;
  }
  const host = url.hostname.replace(/\.$/, "");
  if (host !== VENDOR && !host.endsWith(`.${VENDOR}`)) return null;
  const folder = host === `cdn.${VENDOR}` ? `cdn/${preview.token}` : `kept/${preview.token}/${host}`;
  return `${preview.base}/${folder}${url.pathname}${url.search}`;
};
// A frame's host is connected to before the policy is asked; scripts and links are worth an answer.
const ASKING = [[HTMLScriptElement, "src"], [HTMLLinkElement, "href"], [HTMLIFrameElement, "src"]];
const keepHere = ([type, property]) => {
  const own = Object.getOwnPropertyDescriptor(type.prototype, property);
  const set = function (value) {
    const here = hereFor(value);
    own.set.call(this, here === null ? value : here);
  };
  Object.defineProperty(type.prototype, property, { ...own, set });
};
ASKING.forEach(keepHere);
const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  const asks = ASKING.some(([type, property]) => this instanceof type && String(name).toLowerCase() === property);
  const here = asks ? hereFor(value) : null;
  return setAttribute.call(this, name, here === null ? value : here);
};
// Markup that a script puts into the page is read as the page's own is.
const isVendors = (html) => /connectif/i.test(html) || /&|%/.test(html);
const keptMarkup = (html) => {
  const template = document.createElement("template");
  ownInner.set.call(template, html);
  let changed = false;
  for (const element of template.content.querySelectorAll("script[src], link[href], iframe[src]")) {
    const name = element.localName === "link" ? "href" : "src";
    const here = hereFor(element.getAttribute(name));
    if (here !== null) setAttribute.call(element, name, here);
    changed = changed || here !== null;
  }
  return changed ? template.innerHTML : html;
};
const ownInner = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
const inMarkup = (html) => (typeof html === "string" && /<(script|link|iframe)\b/i.test(html) && isVendors(html) ? keptMarkup(html) : html);
Object.defineProperty(Element.prototype, "innerHTML", {
  ...ownInner,
  set(html) {
    ownInner.set.call(this, inMarkup(html));
  },
});
const insertAdjacent = Element.prototype.insertAdjacentHTML;
Element.prototype.insertAdjacentHTML = function (position, html) {
  return insertAdjacent.call(this, position, inMarkup(html));
};

// The shop's own address, put together by a script, is here too: what it fetches, and where it goes.
const ownHere = (address) => {
  const url = URL.parse ? URL.parse(address, document.baseURI) : null;
  const isOwn = url && url.origin !== location.origin && preview.origins.includes(url.host.replace(/\.$/, ""));
  return isOwn ? location.origin + url.pathname + url.search + url.hash : null;
};
const ownFetch = window.fetch;
window.fetch = function (asked, ...more) {
  const here = ownHere(asked instanceof Request ? asked.url : asked);
  if (here === null) return ownFetch.call(this, asked, ...more);
  return ownFetch.call(this, asked instanceof Request ? new Request(here, asked) : here, ...more);
};
const ownOpen = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.open = function (method, address, ...more) {
  const here = ownHere(address);
  return ownOpen.call(this, method, here === null ? address : here, ...more);
};

// Where a page sends its visitor is no business of the policy.
if (window.navigation)
  navigation.addEventListener("navigate", (event) => {
    const { url } = event.destination;
    if (!event.cancelable || (hereFor(url) === null && ownHere(url) === null)) return;
    if (hereFor(url) !== null) {
      event.preventDefault();
      const said = note("blocked: a navigation to the vendor, {url}", { url });
      reportReason("blocked", inEnglish(said), said);
    } else if (!event.formData) {
      event.preventDefault();
      location[event.navigationType === "replace" ? "replace" : "assign"](ownHere(url));
    }
  });

// A client script that was written into the page in another way is refused; the stand-in takes its place.
document.addEventListener("securitypolicyviolation", (event) => {
  const here = /\/client-script\//.test(event.blockedURI) ? hereFor(event.blockedURI) : null;
  if (here === null || !event.effectiveDirective.startsWith("script-src")) return;
  const script = document.createElement("script");
  script.src = here;
  (document.head || document.documentElement).append(script);
});
