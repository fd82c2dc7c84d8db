// Reads {files, cases} from a JSON file, prints for each case what each way of running the engine makes of it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const nunjucks = createRequire(new URL("../node/package.json", import.meta.url))("nunjucks");
const { files, cases } = JSON.parse(readFileSync(process.argv[2], "utf8"), (_, value) => value?.$date ? new Date(value.$date) : value);
const modes = { escaping: { autoescape: true }, plain: { autoescape: false }, strict: { autoescape: true, throwOnUndefined: true } };
const made = Object.entries(modes).map(([name, options]) => [name, new nunjucks.Environment(null, options)]);
const render = (engine, { file, data }) => engine.renderString(files[file], data);
console.log(JSON.stringify(cases.map((one) => Object.fromEntries(made.map(([name, engine]) => [name, render(engine, one)])))));
