// The loader hears an event that comes before the dispatcher: what was heard stands at the window.
const hearConsent = (
  /** @type {string[] | undefined} */ types,
  /** @type {(event: any) => boolean} */ given,
) =>
  (types || []).forEach((type) =>
    window.addEventListener(
      type,
      (event) => {
        window.connectifKitAllowed = given(event);
        lookAtConsent();
        // Its listeners may set the state only now.
        setTimeout(lookAtConsent);
      },
      true,
    ),
  );
hearConsent(plan.consent.event, ({ detail }) => {
  const { detail: path, value } = plan.consent;
  return path === undefined ? true : says(path ? inside(detail, path) : detail, value);
});
hearConsent(plan.consent.withdrawn, () => false);
states.event = () => window.connectifKitAllowed === true;
