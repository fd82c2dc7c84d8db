// The inline loader (360014628900). The id on the appended script makes a second copy load nothing; what
// stands at the window does so where a `<body>` is swapped for another. In the head, because routers that keep
// copies of a `<body>` run the scripts in it again.
const id = "__cn_client_script_" + plan.key;
const { nonce } = plan.nonce ? Object(document.currentScript) : { nonce: "" };
const append = () => {
  if (window[id] || document.getElementById(id)) return;
  window[id] = true;
  const script = document.createElement("script");
  script.id = id;
  script.src = plan.client;
  if (nonce) script.nonce = nonce;
  document.head.appendChild(script);
};
const load = () =>
  whenShown(() => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", append);
    else append();
  });
