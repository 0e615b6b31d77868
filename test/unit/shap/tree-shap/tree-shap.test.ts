import { describe, expect, test } from "vitest";
import { Explanation, treeShap } from "../../../../src/shap/index.ts";
import { Table } from "../../../../src/table/index.ts";
import { CATEGORICAL, MISSING_LEFT } from "../../../../src/trees/index.ts";
import { makeEnsemble, makeMatrix } from "../../../support/make-ensemble.ts";
import { messageOf } from "../../../support/message-of.ts";
import { layTrees, type NestedTree } from "../../../support/random-trees.ts";

const leaf = (value: number, cover = 1): NestedTree => ({ values: [value], cover });
const split = (feature: number, threshold: number, left: NestedTree, right: NestedTree, flags = 0): NestedTree => ({
  feature,
  threshold,
  flags,
  categories: [],
  left,
  right,
});
const rows = makeMatrix([[1, 1, 0, 0, 0]]);

/** Published values are given to 6 decimals. */
const PUBLISHED = 1e-6;

describe("values that others published", () => {
  // XGBoost-made tree of the tests of GPUTreeShap (Mitchell, Frank & Holmes 2022, doi:10.7717/peerj-cs.880).
  const tree = split(0, 0.4999, leaf(-1, 2), split(1, 0.4999, leaf(-1), split(2, 0.4999, leaf(1), leaf(0.5))));
  test.each([
    [
      [1, 1, 0],
      [0.6277778, 0.5027776, 0.1694444],
    ],
    [
      [1, 0, 0],
      [0.2444445, -1.005555, 0.0611111],
    ],
  ])("GPUTreeShap, row %j", (x, expected) => {
    const explanation = treeShap(makeEnsemble(layTrees([tree], [0]))).explain(makeMatrix([[...x, 0, 0]]));
    expect(Math.abs(explanation.baseValues[0] + 0.3)).toBeLessThan(1e-15);
    expected.forEach((value, j) => expect(Math.abs(explanation.values[j] - value)).toBeLessThan(PUBLISHED));
  });

  test("GPUTreeShap, one feature tested three times", () => {
    const repeated = split(0, 0.4999, leaf(-1), split(0, 1.4999, leaf(1), split(0, 2.4999, leaf(2), leaf(3))));
    const covers = layTrees([repeated], [0]);
    covers.cover.set([6, 2, 4, 1, 3, 1, 2]);
    const explanation = treeShap(makeEnsemble(covers)).explain(makeMatrix([[2, 0, 0, 0, 0]]));
    const base = (2 * -1 + 1 + 2 + 2 * 3) / 6;
    expect(Math.abs(explanation.baseValues[0] - base)).toBeLessThan(1e-15);
    expect(Math.abs(explanation.values[0] - (2 - base))).toBeLessThan(1e-15);
  });

  test("shap's consistency example: exact, where Saabas values differ", () => {
    // Target 80 only when both features are 1, four rows of equal weight.
    const and = split(0, 0.5, leaf(0, 2), split(1, 0.5, leaf(0), leaf(80)));
    const explanation = treeShap(makeEnsemble(layTrees([and], [0]))).explain(
      makeMatrix([
        [0, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
      ]),
    );
    const found = [0, 1, 2, 3].map((i) => [explanation.value(i, 0), explanation.value(i, 1)]);
    expect(found).toEqual([
      [-10, -10],
      [-30, 10],
      [10, -30],
      [30, 30],
    ]);
    const saabas = treeShap(makeEnsemble(layTrees([and], [0])), { index: "saabas" }).explain(
      makeMatrix([
        [0, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
      ]),
    );
    expect(saabas).toMatchObject({ method: "tree-saabas", index: "saabas", isAdditive: true, scale: "raw", warnings: [] });
    // The feature that is tested first is shortchanged. shap's literals have the tests the other way round.
    expect([0, 1, 2, 3].map((i) => [saabas.value(i, 0), saabas.value(i, 1)])).toEqual([
      [-20, 0],
      [-20, 0],
      [20, -40],
      [20, 40],
    ]);
  });
});

describe("Banzhaf values", () => {
  // A majority of three of weight one: each player swings two of the four coalitions of the others.
  const majority = split(
    0,
    0.5,
    split(1, 0.5, leaf(0), split(2, 0.5, leaf(0), leaf(1))),
    split(1, 0.5, split(2, 0.5, leaf(0), leaf(1)), leaf(1)),
  );
  const ensemble = makeEnsemble(layTrees([majority], [0]));
  const explanation = treeShap(ensemble, { index: "banzhaf", background: makeMatrix([[0, 0, 0, 0, 0]]) }).explain(
    makeMatrix([[1, 1, 1, 0, 0]]),
  );

  test("weigh every coalition alike", () => {
    expect([...explanation.values]).toEqual([0.5, 0.5, 0.5, 0, 0]);
  });

  test("are told apart from values that add up, also in JSON and after readings", () => {
    expect(explanation).toMatchObject({ index: "banzhaf", isAdditive: false, warnings: [] });
    expect([...explanation.additivityResiduals]).toEqual([-0.5]);
    expect(Explanation.fromJSON(JSON.parse(JSON.stringify(explanation)))).toEqual(explanation);
    for (const reading of [explanation.top(2), explanation.output(0), explanation.group({ pair: ["x0", "x1"] })]) {
      expect(reading.index).toBe("banzhaf");
    }
    expect(treeShap(ensemble).explain(rows)).toMatchObject({ index: "shapley", isAdditive: true });
  });
});

describe("what an explanation says of itself", () => {
  const ensemble = makeEnsemble(layTrees([split(0, 0.5, leaf(1), leaf(2)), split(3, NaN, leaf(3), leaf(5), CATEGORICAL)], [0, 0]));

  test("method, scale and background", () => {
    const explanation = treeShap(ensemble).explain(rows);
    expect(explanation).toMatchObject({ method: "tree-path-dependent", scale: "raw", background: null, warnings: [] });
    const against = treeShap(ensemble, { background: rows, backgroundWeights: [2.5] }).explain(rows);
    expect(against).toMatchObject({ method: "tree-interventional", background: { numRows: 1, totalWeight: 2.5 } });
    expect([...against.values]).toEqual([0, 0, 0, 0, 0]);
  });

  test("table columns keep the user's labels; others are left out", () => {
    const table = Table.fromColumns({ note: ["a", "b"], x4: [0, 1], x3: [0, 0], x2: [0, 0], x1: [0, 0], x0: [0, 1] });
    const explanation = treeShap(ensemble).explain(table.describe({ x0: { label: "Age", unit: "years" } }));
    expect(explanation.data.columnNames).toEqual(["x0", "x1", "x2", "x3", "x4"]);
    expect(explanation.features[0]).toEqual({ name: "x0", label: "Age", columns: ["x0"] });
    const age = explanation.row(1).contributions.find(({ feature }) => feature === "x0");
    expect(age).toMatchObject({ label: "Age", value: 1, unit: "years", contribution: 0.5 });
  });

  test("single-leaf trees and unused features", () => {
    const constant = treeShap(makeEnsemble(layTrees([leaf(7)], [0]), 1, Float64Array.of(0.5))).explain(rows);
    expect([...constant.values]).toEqual([0, 0, 0, 0, 0]);
    expect([...constant.baseValues]).toEqual([7.5]);
    const covered = treeShap(makeEnsemble(layTrees([leaf(7)], [0])), { background: rows }).explain(rows);
    expect([...covered.predictions]).toEqual([7]);
  });

  test("the same explainer gives the same bits for any number of rows at once, and does not grow", () => {
    const explainer = treeShap(ensemble, {
      background: makeMatrix([
        [0, 0, 0, 1, 0],
        [1, 0, 0, NaN, 0],
      ]),
    });
    const all = Array.from({ length: 150 }, (_, i) => [(i % 3) / 2, 0, 0, i % 4, NaN]);
    const together = explainer.explain(makeMatrix(all));
    all.forEach((row, i) => {
      const alone = explainer.explain(makeMatrix([row]));
      expect([...alone.values]).toEqual([...together.values.subarray(i * 5, i * 5 + 5)]);
    });
  });

  test("a depth-64 chain on one feature stays exact", () => {
    let tree = leaf(64);
    for (let level = 63; level >= 0; level--) tree = split(0, level, leaf(level), tree, level % 2 ? MISSING_LEFT : 0);
    const explanation = treeShap(makeEnsemble(layTrees([tree], [0]))).explain(makeMatrix([[40.5, 0, 0, 0, 0]]));
    expect(Math.abs(explanation.baseValues[0] + explanation.values[0] - 41)).toBeLessThan(1e-12);
  });

  test("more memory than WebAssembly has is an error that says what to do", () => {
    // 20 features on a path are too many for tables, and each level of the chain wants a line of a million patterns.
    let tree = leaf(64);
    for (let level = 999; level >= 0; level--) tree = split(level % 20, level, leaf(level), tree);
    const million = { values: new Float64Array(20_000_000), numRows: 1_000_000, numColumns: 20 };
    const wide = makeEnsemble(layTrees([tree], [0]), 1, undefined, 20);
    expect(
      messageOf(() => treeShap(wide, { background: million }).explain({ ...million, values: million.values.subarray(0, 20), numRows: 1 })),
    ).toMatch(
      /^treeShap: ensemble and background must be small enough for the 4 GiB that WebAssembly can address; got .* Give a sample of the background rows, or train shallower trees\.$/,
    );
  });

  test("a chain of 10,000 levels neither recurses nor runs out of memory", () => {
    const levels = 10_000;
    const size = 2 * levels + 1;
    const inner = (i: number): boolean => i < levels;
    // Nodes 0 … levels−1 are tests down the chain; leaf i hangs left of test i at levels + i, the last one at the end.
    const words = (pick: (i: number) => number): Int32Array => Int32Array.from({ length: size }, (_, i) => pick(i));
    const nodes = {
      treeStart: Int32Array.of(0, size),
      feature: words((i) => (inner(i) ? i % 5 : -1)),
      threshold: Float64Array.from({ length: size }, (_, i) => (inner(i) ? -i : NaN)),
      left: words((i) => (inner(i) ? levels + i : -1)),
      right: words((i) => (!inner(i) ? -1 : i + 1 < levels ? i + 1 : 2 * levels)),
      flags: new Uint8Array(size),
      categoryStart: new Int32Array(size),
      categoryEnd: new Int32Array(size),
      categories: new Int32Array(0),
      cover: Float64Array.from({ length: size }, (_, i) => (inner(i) ? levels + 1 - i : 1)),
      leafStart: words((i) => (inner(i) ? -1 : i - levels)),
      leafValues: Float64Array.from({ length: levels + 1 }, (_, i) => Math.sin(i)),
      leafWidth: 1,
      treeOutput: Int32Array.of(0),
    };
    const explanation = treeShap(makeEnsemble(nodes)).explain(makeMatrix([[0.5, -5000.5, -20_000, 1, 1]]));
    expect(explanation.warnings).toEqual([]);
  });
});

describe("wrong input", () => {
  const ensemble = makeEnsemble(layTrees([split(0, 0.5, leaf(1), leaf(2))], [0]));
  const uncovered = makeEnsemble(layTrees([split(0, 0.5, leaf(1, NaN), leaf(2, NaN))], [0]));
  test.each([
    [
      () => treeShap(Table.fromColumns({ x0: [1] }) as never),
      "treeShap: ensemble must be a TreeEnsemble; got an object of type Table. Read one with importLightgbm or importXgboost.",
    ],
    [
      () => treeShap(ensemble, { backgrund: rows } as object),
      'treeShap: options must be made of "background", "backgroundWeights", "output", "index", "groups", "budget", "tolerance", "seed"; got "backgrund". Correct the name, or leave it out.',
    ],
    [
      () => treeShap(ensemble, { output: "probability" } as object),
      'treeShap: output must be one of "raw", "response", "logLoss", "rescaledResponse"; got "probability". Leave it out for the model\'s raw scale.',
    ],
    [
      () => treeShap(ensemble, { index: "owen" } as object),
      'treeShap: index must be one of "shapley", "banzhaf", "saabas"; got "owen". Leave it out for Shapley values.',
    ],
    [
      () => treeShap(ensemble, { index: "saabas", background: rows }),
      'treeShap: background must be left out for index "saabas"; got rows. Saabas values compare with means by the model\'s training covers.',
    ],
    [
      () => treeShap(ensemble, { backgroundWeights: [1] }),
      "treeShap: backgroundWeights must be given together with background; got weights alone. Pass the background rows too.",
    ],
    [
      () => treeShap(ensemble, { background: rows, backgroundWeights: [1, 2] }),
      "treeShap: backgroundWeights must be 1 finite weights of at least 0, not all 0, of finite sum; got 2 weights. Give one weight for each background row, or leave the option out.",
    ],
    [
      () => treeShap(ensemble, { background: rows, backgroundWeights: [NaN] }),
      "treeShap: backgroundWeights must be 1 finite weights of at least 0, not all 0, of finite sum; got NaN at position 0. Give one weight for each background row, or leave the option out.",
    ],
    [
      () => treeShap(ensemble, { background: rows, backgroundWeights: [0] }),
      "treeShap: backgroundWeights must be 1 finite weights of at least 0, not all 0, of finite sum; got zeros only. Give one weight for each background row, or leave the option out.",
    ],
    [
      () => treeShap(uncovered),
      "treeShap: background must be given, because the model's file does not say how many training rows reached each node; got nothing. Pass `background`: the training rows, or a sample of them; or count them with ensemble.withCovers(trainingRows).",
    ],
    [
      () => treeShap(ensemble, { groups: { a: [] } }),
      'treeShap: group "a" must be not empty; got no columns. Leave the group out, or name its columns.',
    ],
    [
      () => treeShap(ensemble, { groups: { a: ["age"] } }),
      'treeShap: group "a" must be made of the model\'s columns ("x0", "x1", "x2", "x3", "x4"); got "age". Correct the name.',
    ],
    [
      () => treeShap(ensemble, { groups: { a: ["x0"], b: ["x0"] } }),
      'treeShap: group "b" must be made of columns of its own; got "x0". Name each column in one group only.',
    ],
    [
      () => treeShap(ensemble, { groups: { x1: ["x0"] } }),
      'treeShap: group "x1" must be named unlike any column outside it; got a column\'s name. Choose another name for the group.',
    ],
  ])("%#", (call, message) => {
    expect(messageOf(call)).toBe(message);
  });

  test("a model without covers is explained with a background", () => {
    expect([...treeShap(uncovered, { background: makeMatrix([[0, 0, 0, 0, 0]]) }).explain(rows).values]).toEqual([1, 0, 0, 0, 0]);
  });

  test("a background with other columns names what is missing", () => {
    const background = Table.fromColumns({ x0: [1], x1: [1], x2: [1], x3: [1], income: [1] });
    expect(messageOf(() => treeShap(ensemble, { background }))).toContain("treeShap background: data must be a table with");
    expect(messageOf(() => treeShap(ensemble, { background }))).toContain('"x4"');
  });
});
