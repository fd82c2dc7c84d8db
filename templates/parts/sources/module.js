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
/** A turn whose answers have come is completed again, from what its events brought. */
const again = (/** @type {Group} */ now, /** @type {Context} */ context) => {
  complete(Object.assign(now, context.brought), context);
  flush();
};
/** Whether something waits for the answers of modules; then it is done again. */
/** @type {(context: Context, work: () => void) => boolean} */
const awaits = (context, work) => {
  const late = context.late.splice(0);
  if (!late.length) return false;
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    attempt(work);
  };
  Promise.all(late).then(once);
  // Not for ever: then it goes without.
  later(() => {
    context.tired = !done;
    once();
  }, 2000);
  return true;
};
