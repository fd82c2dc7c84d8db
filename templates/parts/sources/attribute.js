attribute: (name, context) => context.element && context.element.getAttribute(name),
