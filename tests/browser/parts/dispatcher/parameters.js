test("the address's parameters come before a hash router's", ({ load }) => {
  const { parametersOf } = load(["dispatcher/parameters"]);
  const of = (search, hash) => [...parametersOf({ search, hash }).entries()];
  equal(of("?q=mug", "#/x?q=cup&r=2"), [
    ["q", "mug"],
    ["q", "cup"],
    ["r", "2"],
  ]);
  equal(of("?q=mug", "#section"), [["q", "mug"]]);
  equal(of("", "#!/x"), []);
});
