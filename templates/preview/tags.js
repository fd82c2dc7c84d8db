// The live document's tags with every property, as text; the server judges them.
const valuesOf = (root, spec) => {
  if (!spec.entity) return [["", textOf(root), root]];
  const values = [];
  const walk = (node, prefix, fields) => {
    const counts = {};
    for (const child of node.children) {
      const items = fields.find((field) => field.fields && child.classList.contains(field.html));
      if (items) {
        counts[items.html] = (counts[items.html] || 0) + 1;
        walk(child, `${items.html}[${counts[items.html] - 1}]`, items.fields);
        continue;
      }
      for (const name of child.classList) if (!facts.tags[name]) values.push([prefix ? `${prefix}.${name}` : name, textOf(child), child]);
      if (!child.dataset.fieldList) walk(child, prefix, fields);
    }
  };
  walk(root, "", spec.fields);
  return values;
};
const liveTags = () =>
  Object.entries(facts.tags).flatMap(([name, spec]) => named(document, name).map((element) => ({ name, element, values: valuesOf(element, spec) })));
const asQuestion = (tags) => ({ path: pathHere(), tags: tags.map(({ name, values }) => ({ name, values: values.map(([path, text]) => [path, text]) })) });
