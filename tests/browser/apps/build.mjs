// Builds one of the shops into a folder: `build.mjs react|vue OUT [DEFINE=JSON]…`.
import { createRequire } from "node:module";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROUTES } from "./shop.mjs";

const [kind, to, ...given] = process.argv.slice(2);
const out = resolve(to);
const here = new URL(".", import.meta.url).pathname;
const tools = createRequire(new URL("../../node/package.json", import.meta.url));
const options = {
  nodePaths: [new URL("../../node/node_modules", import.meta.url).pathname],
  bundle: true, jsx: "automatic", logLevel: "error",
  define: {
    "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false",
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    ...Object.fromEntries(given.map((one) => one.split("="))),
  },
};
const RENDER = {
  react: `import { renderToString } from "react-dom/server"; import { Shop } from "./react.jsx";
export const page = async (path) => renderToString(<Shop start={path} />);`,
  vue: `import { renderToString } from "vue/server-renderer"; import { shop } from "./vue.mjs";
export const page = (path) => renderToString(shop(path));`,
};
mkdirSync(out, { recursive: true });
const server = join(out, "..", `${kind}-server.cjs`);
const { build } = tools("esbuild");
const stdin = { contents: RENDER[kind], resolveDir: here, loader: "jsx" };
await build({ ...options, platform: "node", format: "cjs", outfile: server, stdin });
const entry = join(here, kind === "react" ? "react.jsx" : "vue.mjs");
await build({ ...options, platform: "browser", outfile: join(out, "shop.js"), entryPoints: [entry] });
for (const path of ROUTES) {
  const inside = await tools(server).page(path);
  mkdirSync(join(out, path), { recursive: true });
  writeFileSync(join(out, path, "index.html"), `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${path}</title><link rel="icon" href="data:,"></head>
<body><div id="app">${inside}</div><script src="/shop.js"></script></body>
</html>
`);
}
