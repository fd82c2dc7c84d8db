sources.query = (name, context) => {
  if (USES.routes) context.found.push(location);
  return parametersOf(location).get(name);
};
