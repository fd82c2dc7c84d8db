// What the platform understands: name here, =marks, =name in tags, =name in GA4, =words; or an entity, for its rows.
// ! required, * many, ^ entity, # number, @ address, % email, ~ moment, & anything, ? without an email too.
/** @type {{[entity: string]: Row[]}} */
const entities = {};
/** @type {(line: string) => Row} */
const rowOf = (line) => {
  const [js, marks = "", html, ga4, words] = line.split("=");
  return {
    js,
    marks,
    html: html || js.replace(/[A-Z]+|\d/g, (found) => "_" + found.toLowerCase()),
    ga4,
    words,
  };
};
keys(plan.entities).forEach((name) => {
  entities[name] = plan.entities[name].split(" ").flatMap((line) => entities[line] || rowOf(line));
});
if (USES.custom && plan.custom)
  plan.custom.forEach((name) => entities.contact.push({ js: name, marks: "&?", html: name }));
