  // Consent as the plan looks for it, where the site's own banner does not give it.
  const consent = settings.consent;
  const yes = consent.value || "true";
  const nested = (path, value) => path.split(".").reduceRight((inner, step) => ({ [step]: inner }), value);
  const text = consent.path ? JSON.stringify(nested(consent.path, yes)) : yes;
  if (consent.storage) localStorage.setItem(consent.storage, text);
  if (consent.cookie) document.cookie = consent.cookie + "=" + encodeURIComponent(text) + "; path=/";
  if (consent.global) {
    const [first, ...rest] = consent.global.split(".");
    window[first] = rest.length ? Object.assign(window[first] || {}, nested(rest.join("."), yes)) : yes;
  }
  const detail = () => {
    if (consent.detail === undefined) return undefined;
    return consent.detail ? nested(consent.detail, consent.value || true) : consent.value || true;
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const name of consent.event || []) {
      document.dispatchEvent(new CustomEvent(name, { detail: detail(), bubbles: true }));
    }
    if (consent.google) {
      const granted = Object.fromEntries(consent.google.map((type) => [type, "granted"]));
      (window[settings.layer] = window[settings.layer] || []).push(["consent", "update", granted]);
    }
  });
