// Reads {files, cases} from a JSON file, prints for each case what each way of running the engine makes of it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const ejs = createRequire(new URL("../node/package.json", import.meta.url))("ejs");
const { files, cases } = JSON.parse(readFileSync(process.argv[2], "utf8"), (_, value) => value?.$date ? new Date(value.$date) : value);
const render = ({ file, data }) => ({ sloppy: ejs.render(files[file], data), strict: ejs.render(files[file], data, { strict: true, rmWhitespace: true }) });
console.log(JSON.stringify(cases.map(render)));
