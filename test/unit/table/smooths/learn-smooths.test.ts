import { describe, expect, test } from "vitest";
import { createRandom } from "../../../../src/numeric/index.ts";
import { applyDesign, categorical, learnDesign, recipeFromJson, Table } from "../../../../src/table/index.ts";
import type { LearnedDesign, LearnOptions, ModelFormula } from "../../../../src/table/index.ts";
import { spellOutMatrix } from "../../../support/dense-design.ts";

const random = createRandom(3);
const NUM_ROWS = 80;
const regions = ["n", "s", "w"];
const table = Table.fromColumns({
  y: Array.from({ length: NUM_ROWS }, () => random.next()),
  x: Array.from({ length: NUM_ROWS }, () => random.next()),
  age: Array.from({ length: NUM_ROWS }, (_, row) => (row < 3 ? NaN : 20 + Math.floor(12 * random.next()))),
  years: Array.from({ length: NUM_ROWS }, () => 1 + random.next()),
  region: categorical(
    Array.from({ length: NUM_ROWS }, (_, row) => regions[row % 3]),
    regions,
  ),
});

function learn(formula: ModelFormula, options: LearnOptions = {}, data = table): LearnedDesign {
  return learnDesign("fitGam", formula, data, { smooths: "learn", ...options });
}

/** The columns of a term, one array a column. */
function columnsOf({ design }: LearnedDesign, label: string): number[][] {
  const rows = spellOutMatrix(design.matrix);
  return design.terms.find((term) => term.label === label)!.positions.map((position) => rows.map((row) => row[position]));
}

describe("a cubic regression spline", () => {
  test("stands after the parametric terms, with mgcv's names of columns", () => {
    const { design, smooths } = learn('y ~ s(x, bs = "cr", k = 5) + region');
    expect(design.columnNames).toEqual(["(Intercept)", "regions", "regionw", "s(x).1", "s(x).2", "s(x).3", "s(x).4"]);
    expect(design.terms.at(-1)).toEqual({ label: "s(x)", variables: ["x"], factors: ["s(x)"], codings: [null], positions: [3, 4, 5, 6] });
    expect(smooths).toMatchObject([
      { label: "s(x)", first: 3, size: 4, ranks: [3], nullSpaceDimension: 1, smoothing: [null], group: null },
    ]);
  });

  test("sums to zero over the complete rows, in each column", () => {
    const learned = learn('y ~ s(age, bs = "cr", k = 5)');
    expect(learned.design.matrix.numRows).toBe(NUM_ROWS - 3);
    for (const column of columnsOf(learned, "s(age)")) expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
  });

  test("is held by codes where values repeat, and as numbers where they do not", () => {
    expect(learn('y ~ s(age, bs = "cr", k = 5)').design.matrix.blocks[1]).toMatchObject({ kind: "coded", multiplier: null });
    expect(learn('y ~ s(x, bs = "cr", k = 5)').design.matrix.blocks).toHaveLength(1);
  });

  test("is the same in new rows, from the recipe's JSON", () => {
    const { recipe, design } = learn('y ~ s(x, bs = "cr", k = 5) + s(age, bs = "cr", k = 4, by = years)');
    const again = recipeFromJson("GamModel.fromJSON", JSON.parse(JSON.stringify(recipe)));
    expect(again).toEqual(recipe);
    const applied = applyDesign("predict", again, table.rows(10, 20));
    expect(spellOutMatrix(applied.matrix)).toEqual(spellOutMatrix(design.matrix).slice(7, 17));
  });
});
