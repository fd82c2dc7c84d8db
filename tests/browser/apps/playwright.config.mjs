// How the shop of the tests runs its own: the browser and the address are said by who runs it.
export default {
  testMatch: "*.spec.mjs",
  use: {
    baseURL: process.env.SHOP,
    serviceWorkers: "block",
    launchOptions: { executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] },
  },
};
