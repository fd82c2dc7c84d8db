test("the client is begun once it is there", async ({ load, window, document }) => {
  let calls = 0;
  load(["dispatcher/initialize"]).run("start");
  window.initializeConnectif = () => {
    calls += 1;
  };
  document.dispatchEvent(new Event("connectif.loaded"));
  document.dispatchEvent(new Event("connectif.loaded"));
  await after(20);
  equal(calls, 1);
});
