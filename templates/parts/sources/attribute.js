sources.attribute = (name, { element }) => element && element.getAttribute && element.getAttribute(name);
