import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";

const root = resolve(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
};
const subpaths = Object.keys(manifest.exports).filter((key) => key !== "./package.json");

/** A folder that has the package as its users get it: unpacked from the tarball, with its run-time dependencies and nothing else. */
let consumer = "";
let tarball: { readonly filename: string; readonly files: readonly { readonly path: string }[]; readonly size: number };

beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), "vitrine-consumer-"));
  const packed = runCommand("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", consumer], root);
  [tarball] = JSON.parse(packed) as [typeof tarball];
  const modules = join(consumer, "node_modules");
  mkdirSync(join(modules, "vitrine"), { recursive: true });
  runCommand("tar", ["-xzf", join(consumer, tarball.filename), "-C", join(modules, "vitrine"), "--strip-components=1"], root);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  writeFileSync(join(consumer, "package.json"), '{ "private": true, "type": "module" }');
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

function run(file: string, code: string): string {
  writeFileSync(join(consumer, file), code);
  return runCommand(process.execPath, ["--no-warnings", file], consumer);
}

const nameOf = (subpath: string): string => `vitrine${subpath.slice(1)}`;

describe("the packed package", () => {
  test.each(subpaths)("%s loads by import and by require, with the same names", (subpath) => {
    const name = nameOf(subpath);
    const imported = run(
      "import.mjs",
      `import * as all from "${name}"; console.log(Object.keys(all).filter((key) => key !== "module.exports").sort().join(" "));`,
    );
    const required = run("require.cjs", `console.log(Object.keys(require("${name}")).sort().join(" "));`);
    expect(imported.trim().split(" ").length).toBeGreaterThan(0);
    expect(required).toBe(imported);
  });

  test("explains and draws by require, as a tslab cell would", () => {
    const code = `
      const { Table, parseCsv, exactShap, importanceChart } = require("vitrine");
      const background = parseCsv("a,b\\n1,2\\n3,4\\n");
      exactShap((batch) => Array.from(batch.column("a").values), { background }).explain(background).then((explanation) => {
        console.log(explanation.importance()[0].feature, importanceChart(explanation).$schema, background instanceof Table);
      });`;
    expect(run("cell.cjs", code).trim()).toMatch(/^a https:\/\/vega\.github\.io\/schema\/vega-lite\/v\d\.json true$/);
  });

  test("keeps its rooms' insides private", () => {
    const code = `try { require("vitrine/numeric"); console.log("found"); } catch (error) { console.log(error.code); }`;
    expect(run("private.cjs", code).trim()).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  test("has a command", () => {
    const bin = join(consumer, "node_modules/vitrine/dist/cli/main.js");
    expect(runCommand(process.execPath, [bin, "--help"], consumer)).toContain("Usage: vitrine COMMAND");
  });

  test("ends quietly when its reader has seen enough", () => {
    const bin = join(consumer, "node_modules/vitrine/dist/cli/main.js");
    const piped = `{ "${process.execPath}" "${bin}" report --help | true; } 2>&1`;
    expect(runCommand("sh", ["-c", piped], consumer)).toBe("");
  });

  test("carries the built code, its sources and nothing of the workshop", () => {
    const folders = new Set(tarball.files.map(({ path }) => path.split("/")[0]));
    expect([...folders].sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json", "python", "src"]);
  });

  // Node10 resolution, which knows no `exports`, is what tslab's compiler uses.
  test.each([
    ["nodenext", ["--module", "nodenext"]],
    ["node10", ["--module", "esnext", "--moduleResolution", "node10", "--ignoreDeprecations", "6.0"]],
  ])("types resolve under %s, without Node's or the DOM's types", (_, module) => {
    const imports = subpaths.map(
      (subpath, i) => `import * as room${i} from "${nameOf(subpath)}";\nexport const all${i}: object = room${i};\n`,
    );
    const use = `import { treeShap, type Explanation } from "vitrine";
      export type Made = ReturnType<ReturnType<typeof treeShap>["explain"]> extends Explanation ? true : never;
      export const made: Made = true;`;
    writeFileSync(join(consumer, "types.ts"), imports.join("") + use);
    const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022", "--skipLibCheck", ...module];
    runCommand(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...options, "types.ts"], consumer);
  });
});

describe("package checks", () => {
  test("publint finds nothing", () => {
    expect(runCommand("npx", ["publint", "--strict"], root)).toContain("All good!");
  });

  test("are the types wrong? finds nothing, but that require() gets a module, as it should", () => {
    const found = runCommand(
      "npx",
      ["attw", join(consumer, tarball.filename), "--ignore-rules", "cjs-resolves-to-esm", "--format", "json"],
      root,
    );
    const { problems } = JSON.parse(found) as { problems?: Record<string, unknown> };
    expect(Object.keys(problems ?? {}).filter((problem) => problem !== "CJSResolvesToESM")).toEqual([]);
  });
});

test("every promised dependency is pinned exactly", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    string,
    Record<string, string>
  >;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});
