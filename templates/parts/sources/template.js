sources.template = (pattern, context) => {
  const filled = pattern.replace(
    /\{([^{}]+)\}/g,
    (/** @type {string} */ place, /** @type {string} */ path) => text(dig(context.object, path)) || place,
  );
  return /\{[^{}]+\}/.test(filled) ? undefined : filled;
};
