sources.heading = (level) => {
  const found = document.querySelector("h" + level);
  return found ? found.textContent.trim() : undefined;
};
