// Everything that must hold, cheapest first; the last line is `N passed, N failed`. Run it with `npm test`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "vitrine-test-"));
const results = join(folder, "vitest.json");
const steps = [
  ["format", "npx", ["prettier", "--check", "--log-level", "warn", "."]],
  ["build", "npm", ["run", "--silent", "build"]],
  ["lint", "npx", ["oxlint", "--deny-warnings"]],
  ["types", "npx", ["tsc", "--noEmit", "-p", "."]],
  ["unused files, exports and dependencies", "npx", ["knip"]],
  [
    "tests",
    "npx",
    ["vitest", "run", "--config", "test/vitest.config.ts", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`],
  ],
];

let passed = 0;
let failed = 0;
for (const [name, command, args] of steps) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  process.stdout.write(`${status === 0 ? "✓" : "✗"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  if (name !== "tests") {
    if (status === 0) passed++;
    else failed++;
    continue;
  }
  const counts = countTests();
  passed += counts.passed;
  // A run that broke off without a failing test is a failure all the same.
  failed += status === 0 ? counts.failed : Math.max(1, counts.failed);
}
rmSync(folder, { recursive: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function countTests() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
