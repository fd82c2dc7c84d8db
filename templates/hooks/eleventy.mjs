// Eleventy: import connectif from "./connectif-hook.mjs"; and eleventyConfig.addPlugin(connectif);
// Findings fail a build only where CI is set, as every CI server sets it.
import { spawnSync } from "node:child_process";

export default function connectif(eleventyConfig) {
  eleventyConfig.on("eleventy.after", ({ dir, directories, outputMode }) => {
    if (outputMode && outputMode !== "fs") return;
    const output = directories ? directories.output : dir.output;
    const { error, status } = spawnSync("connectif-kit", ["check", output], { stdio: "inherit" });
    if (error) throw error;
    if (status === null || status > 1 || (status === 1 && process.env.CI)) {
      throw new Error(`connectif-kit check ended with ${status}`);
    }
  });
}
