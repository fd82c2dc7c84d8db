// Makes a site of one product whose whole document React hydrates: `hydrate.mjs PARTS OUT`.
// OUT/bare.html and OUT/parts.html are the same page, the second with the parts that `build --target jsx` wrote.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const tools = createRequire(new URL("../node/package.json", import.meta.url));
const [parts, out] = process.argv.slice(2).map((path) => resolve(path));
const options = {
  nodePaths: [new URL("../node/node_modules", import.meta.url).pathname],
  bundle: true, jsx: "automatic", logLevel: "error", define: { "process.env.NODE_ENV": '"production"' },
};
const app = `
import { useState } from "react";
import { ConnectifLayout } from "./ConnectifLayout";
import { ConnectifProduct } from "./ConnectifProduct";
const Counter = () => {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>Clicked {count}</button>;
};
const PRODUCTS = { mug: "14.50", cup: "9.00" };
const Shop = ({ parts }) => {
  const [slug, setSlug] = useState("mug");
  const product = { product_id: slug, name: "A " + slug, unit_price: PRODUCTS[slug], url: "https://shop.example/p/" + slug + "/" };
  const other = (event) => { event.preventDefault(); history.pushState(null, "", "/p/cup/"); setSlug("cup"); };
  return <main>{parts && <ConnectifProduct product={product} />}<h1>{product.name}</h1><Counter /><a href="/p/cup/" onClick={other}>Cup</a></main>;
};
const Around = ({ parts, children }) => (parts ? <ConnectifLayout>{children}</ConnectifLayout> : children);
export const Document = ({ parts }) => (
  <html lang="en">
    <head><meta charSet="utf-8" /><title>Mug</title></head>
    <body>
      <Around parts={parts}><div id="app"><Shop parts={parts} /></div></Around>
      <script dangerouslySetInnerHTML={{ __html: "(self.__next_f=self.__next_f||[]).push([0])" }} />
      <script src={parts ? "/parts.js" : "/bare.js"} defer />
    </body>
  </html>
);`;
writeFileSync(join(parts, "app.tsx"), app);
const stdin = (contents) => ({ contents, resolveDir: parts, loader: "tsx" });
const { build } = tools("esbuild");
const server = join(out, "server.cjs");
await build({ ...options, platform: "node", format: "cjs", outfile: server, stdin: stdin(`
import { renderToString } from "react-dom/server"; import { Document } from "./app";
export const page = (parts) => "<!DOCTYPE html>" + renderToString(<Document parts={parts} />);`) });
for (const name of ["bare", "parts"]) {
  const whole = name === "parts";
  await build({ ...options, platform: "browser", outfile: join(out, `${name}.js`), stdin: stdin(`
import { hydrateRoot } from "react-dom/client"; import { Document } from "./app";
hydrateRoot(document, <Document parts={${whole}} />, { onRecoverableError: (error) => (window.__recovered = window.__recovered || []).push(String(error)) });`) });
  writeFileSync(join(out, `${name}.html`), tools(server).page(whole));
}
