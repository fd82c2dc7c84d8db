// Reads {files, cases} from a JSON file, prints for each case what Astro's compiler and runtime make of it.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const tools = createRequire(new URL("../node/package.json", import.meta.url));
const astro = createRequire(tools.resolve("astro/package.json"));
const load = (find, name) => import(pathToFileURL(find.resolve(name)));
const { transform } = await load(astro, "@astrojs/compiler");
const { experimental_AstroContainer: Container } = await load(tools, "astro/container");
const runtime = pathToFileURL(tools.resolve("astro/compiler-runtime")).href;

const { files, cases } = JSON.parse(readFileSync(process.argv[2], "utf8"), (_, value) => value?.$date ? new Date(value.$date) : value);
const folder = mkdtempSync(join(tmpdir(), "kit-astro-"));
const container = await Container.create();
const components = {};
for (const [name, text] of Object.entries(files)) {
  const options = { filename: join(folder, name), internalURL: runtime, resolvePath: async (path) => path };
  const { code, diagnostics } = await transform(text, options);
  if (diagnostics.length) throw new Error(`${name}: ${JSON.stringify(diagnostics)}`);
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  components[name] = (await import(pathToFileURL(file))).default;
}
rmSync(folder, { recursive: true });
const made = [];
for (const { file, data } of cases) made.push({ astro: await container.renderToString(components[file], { props: data }) });
console.log(JSON.stringify(made));
