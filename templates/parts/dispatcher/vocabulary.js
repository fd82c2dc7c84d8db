// What the platform understands: name here, marks, =name in tags, =name in GA4, =words.
// ! required, * many, ^ entity, # number, @ address, % email, ~ moment, & anything, ? without an email too.
/** @type {{[entity: string]: Row[]}} */
const entities = {};
Object.keys(plan.entities).forEach((name) => {
  const [base, rows] = plan.entities[name];
  entities[name] = rows.split(" ").map((line) => {
    const row = /(\w+)([^\w=]*)=?(\w*)=?(\w*)=?(.*)/.exec(line) || [];
    const html = row[3] || row[1].replace(/[A-Z]+|\d/g, (letters) => "_" + letters.toLowerCase());
    return { js: row[1], marks: row[2], html, ga4: row[4], words: row[5] };
  });
  if (base) entities[name].unshift(...entities[base]);
});
(plan.custom || []).forEach((name) =>
  entities.contact.push({ js: name, marks: "&?", html: name, ga4: "", words: "" }),
);
