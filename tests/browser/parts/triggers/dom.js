const rules = [{ name: "a", click: "[data-like]", send: "custom" }];
test("a click inside what matches, once, also in a shadow root", async ({ load, client, document }) => {
  const sent = client();
  document.body.innerHTML = "<p data-like><b>x</b></p><div></div><i>y</i>";
  const root = document.querySelector("div").attachShadow({ mode: "open" });
  root.innerHTML = "<button data-like>z</button>";
  load(["triggers/happened", "triggers/dom"], { plan: { rules } }).run("start");
  document.querySelector("b").click();
  await after(20);
  root.querySelector("button").click();
  document.querySelector("i").click();
  await after(20);
  equal(
    sent.map(({ events }) => events.length),
    [1, 1],
  );
});
test("a page that stops the event does not stop the report", async ({ load, client, document }) => {
  const sent = client();
  document.body.innerHTML = "<p data-like>x</p>";
  load(["triggers/happened", "triggers/dom"], { plan: { rules } }).run("start");
  document.body.addEventListener("click", (event) => event.stopImmediatePropagation(), true);
  document.querySelector("p").click();
  await after(20);
  equal(sent.length, 1);
});
