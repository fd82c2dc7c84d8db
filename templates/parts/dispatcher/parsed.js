/** What JSON spells, where it is an object or a text; every other text as it is. */
/** @type {(string: any) => any} */
const parsed = (string) => {
  const value = json(string);
  if (typeof value == "string") return parsed(value);
  return typeof value == "object" ? value : string;
};
/** A path in it; what lies on the way may be JSON again, as redux-persist writes it. */
/** @type {(string: any, path: string | undefined) => any} */
const unfold = (string, path) => {
  const value = parsed(string);
  const found = dig(value, path);
  if (typeof found == "string") return parsed(found);
  if (found !== undefined || !path) return found;
  const steps = path.split(".");
  const folded =
    steps.findIndex((_, n) => typeof dig(value, steps.slice(0, n + 1).join(".")) == "string") + 1;
  return folded
    ? unfold(dig(value, steps.slice(0, folded).join(".")), steps.slice(folded).join("."))
    : undefined;
};
