query: (name) => new URLSearchParams(location.search).get(name),
