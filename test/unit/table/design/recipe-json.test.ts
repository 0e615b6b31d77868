import { describe, expect, test } from "vitest";
import { InputError } from "../../../../src/errors.ts";
import { applyDesign, categorical, learnDesign, recipeFromJson, Table } from "../../../../src/table/index.ts";
import type { DesignRecipe } from "../../../../src/table/index.ts";
import { messageOf } from "../../../support/message-of.ts";

const table = Table.fromColumns({
  y: [1, 2, 3, 4, 5, 6],
  x: [0.1, 1 / 3, 2e-300, 4, 5, 6],
  z: [3, 1, 4, 1, 5, 9],
  g: categorical(["a", "b", "c", "a", "b", "c"], ["a", "b", "c"]),
}).describe({ x: { label: "the x", unit: "m" }, g: { levels: { a: "first" } } });
const formula = "cbind(y, z) ~ x * g + poly(z, 2) + bs(x, df = 4) + ns(z, 3) + C(g, sum) + offset(log(y))";
const { recipe } = learnDesign("fit", formula, table);

type Json = Record<string, unknown>;

/** The recipe's JSON with one place changed: a path such as "variables.2.basis.knots". */
function changed(path: string, value: unknown): unknown {
  const json = JSON.parse(JSON.stringify(recipe)) as Json;
  const keys = path.split(".");
  const last = keys.pop()!;
  const place = keys.reduce<Json>((inner, key) => inner[key] as Json, json);
  place[last] = value;
  return json;
}

function positionOf(label: string): number {
  const found = recipe.variables.findIndex((variable) => variable.label === label);
  if (found < 0) throw new Error(`no variable ${label}`);
  return found;
}

test("a recipe comes back equal, and makes the same design to the bit", () => {
  const back: DesignRecipe = recipeFromJson("load", JSON.parse(JSON.stringify(recipe)));
  expect(back).toEqual(recipe);
  expect(applyDesign("predict", back, table)).toEqual(applyDesign("predict", recipe, table));
});

describe("a recipe that was tampered with is refused", () => {
  const poly = `variables.${positionOf("poly(z, 2)")}`;
  const bs = `variables.${positionOf("bs(x, df = 4)")}`;
  const ns = `variables.${positionOf("ns(z, 3)")}`;
  const g = `variables.${positionOf("g")}`;
  test.each([
    ["variables.0.expression", "process(x)", "got process( ) at character 1"],
    ["variables.0.expression", "x)", "one that closes none"],
    ["variables.0.expression", "(".repeat(1000), "within each other"],
    ["variables.0.expression", "w", 'got "w"'],
    ["variables.0.expression", "g", 'the categorical column "g"'],
    ["variables.0.kind", "matrix", "variables.0.kind"],
    ["variables.0.label", "g", "a label twice"],
    ["variables.0.constructor", 1, "variables.0.constructor"],
    [`${poly}.basis.squaredNorms`, [6, 1], `${poly}.basis`],
    [`${poly}.basis.squaredNorms`, [6, 1, -1], `${poly}.basis`],
    [`${poly}.basis.centres`, [1, null], `${poly}.basis`],
    [`${poly}.basis.centres`, [], `${poly}.basis`],
    [`${bs}.basis.knots`, [3, 1], `${bs}.basis`],
    [`${bs}.basis.knots`, [100], `${bs}.basis`],
    [`${bs}.basis.knots`, Array.from({ length: 5000 }, () => 3), `${bs}.basis`],
    [`${bs}.basis.knots`, [], "those that follow from the variables"],
    [`${bs}.basis.degree`, 1e9, `${bs}.basis`],
    [`${bs}.basis.boundary`, [1, 1], `${bs}.basis`],
    [`${ns}.basis.degree`, 2, `${ns}.basis`],
    [`${g}.levels`, ["a", "a", "b"], `${g}.levels`],
    [`${g}.levels`, ["a", "b", "c", "d"], "those that follow from the variables"],
    [`${g}.levels`, ["a"], "at least two levels"],
    [`${g}.levels`, [], "must be"],
    [`${g}.reference`, 3, g],
    [`${g}.contrast`, "deviation", `${g}.contrast`],
    ["columnNames", [], "columnNames must be those that follow from the terms"],
    ["columnNames", ["(Intercept)", 7], "columnNames.1"],
    ["hasIntercept", false, "those that follow from the variables"],
    ["terms.1.factors", ["w"], "terms must be made of the variables"],
    ["terms.1.label", "other", "labelled by their factors"],
    ["terms.1.positions", [99], "those that follow from the variables"],
    ["terms.1.codings", ["contrasts"], "those that follow from the variables"],
    ["terms", "none", "terms must be"],
    ["inputs", [], "formula must be made of the columns"],
    ["inputs.0.range", [2, 1], "inputs.0.range"],
    ["inputs.1.name", "x", "named once each"],
    ["offsets", ["eval(x)"], "got eval( )"],
    ["response.expressions", ["y"], "2 of a response of kind counts"],
    ["response.expressions", ["y", "fetch(z)"], "got fetch( )"],
    ["response.kind", "survival", "response.kind"],
    ["extra", 1, "extra"],
  ])("%s = %j", (path, value, expected) => {
    const message = messageOf(() => recipeFromJson("GlmModel.fromJSON", changed(path, value)));
    expect(message).toMatch(/^GlmModel\.fromJSON: /);
    expect(message).toContain(expected);
  });

  test.each([[null], ["text"], [[]], [{}], [7]])("%j is no recipe", (json) => {
    expect(() => recipeFromJson("load", json)).toThrow(InputError);
  });

  test("a product of factors that would fill the memory", () => {
    const levels = Array.from({ length: 2000 }, (_, k) => `l${k}`);
    const json = JSON.parse(
      JSON.stringify(learnDesign("fit", "y ~ g:h", Table.fromColumns({ y: [1, 2], g: ["a", "b"], h: ["a", "b"] })).recipe),
    );
    for (const variable of json.variables) variable.levels = levels;
    expect(messageOf(() => recipeFromJson("load", json))).toContain("at most 1000000 design columns");
  });
});
