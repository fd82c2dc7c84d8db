sources.query = (name, context) => {
  context.found.push(location);
  // A hash router keeps its parameters behind the `#`.
  const inHash = /^#!?\/[^?]*\?(.*)/.exec(location.hash);
  const found = new URLSearchParams(location.search).get(name);
  return found === null && inHash ? new URLSearchParams(inHash[1]).get(name) : found;
};
