meta: (name) =>
  [...document.getElementsByTagName("meta")]
    .filter((tag) => [tag.name, tag.getAttribute("property")].includes(name))
    .map((tag) => tag.content)[0],
