// A shop whose pages React renders at build time and takes over in the browser; links change the route.
import { useEffect, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { PRODUCTS, add, buy, clear, lines, productAt } from "./shop.mjs";

const Tag = ({ product }) => (
  <div className="cn_product_visited" style={{ display: "none" }}>
    <span className="product_id">{product.id}</span>
    <span className="name">{product.name}</span>
    <span className="unit_price">{product.price}</span>
    <span className="url">{`https://shop.example/p/${product.id}/`}</span>
  </div>
);
const Product = ({ product }) => (
  <>
    <Tag product={product} />
    <h1>{product.name}</h1>
    <button type="button" onClick={() => add(product)}>Add to cart</button>
  </>
);
const Cart = () => {
  const [here, show] = useState([]);
  useEffect(() => show(lines()), []);
  const remove = () => { clear(); show([]); };
  return <><h1>Cart</h1>{here.length > 0 && <button type="button" onClick={remove}>Remove</button>}</>;
};
const Checkout = ({ go }) => (
  <form onSubmit={(event) => { event.preventDefault(); buy(); go("/checkout/done/"); }}>
    <input type="email" name="email" required /><button>Pay</button>
  </form>
);
const Page = ({ path, go }) => {
  if (productAt(path)) return <Product product={productAt(path)} />;
  if (path === "/cart/") return <Cart />;
  return path === "/checkout/" ? <Checkout go={go} /> : <h1>{path === "/" ? "Cups and mugs" : "Thank you"}</h1>;
};
export const Shop = ({ start }) => {
  const [path, show] = useState(start);
  const go = (to) => { history.pushState(null, "", to); show(to); };
  const follow = (event) => { event.preventDefault(); go(new URL(event.currentTarget.href).pathname); };
  const ways = ["/", "/cart/", "/checkout/", ...Object.keys(PRODUCTS).map((id) => `/p/${id}/`)];
  return (
    <>
      <nav>{ways.map((to) => <a key={to} href={to} onClick={follow}>{to}</a>)}</nav>
      <main><Page path={path} go={go} /></main>
      {globalThis.DIFFERENT_IN_BROWSER && typeof window !== "undefined" && <p>Only in the browser</p>}
    </>
  );
};
if (typeof document !== "undefined") hydrateRoot(document.getElementById("app"), <Shop start={location.pathname} />);
