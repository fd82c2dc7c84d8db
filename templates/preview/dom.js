// Elements from data; whatever a page or a plan says goes in as text and can never become markup.
const make = (tag, given, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
};
const plural = (number, one, many) => `${number} ${number === 1 ? one : many || one + "s"}`;
const editorLink = (at) =>
  at.file && preview.editor.replace("{path}", encodeURI(at.file)).replace("{line}", at.line).replace("{column}", at.column);
const placeLink = (at) =>
  at.file && /^[a-z][a-z0-9+.-]*:/i.test(preview.editor) && !/^(javascript|data|vbscript):/i.test(preview.editor)
    ? make("a", { class: "place", href: editorLink(at), title: "Open in the editor" }, at.place)
    : make("span", { class: "place" }, at.place);
const show = (value) => (typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value));
const ask = (path, body) =>
  fetch(`${preview.base}/${path}?t=${encodeURIComponent(preview.token)}`, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
