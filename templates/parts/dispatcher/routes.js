// Single-page app: a visit for each route, once the page has come to rest.
let route;
let settle = () => {};
const changed = () => {
  const now = location.pathname + location.search;
  if (now === route) return;
  route = now;
  settle();
  let quiet;
  const stop = () => {
    observer.disconnect();
    clearTimeout(quiet);
    clearTimeout(limit);
  };
  const end = () => {
    stop();
    attempt(view);
  };
  const wait = () => {
    clearTimeout(quiet);
    quiet = setTimeout(end, 50);
  };
  const observer = new MutationObserver(wait);
  observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  const limit = setTimeout(end, 1000);
  settle = stop;
  wait();
};
const watchRoutes = () => {
  route = location.pathname + location.search;
  ["pushState", "replaceState"].forEach((name) => {
    const original = history[name];
    history[name] = function (...given) {
      const result = original.apply(this, given);
      attempt(changed);
      return result;
    };
  });
  on(window, "popstate", changed);
};
