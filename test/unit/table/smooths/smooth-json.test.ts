import { describe, expect, test } from "vitest";
import { createRandom } from "../../../../src/numeric/index.ts";
import { learnDesign, recipeFromJson, Table } from "../../../../src/table/index.ts";
import { messageOf } from "../../../support/message-of.ts";

const random = createRandom(2);
const draw = (): number[] => Array.from({ length: 60 }, () => random.next());
const table = Table.fromColumns({ y: draw(), x: draw(), z: draw(), g: draw().map((value) => `g${Math.floor(3 * value)}`) });
const formula =
  'y ~ s(x, bs = "cr", k = 4, by = g) + te(x, z, k = 3) + s(z, bs = "ps", k = 5) + s(x, z, k = 6) + s(g, bs = "re") + t2(x, z, k = 3)';
const json = JSON.stringify(learnDesign("fitGam", formula, table, { smooths: "learn" }).recipe);

type Json = Record<string, unknown>;

/** The recipe's JSON with one place of the smooth with a label changed. */
function changed(label: string, path: string, value: unknown): unknown {
  const recipe = JSON.parse(json) as { variables: Json[] };
  const keys = path.split(".");
  const last = keys.pop()!;
  const smooth = recipe.variables.find((variable) => variable.label === label)!;
  keys.reduce<Json>((inner, key) => inner[key] as Json, smooth)[last] = value;
  return recipe;
}

describe("JSON of a smooth that was tampered with is refused", () => {
  test.each<[string, string, unknown]>([
    ["s(x):gg0", "reflector", [1, 2, 3]],
    ["s(x):gg0", "reflector", [0, 0, 0, 0]],
    ["s(x):gg0", "reflector", [1, 2, null, 4]],
    ["s(x):gg0", "by.level", 7],
    ["s(x):gg0", "by.levels", ["a", "a"]],
    ["s(x):gg0", "margins.0.basis.knots", [0, 0, 1, 2]],
    ["s(x):gg0", "margins.0.basis.knots", [0, 1]],
    ["s(x):gg0", "margins.0.basis.kind", "spline"],
    ["s(x):gg0", "margins.0.expressions", ["x", "z"]],
    ["s(x):gg0", "margins.0.expressions", ["nowhere"]],
    ["s(x):gg0", "margins.0.expressions", ["g"]],
    ["s(x):gg0", "margins", []],
    ["s(x):gg0", "multipliers", ["x + "]],
    ["s(x):gg0", "dropped", [0, 1, 2]],
    ["s(x):gg0", "dropped", [2, 1]],
    ["s(x):gg0", "more", 1],
    ["te(x,z)", "margins.0.transform", [1, 2]],
    ["te(x,z)", "order", [1, 2, 99]],
    ["te(x,z)", "dropped", []],
    ["s(z)", "margins.0.basis.degree", 9],
    ["s(z)", "margins.0.basis.knots", [0, 1, 2]],
    ["s(x,z)", "margins.0.basis.weights", [1, 2, 3]],
    ["s(x,z)", "margins.0.basis.points", [[0, 1]]],
    ["s(x,z)", "margins.0.basis.order", 1],
    ["s(g)", "order", [0, 1, 2]],
    ["s(g)", "margins.0.levels", []],
  ])("%s: %s = %j", (label, path, value) => {
    expect(messageOf(() => recipeFromJson("load", changed(label, path, value)))).toMatch(/^load: /);
  });

  test("also when a smooth is multiplied", () => {
    const recipe = JSON.parse(json) as { terms: { label: string; factors: string[]; codings: null[] }[] };
    const [first, second] = recipe.terms.filter(({ label }) => label.startsWith("s(x):"));
    Object.assign(first, { label: `${first.label}:${second.label}`, factors: [first.label, second.label], codings: [null, null] });
    expect(messageOf(() => recipeFromJson("load", recipe))).toContain("free of products with smooths");
  });
});
