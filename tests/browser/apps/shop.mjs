// What the two shops share: products, a cart in the visitor's storage, and pages by path.
export const PRODUCTS = {
  mug: { id: "mug", name: "A mug", price: "14.50" },
  cup: { id: "cup", name: "A cup", price: "9.00" },
};
export const ROUTES = ["/", "/p/mug/", "/p/cup/", "/cart/", "/checkout/", "/checkout/done/"];
const EMPTY = { id: "c1", lines: [] };
const read = () => (typeof localStorage === "undefined" ? EMPTY : JSON.parse(localStorage.getItem("cart")) || EMPTY);
const total = (lines) => lines.reduce((sum, line) => sum + Number(line.price), 0).toFixed(2);
const keep = (cart) => {
  const whole = { ...cart, total: total(cart.lines), quantity: cart.lines.length };
  localStorage.setItem("cart", JSON.stringify(whole));
  document.dispatchEvent(new CustomEvent("cart:changed", { detail: whole }));
};
export const lines = () => read().lines;
export const add = (product) => keep({ ...read(), lines: [...read().lines, product] });
export const clear = () => keep({ ...read(), lines: [] });
export const buy = () => {
  const cart = { ...read(), total: total(lines()), quantity: lines().length };
  localStorage.setItem("order", JSON.stringify({ ...cart, id: `o${Date.now()}`, cart: cart.id }));
  keep({ id: `c${Date.now()}`, lines: [] });
};
export const productAt = (path) => PRODUCTS[path.split("/")[2]];
