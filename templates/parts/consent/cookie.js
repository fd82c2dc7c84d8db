states.cookie = ({ cookie, path, value }) => {
  const pair = document.cookie.split("; ").find((one) => one.startsWith(cookie + "="));
  if (pair === undefined) return false;
  const raw = pair.slice(String(cookie).length + 1);
  let text = raw;
  try {
    text = decodeURIComponent(raw);
  } catch (error) {
    text = raw;
  }
  return says(stated(text, path), value);
};
