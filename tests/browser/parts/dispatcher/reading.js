const PARTS = ["dispatcher/reading"];
test("blanks where blocks meet, none inside a word", ({ load, document }) => {
  document.body.innerHTML = "<div><p>Blue</p><p>R<b>e</b>d</p><i style='display: none'>x</i></div>";
  equal(load(PARTS).shownIn(document.querySelector("div")), "Blue Red");
});
test("digits of several elements are not number", ({ load, document }) => {
  document.body.innerHTML = "<p>12<sup>50</sup></p>";
  const { shownIn } = load(PARTS);
  equal([shownIn(document.querySelector("p"), 1), shownIn(document.querySelector("p"))], ["12|50", "1250"]);
});
