import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fitGlm } from "../../src/models/index.ts";
import { createRandom } from "../../src/numeric/index.ts";
import { additiveShap, exactShap } from "../../src/shap/index.ts";
import { categorical, Table } from "../../src/table/index.ts";
import { enumerateShapley } from "../support/shapley-oracle.ts";

/** Rounding of sums of some dozen terms of size 10. */
const ROUNDING = 1e-10;

const formulas = [
  "y ~ x + I(x^2) + poly(z, 2) + region",
  "y ~ x * region + z",
  "y ~ region * sex + x:z",
  "y ~ poly(x, 2) * region + ns(z, 3):sex",
  "y ~ x * z * sex",
  "y ~ 0 + x + region:sex",
  "y ~ x + I(x * z) + region + offset(log(exposure))",
  "y ~ I(x * z):region + offset(log(exposure) + z)",
  "y ~ x:z:region:sex + offset(exposure * z)",
];

function drawRows(numRows: number, seed: number): Table {
  const random = createRandom(seed);
  const numbers = (): number[] => Array.from({ length: numRows }, () => Math.round(8 * random.next() - 4) / 2);
  const levels = (names: string[]): string[] =>
    Array.from({ length: numRows }, (_, row) => names[row < names.length ? row : random.integer(names.length)]);
  return Table.fromColumns({
    y: Array.from({ length: numRows }, () => random.next()),
    x: numbers(),
    z: Array.from({ length: numRows }, () => random.next()),
    exposure: Array.from({ length: numRows }, () => 0.1 + random.next()),
    region: categorical(levels(["north", "south", "west"]), ["north", "south", "west"]),
    sex: categorical(levels(["f", "m"]), ["f", "m"]),
  });
}

test.each(formulas)("%s: contributions are those of enumerating all coalitions, whatever is grouped and weighted", async (formula) => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1e6 }),
      fc.constantFrom<Record<string, string[]>>({}, { who: ["sex", "region"] }, { numbers: ["x", "z"] }),
      fc.boolean(),
      async (seed, wanted, weighted) => {
        const train = drawRows(60, seed);
        const model = fitGlm(formula, train);
        const columns = model.inputs.map(({ name }) => name);
        const background = drawRows(7, seed + 1).select(columns);
        const rows = drawRows(4, seed + 2).select(columns);
        const groups = Object.fromEntries(Object.entries(wanted).filter(([, members]) => members.every((name) => columns.includes(name))));
        const backgroundWeights = weighted ? [0, 1, 2, 0.5, 3, 1, 1] : undefined;
        const options = { background, groups, ...(backgroundWeights ? { backgroundWeights } : {}) };
        const found = additiveShap(model, options).explain(rows);
        const oracle = await exactShap((batch) => model.predict(batch, { scale: "link" }), options).explain(rows);
        expect(found.featureNames).toEqual(oracle.featureNames);
        found.values.forEach((value, cell) => expect(Math.abs(value - oracle.values[cell])).toBeLessThan(ROUNDING));
        found.baseValues.forEach((value, row) => expect(Math.abs(value - oracle.baseValues[row])).toBeLessThan(ROUNDING));
        found.additivityResiduals.forEach((residual) => expect(Math.abs(residual)).toBeLessThan(ROUNDING));
        expect(found.warnings.filter(({ name }) => name === "additivity")).toEqual([]);
      },
    ),
    { numRuns: 6 },
  );
});

test("an interaction of two columns is shared as Shapley's formula says, written apart from the library", () => {
  const train = drawRows(50, 11);
  const model = fitGlm("y ~ x * region", train);
  const rows = drawRows(3, 12).select(["x", "region"]);
  const found = additiveShap(model).explain(rows);
  for (let row = 0; row < rows.numRows; row++) {
    const game = (present: readonly boolean[]): number => {
      const mixed = Table.of(
        rows.columns.map((column, j) => {
          const taken = Table.of([present[j] ? column : train.column(column.name)]);
          return (present[j] ? taken.take(new Int32Array(train.numRows).fill(row)) : taken).columns[0];
        }),
      );
      return model.predict(mixed, { scale: "link" }).reduce((sum, value) => sum + value, 0) / train.numRows;
    };
    enumerateShapley(2, game).forEach((value, j) => expect(Math.abs(found.value(row, j) - value)).toBeLessThan(ROUNDING));
  }
});

test("without interactions the training rows and the means at which terms are centred say the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const train = drawRows(40, seed);
      const model = fitGlm("y ~ poly(x, 2) + region + z", train);
      const [plain, given] = [additiveShap(model), additiveShap(model, { background: train })].map((explainer) => explainer.explain(train));
      plain.values.forEach((value, cell) => expect(Math.abs(value - given.values[cell])).toBeLessThan(ROUNDING));
      plain.baseValues.forEach((value, row) => expect(Math.abs(value - given.baseValues[row])).toBeLessThan(ROUNDING));
    }),
    { numRuns: 10 },
  );
});
