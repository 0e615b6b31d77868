import * as fc from "fast-check";
import { expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { RowMixer } from "../../src/shap/tree-shap/response/row-mixer.ts";
import { slopeBetween } from "../../src/shap/tree-shap/response/slope-between.ts";
import { prepareGame } from "../../src/shap/tree-shap/tree-game.ts";
import { TreeEnsemble, type LinkName } from "../../src/trees/index.ts";
import { outputLink } from "../../src/trees/output-link.ts";
import { makeEnsemble, makeMatrix } from "../support/make-ensemble.ts";
import { ALL_FEATURES, layTrees, nestedTree, randomRows } from "../support/random-trees.ts";

/** Float64 sums over a few dozen leaves of size 10. */
const EXACT = 1e-12;

/** Quotients and squares of numbers near 1e-300 underflow on either side. */
const withoutUnderflow = (value: number): number => (Math.abs(value) < 1e-9 ? 0 : value);

test("values against each background row average to the interventional values", () => {
  const cases = fc.record({
    trees: fc.array(nestedTree(6, 2), { minLength: 1, maxLength: 3 }),
    rows: randomRows(2),
    others: randomRows(5),
  });
  fc.assert(
    fc.property(cases, ({ trees, rows, others }) => {
      const nodes = layTrees(
        trees,
        trees.map(() => 0),
        2,
      );
      const ensemble = makeEnsemble(nodes, 2);
      const background = makeMatrix(others);
      const game = prepareGame(ensemble, { background });
      const mixer = new RowMixer({ ...game, background: game.background! });
      const expected = treeShap(ensemble, { background }).explain(makeMatrix(rows));
      const encoded = ensemble.encode(makeMatrix(rows), "test");
      rows.forEach((_, row) => {
        const sums = new Float64Array(ALL_FEATURES * 2);
        mixer.openRow(encoded, row);
        mixer.explainPairs((source, values) => values.forEach((value, cell) => (sums[cell] += mixer.weights[source] * value)));
        sums.forEach((sum, cell) => expect(Math.abs(sum - expected.values[row * ALL_FEATURES * 2 + cell])).toBeLessThanOrEqual(EXACT));
      });
    }),
    { numRuns: 200 },
  );
});

test.each(["logistic", "exp", "square", "log1pExp", "identity", "halving"] satisfies LinkName[])(
  "rescaled values of %s: one background row at a time, raw values times the slope",
  (name) => {
    fc.assert(
      fc.property(fc.array(nestedTree(4), { minLength: 1, maxLength: 3 }), randomRows(2), randomRows(3), (trees, rows, others) => {
        const laid = layTrees(
          trees,
          trees.map(() => 0),
        );
        const nodes = { ...laid, leafValues: laid.leafValues.map((value) => withoutUnderflow(value / 4)) };
        const ensemble = new TreeEnsemble({ ...makeEnsemble(nodes), link: outputLink(name, { divisor: 2 }) });
        const found = treeShap(ensemble, { output: "rescaledResponse", background: makeMatrix(others) }).explain(makeMatrix(rows));
        expect(found).toMatchObject({ method: "tree-rescaled", scale: "response", warnings: [] });
        const size = found.predictions.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        rows.forEach((x, row) => {
          const expected = new Float64Array(ALL_FEATURES);
          for (const other of others) {
            const raw = treeShap(ensemble, { background: makeMatrix([other]) }).explain(makeMatrix([x]));
            const [from, to] = [raw.baseValues[0], raw.predictions[0]];
            const [low, high] = ensemble.link.apply(Float64Array.of(from, to), 1);
            // The plain quotient is fit to compare with where it does not cancel.
            const slope = Math.abs(to - from) > 1e-3 ? (high - low) / (to - from) : slopeBetween(ensemble.link, to, from);
            raw.values.forEach((value, j) => (expected[j] += (slope * value) / others.length));
          }
          expected.forEach((value, j) => expect(Math.abs(found.value(row, j) - value)).toBeLessThanOrEqual(EXACT * 100 * size));
        });
      }),
      { numRuns: 60 },
    );
  },
);

test.each(["logistic", "exp", "square", "log1pExp", "hinge", "identity", "halving"] satisfies LinkName[])(
  "the slope of %s between two sums",
  (name) => {
    const link = outputLink(name, name === "logistic" ? { slope: 0.7, divisor: 3 } : { divisor: 3 });
    const sum = fc.double({ min: -40, max: 40, noNaN: true }).map(withoutUnderflow);
    fc.assert(
      fc.property(sum, sum, (a, b) => {
        const slope = slopeBetween(link, a, b);
        expect(slopeBetween(link, b, a)).toBe(slope);
        const [atA, atB] = link.apply(Float64Array.of(a, b), 1);
        // What a quotient of rounded responses can be trusted to.
        const rounding = (4e-16 * (Math.abs(atA) + Math.abs(atB))) / Math.abs(a - b);
        if (a !== b) expect(Math.abs(slope - (atA - atB) / (a - b))).toBeLessThanOrEqual(rounding * 4 + 1e-13 * Math.abs(slope));
      }),
      { numRuns: 1000 },
    );
  },
);

test("where both sums are the same, the slope is the derivative", () => {
  const at = 0.3;
  const p = 1 / (1 + Math.exp(-at));
  expect(slopeBetween(outputLink("logistic"), at, at)).toBeCloseTo(p * (1 - p), 15);
  expect(slopeBetween(outputLink("exp"), at, at)).toBeCloseTo(Math.exp(at), 15);
  expect(slopeBetween(outputLink("square"), -at, -at)).toBeCloseTo(2 * at, 15);
  expect(slopeBetween(outputLink("log1pExp"), at, at)).toBeCloseTo(p, 15);
  expect(slopeBetween(outputLink("hinge"), at, at)).toBe(0);
  // Far apart: one side's probability is 0 to float64.
  expect(slopeBetween(outputLink("logistic"), 800, -800)).toBeCloseTo(1 / 1600, 18);
});
