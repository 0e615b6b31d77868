import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { exactShap, loadTreeShap, treeShap } from "../../../../src/shap/index.ts";
import { Table } from "../../../../src/table/index.ts";
import { importLightgbm, type TreeEnsemble } from "../../../../src/trees/index.ts";
import { layLinear } from "../../../support/linear-leaves.ts";
import { makeEnsemble, makeMatrix } from "../../../support/make-ensemble.ts";
import { messageOf } from "../../../support/message-of.ts";
import { layTrees, type NestedTree } from "../../../support/random-trees.ts";
import { enumerateShapley } from "../../../support/shapley-oracle.ts";

/** Two float64 routes to numbers of some ten. */
const TOLERANCE = 1e-12;
const folder = resolve(import.meta.dirname, "../../../reference/trees");

function openModel(name: string): { readonly ensemble: TreeEnsemble; readonly rows: number[][] } {
  const { X } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as { X: (number | null)[][] };
  const ensemble = importLightgbm(readFileSync(join(folder, `${name}.lgb.txt`), "utf8"));
  return { ensemble, rows: X.map((row) => row.map((x) => x ?? NaN)) };
}

describe.each(["lgb_linear_regression", "lgb_linear_huber", "lgb_linear_binary", "lgb_linear_classes"])("%s", (name) => {
  const { ensemble, rows } = openModel(name);
  const [explained, background] = [makeMatrix(rows.slice(0, 10)), makeMatrix(rows.slice(10))];

  test.each([{}, { groups: { pair: [ensemble.featureNames[0], ensemble.featureNames[3]] } }])(
    "equals enumeration of its predictions, %j",
    async (more) => {
      const numbers = ({ values }: typeof explained): Table => Table.fromMatrix(values, ensemble.featureNames);
      const predict = (table: Table): Float64Array => ensemble.predict(table, { scale: "raw" });
      const oracle = exactShap(predict, { background: numbers(background), outputNames: ensemble.outputNames, ...more });
      const expected = await oracle.explain(numbers(explained));
      const found = treeShap(ensemble, { background, ...more }).explain(explained);
      expect(found.warnings).toEqual([]);
      expect(found.values.length).toBe(expected.values.length);
      expected.values.forEach((value, i) => expect(Math.abs(found.values[i] - value)).toBeLessThanOrEqual(TOLERANCE));
    },
  );

  test("a saved explainer gives the same bits", () => {
    const explainer = treeShap(ensemble, { background });
    expect(loadTreeShap(explainer.toBytes()).explain(explained).values).toEqual(explainer.explain(explained).values);
  });

  test("a row's bits do not depend on the others", () => {
    const explainer = treeShap(ensemble, { background });
    const together = explainer.explain(explained).values;
    const alone = rows.slice(0, 10).flatMap((row) => [...explainer.explain(makeMatrix([row])).values]);
    expect(alone).toEqual([...together]);
  });
});

test("paths of more players than one word holds", () => {
  const features = 40;
  const split = (feature: number, below: NestedTree): NestedTree => ({
    feature,
    threshold: 0,
    flags: 0,
    categories: [],
    left: { values: [feature], cover: 1 },
    right: below,
  });
  let tree: NestedTree = { values: [5], cover: 1 };
  for (let j = features - 1; j >= 0; j--) if (j !== 3) tree = split(j, tree);
  const terms = [0, 35, 39].map((feature, k) => ({ feature, coefficient: k - 1.5 }));
  const nodes = layLinear(layTrees([tree], [0]), [{ constant: 1, terms }]);
  const ensemble = makeEnsemble(nodes, 1, new Float64Array(1), features);
  const row = Array.from({ length: features }, () => 1);
  const changed = [0, 2, 33, 35, 39];
  const background = [
    row.map((x, j) => (changed.includes(j) ? 2 : x)),
    row.map((x, j) => (j === 33 || j === 39 ? -1 : x)),
    row.map((x, j) => (j === 35 ? NaN : x)),
  ];
  const found = treeShap(ensemble, { background: makeMatrix(background) }).explain(makeMatrix([row]));
  const expected = enumerateShapley(changed.length, (present) => {
    const mixed = background.map((other) => other.map((x, j) => (present[changed.indexOf(j)] ? row[j] : x)));
    return ensemble.predict(makeMatrix(mixed), { scale: "raw" }).reduce((sum, x) => sum + x / mixed.length, 0);
  });
  found.values.forEach((value, j) => {
    const wanted = changed.includes(j) ? expected[changed.indexOf(j)] : 0;
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(TOLERANCE);
  });
});

describe("what linear leaves do not allow", () => {
  const { ensemble, rows } = openModel("lgb_linear_binary");
  const background = makeMatrix(rows);

  test("no background", () => {
    expect(messageOf(() => treeShap(ensemble))).toBe(
      "treeShap: background must be given, because the model's leaves are linear and its file does not say what values training rows had in them; " +
        "got nothing. Pass `background`: the training rows, or a sample of them.",
    );
  });

  test("Saabas values", () => {
    expect(messageOf(() => treeShap(ensemble, { index: "saabas" }))).toBe(
      'treeShap: index must be "shapley" or "banzhaf" for a model with linear leaves; got "saabas". ' +
        "Leave it out and pass `background`: the file does not tell the means of linear leaves.",
    );
  });

  test.each(["response", "logLoss", "rescaledResponse"] as const)("output %s", (output) => {
    expect(messageOf(() => treeShap(ensemble, { background, output }))).toBe(
      `treeShap: ensemble must be a model of trees alone, for output "${output}"; got a model with linear leaves. ` +
        'Use output "raw", or explain its predictions with kernelShap.',
    );
  });

  test("interactions", () => {
    expect(messageOf(() => treeShap(ensemble, { background }).interactions(background))).toBe(
      "treeShap.interactions: ensemble must be a model of constant leaves; got one of linear leaves. " +
        "Explain its predictions with kernelShap, which estimates interactions of any model.",
    );
  });
});
