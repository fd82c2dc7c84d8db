// The same shop in Vue: rendered at build time, taken over in the browser.
import { createSSRApp, h, onMounted, ref } from "vue";
import { PRODUCTS, add, buy, clear, lines, productAt } from "./shop.mjs";

const tag = (product) =>
  h("div", { class: "cn_product_visited", style: "display:none" }, [
    h("span", { class: "product_id" }, product.id),
    h("span", { class: "name" }, product.name),
    h("span", { class: "unit_price" }, product.price),
    h("span", { class: "url" }, `https://shop.example/p/${product.id}/`),
  ]);
const button = (text, onClick) => h("button", { type: "button", onClick }, text);
const product = (one) => [tag(one), h("h1", one.name), button("Add to cart", () => add(one))];
const Cart = {
  setup() {
    const here = ref([]);
    onMounted(() => { here.value = lines(); });
    const remove = () => { clear(); here.value = []; };
    return () => [h("h1", "Cart"), here.value.length ? button("Remove", remove) : null];
  },
};
const checkout = (go) =>
  h("form", { onSubmit: (event) => { event.preventDefault(); buy(); go("/checkout/done/"); } }, [
    h("input", { type: "email", name: "email", required: true }),
    h("button", "Pay"),
  ]);
const page = (path, go) => {
  if (productAt(path)) return product(productAt(path));
  if (path === "/cart/") return [h(Cart)];
  return [path === "/checkout/" ? checkout(go) : h("h1", path === "/" ? "Cups and mugs" : "Thank you")];
};
export const shop = (start) =>
  createSSRApp({
    setup() {
      const path = ref(start);
      const go = (to) => { history.pushState(null, "", to); path.value = to; };
      const follow = (event) => { event.preventDefault(); go(new URL(event.currentTarget.href).pathname); };
      const ways = ["/", "/cart/", "/checkout/", ...Object.keys(PRODUCTS).map((id) => `/p/${id}/`)];
      return () => [
        h("nav", ways.map((to) => h("a", { href: to, onClick: follow }, to))),
        h("main", { key: path.value }, page(path.value, go)),
      ];
    },
  });
if (typeof document !== "undefined") shop(location.pathname).mount("#app");
