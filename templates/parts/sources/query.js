sources.query = (name, context) => {
  context.found.push(location);
  return parametersOf(location).get(name);
};
