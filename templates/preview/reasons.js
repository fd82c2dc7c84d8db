// Why something was not sent: the dispatcher's development build says it in the console, with the plan's line.
const plainConsole = { info: console.info.bind(console), warn: console.warn.bind(console) };
const visitor = (() => {
  const key = "connectif-kit.visitor";
  try {
    const known = localStorage.getItem(key) || newName();
    localStorage.setItem(key, known);
    return known;
  } catch (error) {
    return newName(); // a forbidden storage: another visitor on each page
  }
})();
const reportReason = (level, message, said) => {
  const body = JSON.stringify({ load: page.load, visitor, path: pathHere() + location.search, at: Date.now(), notes: [{ level, message, said }] });
  fetch(`${preview.base}/reason?t=${encodeURIComponent(preview.token)}`, { method: "POST", keepalive: true, body }).catch(() => ask("reason", body).catch(() => {}));
};
// It also says how long each view took; that is a reason only where something was left out.
const LEFT_OUT = /; (nothing came in time|the visitor left): /;
const levelOf = (method, message) => {
  if (method === "warn") return "refused";
  const [, why] = LEFT_OUT.exec(message) || [];
  return why && (why === "the visitor left" ? "info" : "refused");
};
const listenTo = (method) => {
  const own = console[method];
  console[method] = function (...given) {
    own.apply(this, given);
    if (typeof given[0] !== "string" || !given[0].startsWith("connectif-kit:")) return;
    const message = given.map(String).join(" ").replace(/^connectif-kit:\s*/, "");
    const level = levelOf(method, message);
    if (level) reportReason(level, message);
  };
};
listenTo("warn");
listenTo("info");
