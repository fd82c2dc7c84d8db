test("the plan's words on the page", async ({ load, client }) => {
  const sent = client();
  const uses = { visits: true };
  const plan = {
    pages: [["", 0, "home", 0]],
    info: {
      home: {
        title: ["literal", "Home"],
        keywords: [
          ["literal", "a"],
          ["literal", "b"],
        ],
      },
    },
  };
  load(["dispatcher/info"], { uses, plan }).begin({ whole: true });
  await after(30);
  equal(sent[0].pageInfo, { title: "Home", keywords: ["a", "b"] });
});
