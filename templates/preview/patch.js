// Changes of the file are carried over to the page as it stands; what cannot be carried over reloads it.
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
const ours = (node) => node.nodeName === "SCRIPT" && node.hasAttribute && node.hasAttribute("data-page");
const servedPage = async () => {
  const answer = await fetch(location.href, { headers: { "x-connectif-kit": "1" }, cache: "no-store" });
  if (!answer.ok && wasThere()) location.reload(); // it is gone: the visitor sees what the server says of that
  return answer.ok ? parsed(await answer.text()) : null;
};
const wasThere = () => {
  const [own] = performance.getEntriesByType("navigation");
  return Boolean(own) && own.responseStatus === 200;
};
const carryAttributes = (old, next, live) => {
  for (const { name } of Array.from(old.attributes)) if (!next.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of Array.from(next.attributes)) if (old.getAttribute(name) !== value) live.setAttribute(name, value);
};
const carry = (old, next, live) => {
  if (ours(old) || old.isEqualNode(next)) return true;
  if (!live || old.nodeName !== next.nodeName || live.nodeName !== old.nodeName) return false;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (live.data !== old.data) return false;
    live.data = next.data;
    return true;
  }
  if (old.nodeName === "SCRIPT" || old.nodeName === "STYLE" && live.textContent !== old.textContent) return false;
  carryAttributes(old, next, live);
  return carryChildren(Array.from(old.childNodes), Array.from(next.childNodes), Array.from(live.childNodes), live);
};
const alike = (a, b) => (ours(a) && ours(b)) || a.isEqualNode(b);
const hasScript = (node) => node.nodeName === "SCRIPT" || Boolean(node.querySelector && node.querySelector("script"));
const carryChildren = (old, next, live, parent) => {
  // Scripts may have added nodes at the end; in between, the page is its own master and reloads.
  if (live.length < old.length || old.some((node, i) => node.nodeName !== live[i].nodeName)) return false;
  if (old.length === next.length && old.every((node, i) => node.nodeName === next[i].nodeName)) return old.every((node, i) => carry(node, next[i], live[i]));
  let start = 0;
  while (start < old.length && start < next.length && alike(old[start], next[start])) start += 1;
  let end = 0;
  while (end < old.length - start && end < next.length - start && alike(old[old.length - 1 - end], next[next.length - 1 - end])) end += 1;
  const gone = live.slice(start, old.length - end);
  const come = next.slice(start, next.length - end);
  if ([...gone, ...come].some(hasScript)) return false;
  const before = live[old.length - end] || null;
  gone.forEach((node) => node.remove());
  come.forEach((node) => parent.insertBefore(document.importNode(node, true), before));
  return true;
};

let served;
const remember = async () => {
  served = await servedPage().catch(() => null);
  const own = served && served.querySelector("script[data-page]");
  if (own && own.dataset.page !== page.version) location.reload();
};
const patch = async () => {
  const next = await servedPage().catch(() => null);
  if (!next) return;
  if (!served || !carry(served.documentElement, next.documentElement, document.documentElement)) {
    location.reload();
    return;
  }
  served = next;
  document.dispatchEvent(new CustomEvent("connectif-kit.patched"));
};
const swapStyles = (paths) => {
  const links = Array.from(document.querySelectorAll('link[rel~="stylesheet"][href]')).filter((link) => new URL(link.href).origin === location.origin);
  const named = links.filter((link) => paths.some((path) => new URL(link.href).pathname.endsWith(`/${encodeURI(path)}`)));
  for (const link of named.length ? named : links) {
    const fresh = link.cloneNode();
    const address = new URL(link.href);
    address.searchParams.set("connectif-kit", Date.now().toString(36));
    fresh.href = address.href;
    fresh.addEventListener("load", () => link.remove(), { once: true });
    link.after(fresh);
  }
};
const decoded = (path) => {
  try {
    return decodeURI(path);
  } catch (error) {
    return path; // `%ff` is an address, but no text
  }
};
const plainPath = (path) => decoded(path).replace(/(\/index)?\.x?html?$/i, "").replace(/\/+$/, "");
const isHere = (relative) => plainPath(location.pathname).endsWith(plainPath(`/${relative}`)) && plainPath(location.pathname) === plainPath(`${page.folder}/${relative}`);
