// templates/parts → templates/minified: each part as the production build has it.
//
// A name that other parts may know stands there as `$name`: `build` gives it a letter, once it knows which parts
// a plan takes. So the production script is the same on every machine, and nobody who builds needs a minifier.
// `node scripts/minify.mjs --check` writes nothing and ends with 1 where something is not as it would be written.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const { parse } = createRequire(join(ROOT, "tests/node/"))("acorn");
const { minify } = createRequire(join(ROOT, "tests/node/"))("terser");
const PARTS = join(ROOT, "templates/parts");
const MINIFIED = join(ROOT, "templates/minified");
/** The loader stands inline, in XHTML too: it stays as it is written. The development build is not minified. */
const isLeftOut = (name) => /^(loader|consent\/kit\.js$|dispatcher\/development\.js$)/.test(name);
/** What every dispatcher has, in this order: one file, so that a name of one part is folded into another. */
const BASE = ["shown", "dispatcher/core", "dispatcher/vocabulary", "dispatcher/records", "dispatcher/sending", "dispatcher/pages"];
const GIVEN = ["plan", "modules"];

const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map((name) => name.replaceAll("\\", "/"))
        .filter((name) => name.endsWith(".js"))
        .sort()
    : [];
const textOf = (path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n");

const namesIn = (pattern) => {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((one) => namesIn(one.value || one.argument));
    case "ArrayPattern":
      return pattern.elements.filter(Boolean).flatMap(namesIn);
    default:
      return namesIn(pattern.left || pattern.argument);
  }
};
const OPTIONS = { ecmaVersion: 2020 };
const topOf = (tree) =>
  tree.body.flatMap((statement) => statement.declarations || []).flatMap(({ id }) => namesIn(id));
/** What a part declares for all, which names stand in it, and which it assigns to. */
const described = (name) => {
  const members = name === "base.js" ? BASE.map((part) => part + ".js") : [name];
  const source = members.map((part) => textOf(join(PARTS, part))).join("");
  if (/\$\w*[A-Za-z_]/.test(source)) throw new Error(`${name}: \`$\` marks the names of minified parts`);
  const names = new Set();
  const assigned = new Set();
  const visit = (node) => {
    if (!node || typeof node !== "object") return;
    if (node.type === "Identifier") names.add(node.name);
    if (node.type === "AssignmentExpression") for (const one of namesAt(node.left)) assigned.add(one);
    for (const child of Object.values(node)) visit(child);
  };
  const namesAt = (target) => (target.type === "MemberExpression" ? [] : namesIn(target));
  const tree = parse(source, OPTIONS);
  visit(tree);
  return { name, source, names, assigned, top: topOf(tree) };
};
const sources = filesIn(PARTS).filter((name) => !isLeftOut(name));
const parts = ["base.js", ...sources.filter((name) => !BASE.includes(name.slice(0, -3)))].map(described);
const shared = new Set([...GIVEN, ...parts.flatMap((part) => part.top)]);

const LETTERS = "etnroaisclpdumfghwybvkqxjz";
/** Properties of our own objects alone: neither the plan's data nor a page, a module or the client knows them. */
const PRIVATE = (
  "events found view pending known sent shown held asked landing whole titled ids late tired shell task order " +
  "since entry rests hurry words describe met left"
).split(" ");
/** Names inside functions: small letters, so that capitals and longer ones are free for what is shared. */
const letters = {
  get: (n) => LETTERS[n % 26] + (n < 26 ? "" : Math.floor(n / 26)),
  consider: () => {},
  reset: () => {},
  sort: () => {},
};
const COMPRESS = {
  passes: 3,
  toplevel: true,
  unsafe_arrows: true,
  keep_fargs: false,
  global_defs: { DEVELOPMENT: false },
};
/** Without the properties `at`: where in the plan something stands is for the development build. */
const withoutPlaces = (source) => {
  const cuts = [];
  const visit = (node) => {
    if (!node || typeof node !== "object") return;
    if (node.type === "ObjectExpression")
      for (const one of node.properties) if (one.key && one.key.name === "at") cuts.push(one);
    for (const child of Object.values(node)) visit(child);
  };
  visit(parse(source, OPTIONS));
  const cut = (text, { start, end }) => text.slice(0, start) + text.slice(end).replace(/^\s*,/, "");
  return cuts.sort((one, other) => other.start - one.start).reduce(cut, source);
};
const shortened = async (part) => {
  const others = parts.filter((other) => other !== part);
  const used = part.top.filter((name) => others.some(({ names }) => names.has(name)));
  const changed = used.filter((name) => others.some(({ assigned }) => assigned.has(name)));
  // What is used elsewhere is not folded away here; this is cut off again below.
  const kept = `KEPT(()=>{KEPT(${used.join()});${changed.map((name) => `${name}=KEPT();`).join("")}})`;
  const vars = { props: Object.fromEntries([...shared].map((name) => ["$" + name, "$" + name])) };
  const { code } = await minify(`${withoutPlaces(part.source)};${kept}`, {
    ecma: 2020,
    nameCache: { vars, props: { props: Object.fromEntries(PRIVATE.map((name, n) => ["$" + name, LETTERS[n]])) } },
    compress: { ...COMPRESS, top_retain: used },
    mangle: { toplevel: true, nth_identifier: letters, properties: { builtins: true, regex: RegExp(`^(${PRIVATE.join("|")})$`) } },
    format: { ascii_only: true },
  });
  return code.replace(/(^|[;,])KEPT\(.*$/, "") + "\n";
};

const digest = createHash("sha256");
for (const name of sources) {
  const code = textOf(join(PARTS, name)).replace(/^ *(\/\/|\/\*).*\n/gm, "");
  digest.update(`${name}\n${code}`);
}
const made = { "parts.sha256": digest.digest("hex") + "\n" };
for (const part of parts) made[part.name] = await shortened(part);
const all = parts.map(({ name }) => made[name]);
const declared = new Set([...GIVEN, ...all.flatMap((code) => topOf(parse(code, OPTIONS)).map((name) => name.slice(1)))]);
for (const [name] of all.join().matchAll(/\$[A-Za-z]\w*/g))
  if (!declared.has(name.slice(1))) throw new Error(`${name} was folded away, and other parts know it`);

const old = [...filesIn(MINIFIED), "parts.sha256"].filter((name) => existsSync(join(MINIFIED, name)));
const stale = [...new Set([...old, ...Object.keys(made)])].filter(
  (name) => !old.includes(name) || !(name in made) || textOf(join(MINIFIED, name)) !== made[name],
);
for (const name of stale) console.log(`templates/minified/${name}`);
if (process.argv.includes("--check")) process.exit(stale.length ? 1 : 0);
for (const name of stale) {
  const path = join(MINIFIED, name);
  mkdirSync(dirname(path), { recursive: true });
  if (name in made) writeFileSync(path, made[name]);
  else rmSync(path);
}
