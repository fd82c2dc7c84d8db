// templates/parts → templates/minified/dispatcher.js: what the production build is put together from.
//
// All parts are minified as one program, so that what one part alone uses is folded into it. The result has one
// statement a line, below the name of its part, and leaves to `build` what depends on the plan:
// `$name` is a name of the program, which gets a letter once it is known how often it is used;
// `const` begins what may be left out where nobody uses it, `let` what may not, `set` another value of a name;
// `/*{feature*/…/*|*/…/*}*/` is the first text where the plan uses that feature, else the second.
// So the production script is the same on every machine, and nobody who builds needs a minifier.
// `node scripts/minify.mjs --check` writes nothing and ends with 1 where something is not as it would be written.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
/** What every dispatcher has stands first, what begins it last. */
const FIRST = ["shown", "core", "vocabulary", "records", "kept", "parsed", "sending", "pages"];
const LAST = ["dispatcher/start", "dispatcher/gate", "dispatcher/free"];
const GIVEN = ["plan", "modules"];
const SYNTAX = { ecmaVersion: 2020 };

const textOf = (path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n");
const sources = readdirSync(PARTS, { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".js") && !isLeftOut(name))
  .sort();
const placeOf = (name) => {
  const part = name.slice(0, -3);
  const first = FIRST.indexOf(part.replace("dispatcher/", ""));
  return first >= 0 ? first : FIRST.length + LAST.indexOf(part) + 1;
};
const parts = [...sources].sort((one, other) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1));

const visit = (node, work) => {
  if (!node || typeof node !== "object") return;
  if (node.type) work(node);
  for (const child of Object.values(node)) visit(child, work);
};
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
const isAssignment = (node) => node.type === "AssignmentExpression" && node.operator === "=" && node.left.type === "Identifier";
/** The names that a part declares for all, each once in all parts. */
const declaredBy = (name) => {
  const source = textOf(join(PARTS, name));
  if (/\$\w*[A-Za-z_]|\/\*[{|}]/.test(source)) throw new Error(`${name}: \`$name\` and \`/*{\` mark minified parts`);
  return parse(source, SYNTAX).body.flatMap((one) => one.declarations || []).flatMap(({ id }) => namesIn(id));
};
const shared = [...GIVEN, ...new Set(parts.flatMap(declaredBy))];

const change = (text, { start, end, text: instead }) => text.slice(0, start) + instead + text.slice(end);
const changed = (source, changes) => changes.sort((one, other) => other.start - one.start).reduce(change, source);

/** Where in the plan something stands is for the development build: without the properties `at` and `from`. */
const withoutPlaces = (source) => {
  const changes = [];
  const isPlace = (one) => one.key && /^(at|from)$/.test(one.key.name);
  const textOf = (nodes) => nodes.map(({ start, end }) => source.slice(start, end)).join();
  visit(parse(source, SYNTAX), (node) => {
    if (node.type !== "ObjectExpression" || !node.properties.some(isPlace)) return;
    const kept = node.properties.filter((one) => !isPlace(one));
    const isCopy = kept.length === 1 && kept[0].type === "SpreadElement";
    changes.push({ ...node, text: isCopy ? textOf([kept[0].argument]) : `{${textOf(kept)}}` });
  });
  return changed(source, changes);
};

const LETTERS = "etnroaisclpdumfghwybvkqxjz";
/** What the plan's data calls these of `plan` and of each `rule`: one letter, the frequent ones first. */
const PLAN =
  "entities rules own identified pages origin currency version base layer custom ga4_category product_url number info tags spa consent";
const RULE = "send fields asks name event kinds payload layer watch pages load tag writes";
const keys = Object.fromEntries(
  Object.entries({ plan: PLAN, rule: RULE }).map(([object, names]) => [
    object,
    Object.fromEntries(names.split(" ").map((name, n) => [name, LETTERS[n]])),
  ]),
);
/** `plan.rules` and `rule.send`, by the letters that stand for them in the data. */
const withShortKeys = (source) => {
  const changes = [];
  visit(parse(source, SYNTAX), (node) => {
    if (node.type === "MemberExpression" && !node.computed && keys[node.object.name])
      changes.push({ ...node.property, text: shortKey(node.object.name, node.property.name) });
    if (node.type === "VariableDeclarator" && node.id.type === "ObjectPattern" && keys[node.init.name])
      for (const { key, start, end, shorthand } of node.id.properties)
        changes.push({ start, end, text: `${shortKey(node.init.name, key.name)}:${source.slice(start, end).replace(shorthand ? "" : /^.*?:/, "")}` });
    // Without consent nobody has to ask.
    if (node.type === "CallExpression" && node.callee.name === "allowed") changes.push({ ...node, text: "(!USES.gate||allowed())" });
    if (node.type === "Property" && node.key.name === "asks") changes.push({ ...node.key, text: keys.rule.asks });
  });
  return changed(source, changes);
};
const shortKey = (object, name) => keys[object][name] || name;
/** Properties of our own objects alone: neither the plan's data nor a page, a module or the client knows them. */
const PRIVATE = (
  "events kind found asked ids pending sent route heading words tagEvents since view until hurry whole landing " +
  "held known late left task order tired titled shell met rests describe earlier partly brought"
).split(" ");
/** Names inside functions: small letters, so that capitals and longer ones are free for what is shared. */
const letters = {
  get: (n) => LETTERS[n % 26] + (n < 26 ? "" : Math.floor(n / 26)),
  consider: () => {},
  reset: () => {},
  sort: () => {},
};
const program = parts.map((name) => `PART("${name.slice(0, -3)}");${withShortKeys(withoutPlaces(textOf(join(PARTS, name))))}`).join("\n");
const marked = (names, mark) => ({ props: Object.fromEntries(names.map((name, n) => ["$" + name, mark(name, n)])) });
const minified = await minify(program, {
  ecma: 2020,
  nameCache: { vars: marked(shared, (name) => "$" + name), props: marked(PRIVATE, (_, n) => LETTERS[n % 26] + (n < 26 ? "" : n)) },
  compress: {
    passes: 4,
    toplevel: true,
    unsafe_arrows: true,
    keep_fargs: false,
    global_defs: { DEVELOPMENT: false },
  },
  mangle: { toplevel: true, nth_identifier: letters, properties: { builtins: true, regex: RegExp(`^(${PRIVATE.join("|")})$`) } },
  format: { ascii_only: true },
});
/** One word for all that is declared inside functions, which packs better than two. */
const constants = [];
visit(parse(minified.code, SYNTAX), ({ kind, start }) => {
  if (kind === "const") constants.push({ start, end: start + kind.length, text: "let" });
});
const code = changed(minified.code, constants);

/** The features that a test asks for first: `USES.x`, `!USES.x`, `USES.x && …`; and what is left to ask. */
const asked = (test) => {
  if (test.type === "LogicalExpression" && test.operator === "&&") {
    const first = asked(test.left);
    return first && { ...first, rest: [...first.rest, test.right] };
  }
  const isNot = test.type === "UnaryExpression" && test.operator === "!";
  const one = isNot ? test.argument : test;
  const isFeature = one.type === "MemberExpression" && one.object.name === "USES";
  return isFeature ? { feature: one.property.name, isNot, rest: [], end: test.end } : undefined;
};
/** Expressions whose value nobody asks for. */
const unasked = (tree) => {
  const found = new Set();
  visit(tree, (node) => {
    if (node.type === "ExpressionStatement") found.add(node.expression);
    if (node.type === "SequenceExpression")
      for (const one of node.expressions) if (found.has(node) || one !== node.expressions.at(-1)) found.add(one);
    if (node.type === "LogicalExpression" && found.has(node)) found.add(node.right);
    if (node.type === "ConditionalExpression" && found.has(node)) found.add(node.consequent).add(node.alternate);
  });
  return found;
};
/** What may stand before a dot. */
const SIMPLE = /^(\w+(\[\w+\])?|\[[^[\]]*\])$/;
/** The statements and expressions of a program as text, its choices between features marked. */
const marking = (code) => {
  const idle = unasked(parse(code, SYNTAX));
  const starts = new Set([...idle].map(({ start, end }) => `${start} ${end}`));
  const textIn = (node, start, end) => write({ ...node, start, end, inner: true });
  /** What stands for a node where the feature that it asks for is there, and where it is not. */
  const choiceOf = (node) => {
    const { start, end, type } = node;
    if (type === "LogicalExpression") {
      let left = node;
      while (left.left && left.left.type === type && left.left.operator === node.operator) left = left.left;
      const found = left.left && asked(left.left);
      if (!found || found.rest.length) return undefined;
      const rest = textIn(node, left.left.end + 2, end);
      const nothing = starts.has(`${start} ${end}`) && "/*-*/";
      return { ...found, pair: node.operator === "&&" ? [rest, nothing || "!1"] : [nothing || "!0", rest] };
    }
    const found = node.test && asked(node.test);
    if (!found) return undefined;
    const test = found.rest.length ? textIn(node, code.indexOf("&&", found.end) + 2, node.test.end) : "";
    const { consequent, alternate } = node;
    if (type === "IfStatement") {
      const other = alternate ? write(alternate) : "";
      const whole = test ? `if(${test})${write(consequent)}${alternate ? `else ${other}` : ""}` : write(consequent);
      return { ...found, pair: [whole, other] };
    }
    const question = code.indexOf("?", node.test.end);
    const colon = code.indexOf(":", consequent.end);
    const other = textIn(node, colon + 1, end);
    const first = textIn(node, question + 1, colon);
    return { ...found, pair: [test ? `${test}?${first}:${other}` : first, other] };
  };
  const write = (node) => {
    const choice = !node.inner && choiceOf(node);
    if (choice) {
      const whole = (text) =>
        (node.bracketed && !SIMPLE.test(text)) || (text.startsWith("{") && node.type !== "IfStatement") ? `(${text})` : text;
      const [there, absent] = (choice.isNot ? choice.pair.reverse() : choice.pair).map(whole);
      return `/*{${choice.feature}*/${there}/*|*/${absent}/*}*/`;
    }
    const single = !node.inner && asked(node);
    if (single && !single.rest.length)
      return `/*{${single.feature}*/${single.isNot ? "!1/*|*/!0" : "!0/*|*/!1"}/*}*/`;
    let made = "";
    let at = node.start;
    const children = Object.values(node).flat().filter((one) => one && one.type && one.start >= node.start && one.end <= node.end);
    for (const child of [...new Set(children)].sort((one, other) => one.start - other.start)) {
      if (child.start < at) continue;
      // Brackets around a choice are needed by some of its texts.
      const bracketed = /([^\w$)\]]|return)\($/.test(code.slice(Math.max(0, at - 9), child.start)) && child.start > at && code[child.end] === ")" && !!choiceOf(child);
      made += code.slice(at, child.start - bracketed) + write(bracketed ? { ...child, bracketed } : child);
      at = child.end + bracketed;
    }
    return made + code.slice(at, node.end);
  };
  return write;
};

const isPure = (init) =>
  !init || /Function|Literal$/.test(init.type) || (init.type === "NewExpression" && /Set$|Map$/.test(init.callee.name)) ||
  (init.type === "ObjectExpression" && init.properties.every(({ value }) => value && isPure(value))) ||
  (init.type === "ArrayExpression" && init.elements.every(isPure)) ||
  (init.type === "UnaryExpression" && init.argument.type === "Literal");
const write = marking(code);
const lines = [];
/** The names that are assigned to where the program begins: the last value counts from the start. */
const linesOf = (statement) => {
  if (statement.type === "VariableDeclaration")
    return statement.declarations.map((one) => `${isPure(one.init) ? "const" : "let"} ${write(one)}`);
  const expression = statement.expression;
  if (!expression) return [write(statement)];
  const single = expression.type === "SequenceExpression" ? expression.expressions : [expression];
  return single.map((one) => {
    if (one.type === "CallExpression" && one.callee.name === "PART") return `// ${one.arguments[0].value}`;
    return (isAssignment(one) && isPure(one.right) ? "set " : "") + write(one);
  });
};
for (const statement of parse(code, SYNTAX).body) lines.push(...linesOf(statement));

const folded = lines.find((line) => line.includes("PART("));
if (folded) throw new Error(`parts were folded into each other: ${folded}`);
const digest = createHash("sha256");
for (const name of sources) digest.update(`${name}\n${textOf(join(PARTS, name)).replace(/^ *(\/\/|\/\*).*\n/gm, "")}`);
const made = { "keys.json": JSON.stringify(keys) + "\n", "parts.sha256": digest.digest("hex") + "\n", "dispatcher.txt": lines.join("\n") + "\n" };
const stale = Object.keys(made).filter((name) => {
  const path = join(MINIFIED, name);
  return !existsSync(path) || textOf(path) !== made[name];
});
for (const name of stale) console.log(`templates/minified/${name}`);
if (process.argv.includes("--check")) process.exit(stale.length ? 1 : 0);
mkdirSync(MINIFIED, { recursive: true });
for (const name of stale) writeFileSync(join(MINIFIED, name), made[name]);
