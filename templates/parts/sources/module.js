// What a module returns counts; a promise counts when it is kept.
sources.module = (path, context) => {
  const { known, late, detail, element, object } = context;
  if (path in known || context.tired) return known[path];
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
awaits = (context, again) => {
  const late = context.late.splice(0);
  if (!late.length) return false;
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    attempt(again);
  };
  Promise.all(late).then(once);
  // Not for ever: then it goes without.
  later(() => {
    context.tired = !done;
    once();
  }, 2000);
  return true;
};
