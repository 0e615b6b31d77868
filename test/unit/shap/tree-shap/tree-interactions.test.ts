import { describe, expect, test } from "vitest";
import { treeShap, type InteractionRanking } from "../../../../src/shap/index.ts";
import { Table } from "../../../../src/table/index.ts";
import { TreeEnsemble } from "../../../../src/trees/index.ts";
import { makeEnsemble, makeMatrix } from "../../../support/make-ensemble.ts";
import { messageOf } from "../../../support/message-of.ts";
import { layTrees, type NestedTree } from "../../../support/random-trees.ts";
import { rejectionOf } from "../../../support/rejection-of.ts";

const leaf = (value: number, cover = 1): NestedTree => ({ values: [value], cover });
const split = (feature: number, threshold: number, left: NestedTree, right: NestedTree): NestedTree => ({
  feature,
  threshold,
  flags: 0,
  categories: [],
  left,
  right,
});

/** The first three features of the first row of a matrix of five. */
function corner(values: Float64Array): number[][] {
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => values[i * 5 + j]));
}

function expectWithin(found: readonly number[][], expected: readonly number[][], tolerance: number): void {
  found.forEach((row, i) => row.forEach((value, j) => expect(Math.abs(value - expected[i][j])).toBeLessThanOrEqual(tolerance)));
}

/** Rounding of float64 sums of a few terms. */
const ROUNDING = 1e-14;

describe("values that others published", () => {
  // XGBoost-made tree of the tests of GPUTreeShap (Mitchell, Frank & Holmes 2022, doi:10.7717/peerj-cs.880), BasicPathsInteractions: 7 decimals.
  const tree = split(0, 0.4999, leaf(-1, 2), split(1, 0.4999, leaf(-1), split(2, 0.4999, leaf(1), leaf(0.5))));
  const ensemble = makeEnsemble(layTrees([tree], [0]));
  test.each([
    [
      [1, 1, 0],
      [
        [0.46111116, 0.125, 0.04166666],
        [0.125, 0.34444442, 0.03333333],
        [0.04166666, 0.03333335, 0.09444444],
      ],
    ],
    [
      [1, 1, 1],
      [
        [0.47222224, 0.1083333, -0.04166666],
        [0.10833332, 0.35555553, -0.03333333],
        [-0.04166666, -0.03333332, -0.09444447],
      ],
    ],
  ])("GPUTreeShap, row %j", (x, expected) => {
    expectWithin(corner(treeShap(ensemble).interactions(makeMatrix([[...x, 0, 0]])).values), expected, 1e-6);
  });

  // shapiq 1.4.1, TreeExplainer(index="BII", max_order=2) on the same tree: Banzhaf values and interaction indices, to float64.
  test.each([
    [
      [1, 1, 0],
      [0.625, 0.5, 1 / 6],
      [0.25, 1 / 12, 1 / 15],
    ],
    [
      [1, 1, 1],
      [13 / 24, 13 / 30, -1 / 6],
      [13 / 60, -1 / 12, -1 / 15],
    ],
  ])("shapiq's Banzhaf values and interactions, row %j", (x, values, [ab, ac, bc]) => {
    const found = treeShap(ensemble, { index: "banzhaf" }).interactions(makeMatrix([[...x, 0, 0]]));
    const half = [
      [values[0] - (ab + ac) / 2, ab / 2, ac / 2],
      [ab / 2, values[1] - (ab + bc) / 2, bc / 2],
      [ac / 2, bc / 2, values[2] - (ac + bc) / 2],
    ];
    expectWithin(corner(found.values), half, ROUNDING);
    expect(found.totals()).toMatchObject({ index: "banzhaf", isAdditive: false });
    values.forEach((value, j) => expect(Math.abs(found.totals().values[j] - value)).toBeLessThanOrEqual(ROUNDING));
  });

  // The tree of shapiq's tests (tests/shapiq/tests_unit/tests_explainer: test_tree_treeshapiq.py): second-order Shapley interaction indices.
  test("shapiq's interaction indices, a feature tested twice", () => {
    const repeated = split(
      0,
      0,
      split(1, 0, split(0, -0.5, leaf(20, 15), leaf(50, 23)), leaf(100, 12)),
      split(2, 0, leaf(10, 20), leaf(40, 30)),
    );
    const found = treeShap(makeEnsemble(layTrees([repeated], [0]))).pairInteractions(makeMatrix([[-1, -0.5, 1, 0, 0]]));
    expect(Math.abs(found.value(0, 0, 1) - -11.77894737)).toBeLessThan(1e-8);
    expect(Math.abs(found.value(0, 2, 0) - -6)).toBeLessThan(1e-13);
    expect(found.value(0, 1, 2)).toBe(0);
    expect(found.pairNames).toEqual([
      ["x0", "x1"],
      ["x0", "x2"],
    ]);
    [-10.18947368, -13.31052632, 3].forEach((value, j) => expect(Math.abs(found.explanation.value(0, j) - value)).toBeLessThan(1e-8));
  });
});

describe("forms", () => {
  const first = split(0, 0.5, split(1, 0.5, leaf(1), leaf(5)), split(2, 0.5, leaf(2), leaf(-4)));
  const second = split(3, 0.5, leaf(0), split(0, 1.5, leaf(1), leaf(7)));
  const ensemble = makeEnsemble(layTrees([first, second], [0, 1]), 2);
  const rows = makeMatrix([
    [0, 1, 0, 3, 2],
    [1, 0, 1, 5, 1],
    [2, 1, 1, 0, 0],
  ]);
  const explainer = treeShap(ensemble);

  test("dense interactions are symmetric, sum to the values and say what they are of", () => {
    const found = explainer.interactions(rows);
    expect(found).toMatchObject({
      numRows: 3,
      numFeatures: 5,
      numOutputs: 2,
      method: "tree-path-dependent",
      index: "shapley",
      scale: "raw",
    });
    const main = explainer.explain(rows);
    found.totals().values.forEach((value, cell) => expect(Math.abs(value - main.values[cell])).toBeLessThanOrEqual(ROUNDING));
    for (let row = 0; row < 3; row++) {
      for (let output = 0; output < 2; output++) {
        for (let i = 0; i < 5; i++) {
          for (let j = 0; j < i; j++) expect(found.value(row, i, j, output)).toBe(found.value(row, j, i, output));
        }
      }
    }
    expect(found.value(0, 0, 3, 0)).toBe(0);
    expect(found.value(0, 0, 3, 1)).not.toBe(0);
  });

  test("base value, main effects and pairs that meet sum to the prediction", () => {
    const found = explainer.pairInteractions(rows);
    expect(found.pairNames).toEqual([
      ["x0", "x1"],
      ["x0", "x2"],
      ["x0", "x3"],
    ]);
    const { baseValues, predictions } = found.explanation;
    const effects = found.mainEffects();
    predictions.forEach((prediction, cell) => {
      const [row, output] = [Math.floor(cell / 2), cell % 2];
      let sum = baseValues[cell];
      for (let j = 0; j < 5; j++) sum += effects[(row * 5 + j) * 2 + output];
      for (let pair = 0; pair < 3; pair++) sum += found.values[(row * 3 + pair) * 2 + output];
      expect(Math.abs(sum - prediction)).toBeLessThanOrEqual(ROUNDING);
    });
    expect(found.dense().values).toEqual(explainer.interactions(rows).values);
  });

  test("a ranking over batches is that of all rows at once", async () => {
    const table = Table.fromColumns({ x0: [0, 1], x1: [1, 0], x2: [0, 1], x3: [3, 5], x4: [2, 1] });
    const steps: InteractionRanking[] = [];
    for await (const ranking of explainer.rankInteractions([table, makeMatrix([[2, 1, 1, 0, 0]])], { top: 2 })) steps.push(ranking);
    expect(steps.map(({ rowsDone, numPairs }) => [rowsDone, numPairs])).toEqual([
      [2, 3],
      [3, 3],
    ]);
    expect(steps[1].pairs).toEqual(explainer.pairInteractions(rows).importance(2));
    expect(steps[1].pairs.map(({ features }) => features.join(" × "))).toEqual(["x0 × x2", "x0 × x1"]);

    const other = await explainer.rankInteractions([rows], { output: "output 1" }).next();
    expect((other.value as InteractionRanking).pairs.map(({ meanAbsolute }) => meanAbsolute > 0)).toEqual([true, false, false]);
  });

  test("rankings take batches as they come", async () => {
    async function* load(): AsyncGenerator<typeof rows> {
      for (let batch = 0; batch < 3; batch++) yield await Promise.resolve(rows);
    }
    let last: InteractionRanking | undefined;
    for await (const ranking of explainer.rankInteractions(load())) last = ranking;
    expect(last?.rowsDone).toBe(9);
    expect(last?.pairs).toEqual(
      explainer
        .pairInteractions(rows)
        .importance(20)
        .map((pair) => ({ ...pair, meanAbsolute: expect.closeTo(pair.meanAbsolute, 12) as number })),
    );
  });

  test("groups interact as one; trees of one feature have no pairs", () => {
    const grouped = treeShap(ensemble, { groups: { pair: ["x0", "x1"] } }).pairInteractions(rows);
    expect(grouped.pairNames).toEqual([
      ["pair", "x2"],
      ["pair", "x3"],
    ]);
    const stump = treeShap(makeEnsemble(layTrees([split(0, 0.5, leaf(1), split(0, 1.5, leaf(2), leaf(3)))], [0])));
    expect(stump.pairInteractions(rows).numPairs).toBe(0);
    const dense = stump.interactions(rows);
    expect(dense.totals().values).toEqual(stump.explain(rows).values);
    expect(dense.value(0, 0, 0)).toBe(stump.explain(rows).value(0, 0));
  });
});

describe("wrong input", () => {
  const ensemble = makeEnsemble(layTrees([split(0, 0.5, leaf(1), split(1, 0.5, leaf(2), leaf(3)))], [0]));
  const explainer = treeShap(ensemble);
  const rows = makeMatrix([[0, 0, 0, 0, 0]]);
  test.each([
    [() => explainer.interactions(Table.fromColumns({ x0: [1] })), /^treeShap\.interactions: /],
    [
      () => explainer.rankInteractions(rows as never),
      /^treeShap\.rankInteractions: batches must be tables or matrices one after another; got an object.*\. Put one table in brackets: rankInteractions\(\[table\]\)\.$/,
    ],
    [
      () => explainer.rankInteractions([rows], { top: 0 }),
      /^treeShap\.rankInteractions: top must be a whole number of at least 1; got 0\. Leave it out for 20 pairs\.$/,
    ],
    [
      () => explainer.rankInteractions([rows], { output: "yes" }),
      /^treeShap\.rankInteractions: output must be one of "output 0", or its position; got "yes"\. See ensemble\.outputNames\.$/,
    ],
    [
      () => explainer.rankInteractions([rows], { most: 3 } as object),
      /^treeShap\.rankInteractions: options must be made of "top", "output"; got "most"\./,
    ],
    [
      () => treeShap(ensemble, { index: "saabas" }).interactions(rows),
      /^treeShap\.interactions: index must be "shapley" or "banzhaf"; got "saabas"\. Leave the option out: steps along a row's own way know no pairs\.$/,
    ],
  ])("%#", (call, message) => {
    expect(messageOf(call)).toMatch(message);
  });

  test("a scale on which trees do not add up", () => {
    const logistic = new TreeEnsemble({ ...ensemble, link: { ...ensemble.link, name: "logistic" } });
    const response = treeShap(logistic, { output: "response", background: rows });
    expect(messageOf(() => response.pairInteractions(rows))).toBe(
      'treeShap.pairInteractions: output must be "raw"; got "response". Leave the option out: interactions add up over trees on the raw scale.',
    );
  });

  test("a batch of a stream", async () => {
    const broken = explainer.rankInteractions([rows, Table.fromColumns({ x0: [1] })]);
    expect((await broken.next()).done).toBe(false);
    expect(await rejectionOf(broken.next())).toMatch(/^treeShap\.rankInteractions: /);
  });
});
