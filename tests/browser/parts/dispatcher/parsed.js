test("JSON of an object as such, every other text as it is", ({ load }) => {
  const { parsed } = load([]);
  equal([parsed('{"a":1}'), parsed("12"), parsed("{oops")], [{ a: 1 }, "12", "{oops"]);
});
