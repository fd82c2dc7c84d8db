// Reads {files, cases} from a JSON file, prints for each case the HTML that React makes of it.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";


const tools = createRequire(new URL("../node/package.json", import.meta.url));
const { build } = tools("esbuild");
const { files, cases } = JSON.parse(readFileSync(process.argv[2], "utf8"), (_, value) => value?.$date ? new Date(value.$date) : value);
const folder = join(process.cwd(), "jsx");
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
const names = Object.keys(files).filter((name) => name !== "ConnectifValues.tsx");
const entry = `import { createElement } from "react"; import { renderToString, renderToStaticMarkup } from "react-dom/server";
${names.map((name) => `import { ${name.slice(0, -4)} } from "./${name}";`).join("\n")}
const parts = { ${names.map((name) => `"${name}": ${name.slice(0, -4)}`).join(", ")} };
export const render = (name, props) => ({ static: renderToStaticMarkup(createElement(parts[name], props)), hydrated: renderToString(createElement(parts[name], props)) });`;
const outfile = join(folder, "all.cjs");
await build({
  stdin: { contents: entry, resolveDir: folder, loader: "tsx" },
  nodePaths: [new URL("../node/node_modules", import.meta.url).pathname],
  bundle: true, platform: "node", format: "cjs", jsx: "automatic", outfile, logLevel: "error",
  define: { "process.env.NODE_ENV": '"production"' },
});
const { render } = tools(outfile);
console.log(JSON.stringify(cases.map(({ file, data }) => render(file, data))));
