// The browser's reading of numbers, one JSON line in and one out: [text, style] → text.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [part, pattern] = process.argv.slice(2);
const source = readFileSync(part, "utf8");
const number = new Function("plan", "text", "USES", `${source}\nreturn transforms.number;`)(
  { number: pattern },
  String,
  { transform_number: true },
);
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(number(...JSON.parse(line))));
}
