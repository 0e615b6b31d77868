import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";

const root = resolve(import.meta.dirname, "..");
/** Inside the project, so that `vitrine` resolves to the package itself. */
const workshop = join(root, "test/results/docs");

const pages = ["README.md", "CHANGELOG.md", "examples", "docs"].flatMap((place) =>
  place.endsWith(".md")
    ? [place]
    : readdirSync(join(root, place), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".md"))
        .map((file) => join(place, file)),
);

/** The TypeScript of a page, its snippets one after another as one module. */
function snippetsOf(page: string): string {
  return [...readFileSync(join(root, page), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join("\n");
}

const withCode = pages.filter((page) => snippetsOf(page) !== "");
const fileOf = (page: string): string => join(workshop, `${page.replaceAll(/[^a-z0-9]+/gi, "-")}.ts`);

describe("snippets of the documents", () => {
  beforeAll(() => {
    rmSync(workshop, { recursive: true, force: true });
    mkdirSync(workshop, { recursive: true });
    for (const page of withCode) writeFileSync(fileOf(page), `${snippetsOf(page)}\nexport {};\n`);
  });

  test("there are some, the README's among them", () => {
    expect(withCode).toContain("README.md");
    expect(withCode.length).toBeGreaterThan(2);
  });

  test("have no type errors", () => {
    const options = [
      "--noEmit",
      "--strict",
      "--target",
      "es2022",
      "--module",
      "nodenext",
      "--skipLibCheck",
      "--types",
      "node",
      "--ignoreConfig",
    ];
    runCommand("npx", ["tsc", ...options, ...withCode.map(fileOf)], root);
  });

  test.each(withCode)("%s runs", (page) => {
    runCommand(process.execPath, ["--import", "tsx", fileOf(page)], root);
  });
});

test.each(pages)("links of %s lead somewhere", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target]) => resolve(root, dirname(page), target));
  expect(targets.filter((target) => !existsSync(target)).map((target) => relative(root, target))).toEqual([]);
});
