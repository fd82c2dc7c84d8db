// Reads {files, cases} from a JSON file, prints for each case what each way of running the engine makes of it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { Liquid } = createRequire(new URL("../node/package.json", import.meta.url))("liquidjs");
const { files, cases } = JSON.parse(readFileSync(process.argv[2], "utf8"), (_, value) => value?.$date ? new Date(value.$date) : value);
const lax = new Liquid();
const strict = new Liquid({ strictFilters: true, jsTruthy: true });
const render = ({ file, data }) => ({ lax: lax.parseAndRenderSync(files[file], data), strict: strict.parseAndRenderSync(files[file], data) });
console.log(JSON.stringify(cases.map(render)));
