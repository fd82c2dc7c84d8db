template: (pattern, context) => {
  const filled = pattern.replace(/\{([^{}]+)\}/g, (place, path) => text(dig(context.object, path)) || place);
  return /\{[^{}]+\}/.test(filled) ? undefined : filled;
},
