sources.meta = (name, context) => {
  const found = [...document.getElementsByTagName("meta")].find((tag) =>
    [tag.name, tag.getAttribute("property")].includes(name),
  );
  if (USES.routes && found) context.found.push(found);
  return found && found.content;
};
