sources.attribute = (name, { element }) => quietly(() => element.getAttribute(name));
