import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

// Which room may import which: the table of the design. `errors.ts` is open to all; every room may import itself.
const may: Record<string, readonly string[]> = {
  kernels: [],
  numeric: ["kernels"],
  table: ["numeric"],
  models: ["table", "numeric", "kernels"],
  trees: ["table", "numeric", "kernels"],
  predictors: ["table"],
  shap: ["table", "numeric", "kernels", "trees"],
  quality: ["table", "numeric"],
  charts: ["table", "numeric"],
  report: ["charts", "quality", "shap", "table"],
  node: ["table", "numeric", "models", "trees", "shap", "quality", "charts", "report"],
  cli: ["table", "models", "trees", "shap", "quality", "charts", "report", "node"],
};
/** Rooms whose types (and no more) a room may import besides. */
const typesFrom: Record<string, readonly string[]> = {
  shap: ["models", "predictors"],
  quality: ["models"],
  charts: ["models", "shap", "quality"],
  report: ["models", "trees"],
};

interface Import {
  readonly file: string;
  readonly room: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

const src = resolve(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.includes("assembly/"));
const imports = files.flatMap((file): Import[] => {
  const text = readFileSync(join(src, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"/gm)].map(([, type, from]) => ({
    file,
    room: file.split("/")[0],
    from,
    typeOnly: type !== undefined,
  }));
});

test("there are imports to judge", () => {
  expect(imports.length).toBeGreaterThan(100);
});

test("a room imports only the rooms below it", () => {
  const wrong = imports.filter(({ file, room, from, typeOnly }) => {
    if (!from.startsWith(".") || file === "index.ts") return false;
    const target = relative(src, resolve(src, dirname(file), from)).split("/")[0];
    if (target === "errors.ts" || target === room) return false;
    return !(may[room]?.includes(target) || (typeOnly && typesFrom[room]?.includes(target)));
  });
  expect(wrong.map(({ file, from }) => `${file} imports ${from}`)).toEqual([]);
});

test("rooms are entered by their index", () => {
  const wrong = imports.filter(({ file, room, from }) => {
    if (!from.startsWith(".")) return false;
    const target = relative(src, resolve(src, dirname(file), from));
    return target.includes("/") && target.split("/")[0] !== room && !target.endsWith("/index.ts");
  });
  expect(wrong.map(({ file, from }) => `${file} imports ${from}`)).toEqual([]);
});

test("core rooms import neither Node nor vega when they load", () => {
  const wrong = imports.filter(({ room, from, typeOnly }) => !typeOnly && !["node", "cli"].includes(room) && /^(node:|vega)/.test(from));
  expect(wrong.map(({ file, from }) => `${file} imports ${from}`)).toEqual([]);
});

test("index files only re-export", () => {
  const wrong = files.filter((file) => {
    if (!file.endsWith("index.ts")) return false;
    const rest = readFileSync(join(src, file), "utf8").replace(
      /export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s+"[^"]+";|\/\*[\s\S]*?\*\/|\/\/.*/g,
      "",
    );
    return rest.trim() !== "";
  });
  expect(wrong).toEqual([]);
});

test("every room of the design's table exists and no other", () => {
  const rooms = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));
  expect([...rooms].sort()).toEqual(Object.keys(may).sort());
});
