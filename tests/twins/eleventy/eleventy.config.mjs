export default () => ({
  dir: { input: "src" },
  markdownTemplateEngine: "njk",
});
