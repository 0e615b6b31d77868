import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";

const root = resolve(import.meta.dirname, "..");

test("the example of house prices holds curves beside boosted trees, and says which misses by more", () => {
  const folder = join(root, "examples/house-prices");
  for (const made of ["report.html", "trees.html"]) rmSync(join(folder, made), { force: true });
  const said = runCommand(process.execPath, [join(folder, "main.js")], root);
  const [, curves, trees] = /^Average error on 803 homes: \$(\d+) of the curves, \$(\d+) of the trees\./.exec(said) ?? [];
  // mgcv 1.8-41 with the same formula misses by $13,788 on nearly the same rows, a straight-line model by $14,637; LightGBM's own by $12,985.
  expect(Number(curves)).toBeGreaterThan(13_500);
  expect(Number(curves)).toBeLessThan(14_200);
  expect(trees).toBe("12985");
  const difference = Number(curves) - Number(trees);
  expect(said).toMatch(new RegExp(`The curves miss by \\$${difference} more \\(\\$\\d+ to \\$\\d+\\)`));
  const report = readFileSync(join(folder, "report.html"), "utf8");
  expect(report).toContain("Additive gamma regression, 14 terms");
  expect(report).toContain("East of the university and North of the university");
  expect(report.replaceAll(/[\u00a0\u202f]/g, " ")).toMatch(/for boosted trees: this model misses by more, by \$ \d+/);
  // The budget of a report without scripts.
  expect(report.length).toBeLessThan(1_000_000);
  expect(readFileSync(join(folder, "trees.html"), "utf8")).toContain("Beside a model of curves");
}, 300_000);

test("the example of any model explains a network and a service, and writes a report on one and a chart of the other", () => {
  const folder = join(root, "examples/any-model");
  for (const made of ["report.html", "service.svg"]) rmSync(join(folder, made), { force: true });
  const said = runCommand(process.execPath, ["--no-warnings", join(folder, "main.js")], root);
  expect(said).toMatch(/^The network, 582 homes: Living area \d+ %, /);
  expect(said).toMatch(/By its slopes, every tenth home \(gradientShap\): (Living area|Year built) \d+ %, /);
  expect(said).toMatch(/The service prices the first home at \$[\d,]+, a typical one at \$[\d,]+; most of the difference is due to /);
  // Every fifth request is refused, and sent again.
  const [, homes, requests, refused] = /It was sent (\d+) homes in (\d+) requests, (\d+) of which/.exec(said) ?? [];
  expect(Number(refused)).toBe(Math.floor(Number(requests) / 5));
  expect(Number(refused)).toBeGreaterThan(0);
  // Five homes, 117 typical ones and 2^4 coalitions would be 9,360 rows without sending equal ones once only.
  expect(Number(homes)).toBeLessThan(5000);
  const report = readFileSync(join(folder, "report.html"), "utf8");
  expect(report).toContain("What makes a home dear?");
  expect(report).toContain("Neural network of two layers (TensorFlow.js)");
  expect(existsSync(join(folder, "service.svg"))).toBe(true);
});
