import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/seed.ts"],
    // Packing, compiling the Vega-Lite schema and opening a browser take seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
