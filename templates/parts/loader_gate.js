consentChanges.push((given) => {
  if (!given) return;
  clearInterval(consentTimer);
  load();
});
lookAtConsent();
