test("the plan's words on the page", async ({ load, client }) => {
  const sent = client();
  const plan = {
    visits: true,
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
  load(["dispatcher/info"], { plan }).begin({ whole: true });
  await after(30);
  equal(sent[0].pageInfo, { title: "Home", keywords: ["a", "b"] });
});
