// What the platform understands: name here, =marks, =name in tags, =words, =name in GA4; or an entity, for its rows.
// ! required, * many, ^ entity, # number, @ address, % email, ~ moment, & anything, ? without an email too.
/** @type {{[entity: string]: Row[]}} */
const entities = {};
/** @type {(line: string) => Row} */
const rowOf = (line) => {
  const [js, marks = "", html, ...rest] = line.split("=");
  return /** @type {any} */ ([
    js,
    marks,
    html || js.replace(/[A-Z]+|\d/g, (found) => "_" + found.toLowerCase()),
    ...rest,
  ]);
};
keys(plan.entities).forEach((name) => {
  entities[name] = plan.entities[name].split(" ").flatMap((line) => entities[line] || [rowOf(line)]);
});
if (USES.custom && plan.custom) plan.custom.forEach((name) => entities.contact.push([name, "&?", name]));
