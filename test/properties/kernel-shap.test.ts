import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exactShap, kernelShap, type KernelShapOptions } from "../../src/shap/index.ts";
import { Table } from "../../src/table/index.ts";
import { makeTable, tangle } from "../support/any-model.ts";

/** Rounding of regressions on some hundred sums of size 10. */
const ROUNDING = 1e-9;

/** Games of 5 to 11 columns, some columns equal to the background's, in all ways of estimating. */
const cases = fc.record({
  columns: fc.integer({ min: 5, max: 11 }),
  rows: fc.integer({ min: 1, max: 3 }),
  seed: fc.integer({ min: 0, max: 1000 }),
  estimator: fc.constantFrom("automatic" as const, "regression" as const, "permutation" as const),
  budget: fc.integer({ min: 44, max: 300 }),
});

const runs = { numRuns: 25 };

type Predict = (batch: Table) => Float64Array;

const explain = (
  predict: Predict,
  columns: number,
  rows: number,
  options: Omit<KernelShapOptions, "background">,
): Promise<{ values: Float64Array; predictions: Float64Array; baseValues: Float64Array; standardErrors?: Float64Array }> =>
  kernelShap(predict, { background: makeTable(rows, columns, 1), ...options }).explain(makeTable(2, columns, 2));

test("efficiency: base value and values sum to the prediction", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ columns, rows, ...options }) => {
      const { values, predictions, baseValues } = await explain(tangle, columns, rows, options);
      for (let row = 0; row < 2; row++) {
        const sum = values.subarray(row * columns, (row + 1) * columns).reduce((total, value) => total + value, baseValues[row]);
        expect(Math.abs(sum - predictions[row])).toBeLessThan(ROUNDING);
      }
    }),
    runs,
  );
});

test("dummy: a column that equals the background's has the value 0, and no error", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ columns, rows, ...options }) => {
      const background = makeTable(rows, columns, 1);
      const own = makeTable(1, columns, 2).toRecords();
      const still = { ...own[0], x2: 0.5 };
      const { values, standardErrors } = await kernelShap(tangle, {
        background: Table.fromRecords(background.toRecords().map((record) => ({ ...record, x2: 0.5 }))),
        ...options,
      }).explain(Table.fromRecords([still]));
      expect([values[2], standardErrors![2]]).toEqual([0, 0]);
    }),
    runs,
  );
});

test("linearity: a model scaled and shifted has its values scaled; two outputs are two models", async () => {
  await fc.assert(
    fc.asyncProperty(cases, fc.double({ min: -3, max: 3, noNaN: true }), async ({ columns, rows, ...options }, scale) => {
      const other: Predict = (batch) =>
        Float64Array.from({ length: batch.numRows }, (_, i) => batch.values[i * columns] ** 2 * batch.values[i * columns + 3]);
      // Without terms of three, which are chosen by the outputs together.
      const plain = { ...options, estimator: options.estimator === "automatic" ? ("regression" as const) : options.estimator };
      const both: Predict = (batch) => {
        const [one, two] = [tangle(batch), other(batch)];
        return Float64Array.from({ length: 3 * batch.numRows }, (_, i) => {
          const [row, output] = [Math.floor(i / 3), i % 3];
          return output === 0 ? one[row] : output === 1 ? scale * two[row] + 7 : one[row] + scale * two[row] + 7;
        });
      };
      const together = await explain(both, columns, rows, plain);
      const first = await explain(tangle, columns, rows, plain);
      first.values.forEach((value, cell) => {
        expect(Math.abs(together.values[3 * cell] - value)).toBeLessThan(ROUNDING);
        // Additivity: the sum's values are the sums of the values.
        const sum = together.values[3 * cell] + together.values[3 * cell + 1];
        expect(Math.abs(together.values[3 * cell + 2] - sum)).toBeLessThan(ROUNDING);
      });
    }),
    runs,
  );
});

test("symmetry: columns that a model cannot tell apart have equal values when all coalitions are played, and near ones before", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), fc.double({ min: -1, max: 1, noNaN: true }), async (seed, x) => {
      const symmetric: Predict = ({ values, numRows }) =>
        Float64Array.from(
          { length: numRows },
          (_, i) => Math.sin(values[6 * i] * values[6 * i + 1] + values[6 * i + 2]) * values[6 * i + 3],
        );
      const base = Table.fromRecords(
        makeTable(3, 6, seed)
          .toRecords()
          .map((record) => ({ ...record, x1: record.x0 })),
      );
      const row = Table.fromRecords(
        makeTable(1, 6, seed + 1)
          .toRecords()
          .map((record) => ({ ...record, x0: x, x1: x })),
      );
      const exact = await kernelShap(symmetric, { background: base, budget: 64 }).explain(row);
      expect(Math.abs(exact.values[0] - exact.values[1])).toBeLessThan(ROUNDING);
      const sampled = await kernelShap(symmetric, { background: base, budget: 30, seed }).explain(row);
      const error = Math.hypot(sampled.standardErrors![0], sampled.standardErrors![1]);
      expect(Math.abs(sampled.values[0] - sampled.values[1])).toBeLessThan(8 * error + ROUNDING);
    }),
    runs,
  );
});

test("enumeration: a budget of all coalitions gives what exactShap gives, whatever is grouped and weighted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), async (columns, rows, grouped) => {
      const background = makeTable(rows, columns, 3);
      const data = makeTable(2, columns, 4);
      const wide = ({ values, numRows }: Table): Float64Array =>
        Float64Array.from({ length: numRows }, (_, i) =>
          Math.exp(values.subarray(i * columns, (i + 1) * columns).reduce((product, x, j) => product * (x + (j % 2)), 1)),
        );
      const shared = {
        background,
        backgroundWeights: Array.from({ length: rows }, (_, i) => i + 1),
        ...(grouped ? { groups: { pair: ["x0", "x2"] } } : {}),
      };
      const found = await kernelShap(wide, { ...shared, budget: 2 ** columns }).explain(data);
      const exact = await exactShap(wide, shared).explain(data);
      expect(found.featureNames).toEqual(exact.featureNames);
      found.values.forEach((value, cell) => expect(Math.abs(value - exact.values[cell])).toBeLessThan(ROUNDING));
    }),
    runs,
  );
});

test("determinism: neither batches nor concurrency nor late answers move a bit", async () => {
  await fc.assert(
    fc.asyncProperty(
      cases,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 8 }),
      async ({ columns, rows, ...options }, maxBatchRows, concurrency) => {
        const once = await explain(tangle, columns, rows, options);
        let calls = 0;
        const late = async (batch: Table): Promise<Float64Array> => {
          const turns = (calls++ * 7) % 5;
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          return tangle(batch);
        };
        const again = await kernelShap(late, { background: makeTable(rows, columns, 1), ...options, maxBatchRows, concurrency }).explain(
          makeTable(2, columns, 2),
        );
        expect(again.values).toEqual(once.values);
        expect(again.standardErrors).toEqual(once.standardErrors);
      },
    ),
    runs,
  );
});
