// Astro: import connectif from "./connectif-hook.mjs"; and integrations: [connectif()]
// Findings fail a build only where CI is set, as every CI server sets it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export default function connectif() {
  return {
    name: "connectif-kit",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const { error, status } = spawnSync("connectif-kit", ["check", fileURLToPath(dir)], { stdio: "inherit" });
        if (error) throw error;
        if (status === null || status > 1 || (status === 1 && process.env.CI)) {
          throw new Error(`connectif-kit check ended with ${status}`);
        }
      },
    },
  };
}
