// What a module returns counts; a promise counts when it is kept.
sources.module = (path, context) => {
  const { known, late, detail, element, object } = context;
  if (path in known) return known[path];
  const answer = modules[path]({ detail, element, object });
  if (!answer || typeof answer.then != "function") return answer;
  const keep = (/** @type {any} */ value) => {
    known[path] = value;
  };
  late.push(
    answer.then(keep, (/** @type {any} */ error) => {
      run("error", error);
      keep(undefined);
    }),
  );
  return undefined;
};
