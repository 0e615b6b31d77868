import { describe, expect, test } from "vitest";
import { applyDesign, applyDesignAndResponse, categorical, learnDesign, Table } from "../../../../src/table/index.ts";
import type { ApplyOptions, DesignRecipe } from "../../../../src/table/index.ts";
import { spellOutMatrix } from "../../../support/dense-design.ts";
import { messageOf } from "../../../support/message-of.ts";

const training = Table.fromColumns({
  y: [1, 2, 3, 4],
  age: [30, 41, 52, 33],
  region: categorical(["n", "s", "w", "n"], ["n", "s", "w"]),
  size: [1, 2.5, 2.5, 10],
  smoker: [true, false, true, false],
});

function recipeOf(formula: string): DesignRecipe {
  return learnDesign("fitGlm", formula, training).recipe;
}

function apply(recipe: DesignRecipe, columns: Parameters<typeof Table.fromColumns>[0], options?: ApplyOptions): number[][] {
  return spellOutMatrix(applyDesign("predict", recipe, Table.fromColumns(columns), options).matrix);
}

test("levels are found by name, whatever their order or kind in the new table", () => {
  expect(apply(recipeOf("y ~ region"), { region: ["w", "n", "s"] })).toEqual([
    [1, 0, 1],
    [1, 0, 0],
    [1, 1, 0],
  ]);
  expect(apply(recipeOf("y ~ smoker"), { smoker: [true, true] })).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(apply(recipeOf("y ~ factor(size)"), { size: [10, 1, 2.5] })).toEqual([
    [1, 0, 1],
    [1, 0, 0],
    [1, 1, 0],
  ]);
  const numbered = learnDesign("fitGlm", "y ~ g", Table.fromColumns({ y: [1, 2], g: ["1", "2"] })).recipe;
  expect(apply(numbered, { g: [2, 1] })).toEqual([
    [1, 1],
    [1, 0],
  ]);
});

describe("a level that training did not have", () => {
  const recipe = recipeOf("y ~ age + region");
  const columns = { age: [20, 21, 22], region: ["s", "x", "w"] };

  test("is an error that names it", () => {
    expect(messageOf(() => apply(recipe, columns))).toBe(
      'predict: column "region" must be among the levels "n", "s", "w"; got "x" at row 1. A level that the model has not seen has no ' +
        'coefficient: give unseenLevels: "reference" or "missing", or leave out the row.',
    );
    expect(messageOf(() => apply(recipeOf("y ~ factor(size)"), { size: [1, 2.5, 3] }))).toContain('got "3" at row 2');
  });

  test("can stand for the reference", () => {
    expect(apply(recipe, columns, { unseenLevels: "reference" })[1]).toEqual([1, 21, 0, 0]);
    const based = recipeOf("y ~ C(region, SAS)");
    expect(apply(based, { region: ["x", "w"] }, { unseenLevels: "reference" })).toEqual([
      [1, 0, 0],
      [1, 0, 0],
    ]);
  });

  test("can be missing", () => {
    const design = applyDesign("predict", recipe, Table.fromColumns(columns), { unseenLevels: "missing" });
    expect([...design.rows!]).toEqual([0, 2]);
    expect(messageOf(() => apply(recipe, columns, { unseenLevels: "missing", missing: "fail" }))).toContain(
      'column "region" must be there',
    );
  });

  test("does not matter where no row has it", () => {
    const unused = Table.fromColumns({ age: [20], region: categorical(["s"], ["x", "s"]) });
    expect(spellOutMatrix(applyDesign("predict", recipe, unused).matrix)).toEqual([[1, 20, 1, 0]]);
  });
});

test("rows with something missing are left out, all of them if need be", () => {
  const recipe = recipeOf("y ~ age + region");
  const design = applyDesign("predict", recipe, Table.fromColumns({ age: [null, 3, 4], region: ["n", null, "s"] }));
  expect([...design.rows!]).toEqual([2]);
  const none = applyDesign("predict", recipe, Table.fromColumns({ age: [null], region: [null] }));
  expect([...none.rows!]).toEqual([]);
  expect(none.matrix.numRows).toBe(0);
});

test("new data need no response, and an offset is computed", () => {
  const recipe = recipeOf("y ~ region + offset(log(age))");
  const design = applyDesign("predict", recipe, Table.fromColumns({ region: ["n"], age: [Math.E] }));
  expect([...design.offset!]).toEqual([1]);
});

test("the response comes too where it is asked for", () => {
  const recipe = recipeOf("log(y) ~ age");
  const { design, response } = applyDesignAndResponse("score", recipe, Table.fromColumns({ y: [1, null, Math.E], age: [1, 2, 3] }));
  expect([...design.rows!]).toEqual([0, 2]);
  expect(response).toMatchObject({ kind: "numeric", values: Float64Array.of(0, 1) });
  const smokers = applyDesignAndResponse("score", recipeOf("smoker ~ age"), Table.fromColumns({ smoker: [true], age: [3] })).response;
  expect(smokers).toMatchObject({ kind: "categorical", column: { codes: Int32Array.of(1), levels: ["false", "true"] } });
});

describe("tables that do not fit are refused", () => {
  const recipe = recipeOf("y ~ age + region");
  test.each([
    [{ Age: [1], region: ["n"] }, 'with the numeric column "age" that the model was fitted to; got none of this name. Did you mean "Age"?'],
    [{ age: ["old"], region: ["n"] }, 'with the numeric column "age" that the model was fitted to; got a categorical one'],
    [{ age: [1] }, 'with the categorical column "region"'],
    [{ age: [-Infinity], region: ["n"] }, 'column "age" must be finite; got -Infinity at row 0'],
  ])("%j", (columns, expected) => {
    expect(messageOf(() => apply(recipe, columns))).toContain(expected);
  });

  test("a response that is not there, options that are unknown", () => {
    const table = Table.fromColumns({ age: [1], region: ["n"] });
    expect(messageOf(() => applyDesignAndResponse("score", recipe, table))).toContain('the numeric column "y"');
    expect(messageOf(() => applyDesign("predict", recipe, table, { unseen: "fail" } as ApplyOptions))).toContain('got "unseen"');
    expect(messageOf(() => applyDesign("predict", recipe, table, { unseenLevels: "drop" as "fail" }))).toContain(
      "unseenLevels must be one of",
    );
  });
});
