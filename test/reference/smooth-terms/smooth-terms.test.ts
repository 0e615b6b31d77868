import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { QrAccumulator, symmetricEigen } from "../../../src/numeric/index.ts";
import { applyDesign, categorical, learnDesign, recipeFromJson, Table } from "../../../src/table/index.ts";
import type { LearnedDesign } from "../../../src/table/index.ts";
import { spellOutMatrix } from "../../support/dense-design.ts";

interface Case {
  readonly name: readonly [string];
  readonly formula: readonly [string];
  readonly knots: Readonly<Record<string, number[]>> | null;
  readonly numColumns: readonly [number];
  readonly labels: readonly string[];
  readonly scales: readonly (readonly number[])[];
  readonly ranks: readonly (readonly number[])[];
  readonly nullSpaces: readonly number[];
  readonly sizes: readonly number[];
  readonly smoothing: readonly (readonly number[])[];
  readonly fitted: readonly (readonly number[])[];
}
const reference = JSON.parse(readFileSync(new URL("smooth-terms.json", import.meta.url), "utf8")) as {
  readonly data: Readonly<Record<string, (number | string)[]>>;
  readonly cases: readonly Case[];
};
const table = Table.fromColumns(
  Object.fromEntries(
    Object.entries(reference.data).map(([name, values]) => [
      name,
      typeof values[0] === "string" ? categorical(values as string[], [...new Set(values as string[])].sort()) : (values as number[]),
    ]),
  ),
);
const y = reference.data.y as number[];

/** Least squares of y on the design, the penalties at these smoothing parameters, by orthogonal reflections. */
function fitAt({ design, smooths }: LearnedDesign, smoothing: readonly number[], scales: readonly number[]): number[] {
  const rows = spellOutMatrix(design.matrix);
  const p = design.columnNames.length;
  const qr = new QrAccumulator(p);
  for (const [i, row] of rows.entries()) qr.addRows(Float64Array.from([...row, y[i]]), 1);
  let next = 0;
  for (const { first, size, penalties, scales: own } of smooths) {
    for (const [k, penalty] of penalties.entries()) {
      // Where the scale of a penalty is ours to choose, the same smoothing parameter stands for another penalty.
      const factor = (smoothing[next] * own[k]) / scales[next++];
      const { values, vectors } = symmetricEigen(penalty, size);
      for (let j = 0; j < size; j++) {
        const row = new Float64Array(p + 1);
        for (let i = 0; i < size; i++) row[first + i] = Math.sqrt(factor * Math.max(0, values[j])) * vectors[i * size + j];
        qr.addRows(row, 1);
      }
    }
  }
  const { coefficients } = qr.finish();
  return rows.map((row) => row.reduce((sum, value, j) => sum + value * coefficients[j], 0));
}

describe.each(reference.cases.map((one) => [one.name[0], one] as const))("%s", (_name, one) => {
  const options = { smooths: "learn", ...(one.knots === null ? {} : { knots: one.knots }) } as const;
  let known: LearnedDesign | undefined;
  const learn = (): LearnedDesign => (known ??= learnDesign("fitGam", one.formula[0], table, options));

  test("has mgcv's terms", () => {
    const learned = learn();
    expect(learned.design.columnNames).toHaveLength(one.numColumns[0]);
    expect(learned.smooths.map(({ label }) => label)).toEqual(one.labels);
    expect(learned.smooths.map(({ size }) => size)).toEqual(one.sizes);
    expect(learned.smooths.flatMap(({ ranks }) => ranks)).toEqual(one.ranks.flat());
  });

  test("has mgcv's scales", () => {
    const ours = learn().smooths.flatMap(({ scales }) => scales);
    const theirs = one.scales.flat();
    expect(ours).toHaveLength(theirs.length);
    // mgcv's scales of thin plates are as exact as its Lanczos iteration; those of "fs" depend on its rounding (see null-space.ts).
    const digits = one.formula[0].includes('bs = "fs"') ? 1 : 7;
    for (const [k, scale] of theirs.entries()) expect(ours[k] / scale).toBeCloseTo(1, digits);
  });

  test.each([0, 1])("fits as mgcv at smoothing parameters %i", (which) => {
    const fitted = fitAt(learn(), one.smoothing[which], one.scales.flat());
    for (const [i, value] of one.fitted[which].entries()) expect(fitted[i]).toBeCloseTo(value, 8);
  });

  test("is the same from the recipe's JSON", () => {
    const learned = learn();
    const recipe = recipeFromJson("GamModel.fromJSON", JSON.parse(JSON.stringify(learned.recipe)));
    expect(recipe).toEqual(learned.recipe);
    const again = spellOutMatrix(applyDesign("predict", recipe, table.rows(5, 25)).matrix);
    const before = spellOutMatrix(learned.design.matrix).slice(5, 25);
    for (const [i, row] of again.entries()) for (const [j, value] of row.entries()) expect(value).toBeCloseTo(before[i][j], 12);
  });
});
