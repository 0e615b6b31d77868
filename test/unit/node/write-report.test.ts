import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { writeReport } from "../../../src/node/index.ts";
import { renderReport } from "../../../src/report/index.ts";
import { countReport } from "../../support/report-cases.ts";

const failure = vi.hoisted(() => ({ rename: false }));
vi.mock("node:fs/promises", async (load) => {
  const real = await load<typeof import("node:fs/promises")>();
  const rename: typeof real.rename = (from, to) =>
    failure.rename ? Promise.reject(new Error("the disk went away")) : real.rename(from, to);
  return { ...real, rename };
});

let folder = "";
beforeEach(() => {
  failure.rename = false;
  folder = mkdtempSync(join(tmpdir(), "vitrine-report-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("writes what renderReport makes, over an older file, and leaves nothing else", async () => {
  const path = join(folder, "report.html");
  writeFileSync(path, "old");
  await writeReport(path, countReport());
  expect(readFileSync(path, "utf8")).toBe(await renderReport(countReport()));
  expect(readdirSync(folder)).toEqual(["report.html"]);
});

test("a failure at the last step leaves the old file whole and no half one", async () => {
  const path = join(folder, "report.html");
  writeFileSync(path, "old");
  failure.rename = true;
  await expect(writeReport(path, countReport())).rejects.toThrow("the disk went away");
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["report.html"]);
});

test("an error in the options leaves no file", async () => {
  await expect(writeReport(join(folder, "report.html"), { ...countReport(), title: "" })).rejects.toThrow("title must be a text");
  expect(readdirSync(folder)).toEqual([]);
});

test("a folder that does not exist is refused before the work", async () => {
  const missing = join(folder, "none");
  await expect(writeReport(join(missing, "report.html"), countReport())).rejects.toThrow(
    `writeReport: path must be the path of a file in a folder that exists; got a file in ${JSON.stringify(missing)}, which is no folder. Make the folder first.`,
  );
});

test("a folder, and what is no text, are refused", async () => {
  const inner = join(folder, "inner");
  mkdirSync(inner);
  await expect(writeReport(inner, countReport())).rejects.toThrow(
    `writeReport: path must be the path of a file in a folder that exists; got the folder ${JSON.stringify(inner)}. Name a file in it.`,
  );
  await expect(writeReport("", countReport())).rejects.toThrow(
    'writeReport: path must be the path of a file in a folder that exists; got "". Give a text, for example "report.html".',
  );
});

test("the file that is replaced keeps its permissions, and a link stays a link", async () => {
  const path = join(folder, "report.html");
  writeFileSync(path, "old", { mode: 0o600 });
  symlinkSync(path, join(folder, "link.html"));
  await writeReport(join(folder, "link.html"), countReport());
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).toContain("<!doctype html>");
  expect(lstatSync(join(folder, "link.html")).isSymbolicLink()).toBe(true);
});

test("a device is refused, not replaced", async () => {
  await expect(writeReport("/dev/null", countReport())).rejects.toThrow(
    'writeReport: path must be the path of a file in a folder that exists; got "/dev/null", which is a device or a pipe. Name a plain file.',
  );
});
