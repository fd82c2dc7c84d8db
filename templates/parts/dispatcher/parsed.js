/** What JSON spells, where it is an object or a text; every other text as it is. */
/** @type {(string: any) => any} */
const parsed = (string) => {
  const value = json(string);
  if (typeof value == "string") return parsed(value);
  return typeof value == "object" ? value : string;
};
/** A path in it; what lies on the way may be JSON again, as redux-persist writes it. */
/** @type {(string: any, path: string | undefined) => any} */
const unfold = (string, path = "") => {
  const value = parsed(string);
  const found = dig(value, path);
  if (typeof found == "string") return parsed(found);
  if (found !== undefined) return found;
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const inner = dig(value, path.slice(0, dot));
    if (typeof inner == "string") return unfold(inner, path.slice(dot + 1));
  }
};
