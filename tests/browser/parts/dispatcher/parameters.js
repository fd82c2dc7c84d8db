test("the address's parameters come before a hash router's", ({ load }) => {
  const { parametersOf } = load(["dispatcher/parameters"], { uses: { routes: true } });
  const of = (search, hash) => [...parametersOf({ search, hash }).entries()];
  equal(of("?q=mug", "#/x?q=cup&r=2"), [
    ["q", "mug"],
    ["q", "cup"],
    ["r", "2"],
  ]);
  equal(of("?q=mug", "#section"), [["q", "mug"]]);
  equal(of("", "#!/x"), []);
});
test("where no router is, what stands behind the # is no parameter", ({ load }) => {
  const { parametersOf } = load(["dispatcher/parameters"], { uses: { routes: false } });
  equal([...parametersOf({ search: "?q=mug", hash: "#/x?q=cup" }).entries()], [["q", "mug"]]);
});
