// Nothing of ours may break the page, and no part of ours another: each piece of work fails alone.
// Parts meet at named hooks; what nobody listens to costs nothing.
/** @type {{[name: string]: ((...given: any[]) => void)[]}} */
const hooks = {};
const when = (/** @type {string} */ name, /** @type {(...given: any[]) => void} */ work) => {
  (hooks[name] = hooks[name] || []).push(work);
};
/** @type {<T>(work: () => T) => T | undefined} */
const quietly = (work) => {
  try {
    return work();
  } catch {
    return undefined;
  }
};
/** @type {<T>(work: () => T) => T | undefined} */
const attempt = DEVELOPMENT
  ? (work) => {
      try {
        return work();
      } catch (error) {
        run("error", error);
        return undefined;
      }
    }
  : quietly;
const run = (/** @type {string} */ name, /** @type {any[]} */ ...given) =>
  (hooks[name] || []).forEach((work) => attempt(() => work(...given)));
const on = (
  /** @type {EventTarget} */ target,
  /** @type {string} */ type,
  /** @type {(event: any) => void} */ work,
) => target.addEventListener(type, (event) => attempt(() => work(event)), true);
/** @type {(work: () => void, wait?: number) => ReturnType<typeof setTimeout>} */
const later = (work, wait) => setTimeout(() => attempt(work), wait);

/** One object for all that happens in one task of the browser. */
/** @type {object | undefined} */
let task;
const sameTask = () => {
  if (!task) {
    task = {};
    later(() => {
      task = undefined;
    });
  }
  return task;
};

/** Whether something may be read, kept and sent now. */
/** @type {() => boolean} */
let allowed = () => true;
const { rules, own } = plan;
const { keys } = Object;
const spell = JSON.stringify;
