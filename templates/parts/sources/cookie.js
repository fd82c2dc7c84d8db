sources.cookie = (name, context, source) => {
  const pair = document.cookie.split("; ").find((one) => one.startsWith(name + "="));
  const raw = pair && pair.slice(name.length + 1);
  return raw && unfold(quietly(() => decodeURIComponent(raw)) || raw, source[3]);
};
