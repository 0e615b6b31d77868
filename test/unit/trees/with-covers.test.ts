import { readFileSync } from "node:fs";
import { DecisionTreeRegression } from "ml-cart";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/numeric/index.ts";
import { treeShap } from "../../../src/shap/index.ts";
import { importMlCart, importOnnx, importSklearn } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { layRows, randomRows } from "../../support/random-rows.ts";

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../reference/${name}`, import.meta.url)));
const generator = createRandom(3);
const random = (): number => generator.next();
const training = layRows(randomRows(random, 150, 4));
const others = layRows(randomRows(random, 40, 4));
const tree = new DecisionTreeRegression();
tree.train(
  training.rows,
  training.rows.map(([a, b, c]) => 3 * a - b * b + (c > 0 ? 2 : 0) + random()),
);
const model = importMlCart(tree, { featureNames: ["a", "b", "c", "d"] });

describe("withCovers", () => {
  test("counts the training rows as the library itself did, where it says", () => {
    const counted = model.withCovers(training.matrix).nodes.cover;
    const theirs = model.nodes.cover;
    expect(theirs.some(Number.isNaN)).toBe(true);
    expect([...counted].filter((_, i) => !Number.isNaN(theirs[i]))).toEqual([...theirs].filter((cover) => !Number.isNaN(cover)));
    expect(counted[0]).toBe(150);
  });

  test("path-dependent values then start from the mean prediction of these rows, and add up", () => {
    const withCovers = model.withCovers(training.matrix);
    const explained = treeShap(withCovers).explain(others.matrix);
    const predictions = tree.predict(training.rows);
    // Sums of 150 predictions of the size of 10.
    expect(explained.baseValues[0]).toBeCloseTo(predictions.reduce((sum, value) => sum + value, 0) / 150, 12);
    expect(explained.warnings).toEqual([]);
    expect([...withCovers.predict(others.matrix)]).toEqual([...model.predict(others.matrix)]);
  });

  test("a weight counts for as many rows", () => {
    const weights = training.rows.map((_, i) => i % 3);
    const repeated = layRows(training.rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row)));
    expect(model.withCovers(training.matrix, { weights }).nodes.cover).toEqual(model.withCovers(repeated.matrix).nodes.cover);
    expect(model.withCovers(training.matrix, { weights: training.rows.map(() => 0.5) }).nodes.cover[0]).toBe(75);
  });

  test("keeps everything else, the model it is called on included", () => {
    model.verify(others.matrix, tree.predict(others.rows));
    const before = JSON.stringify(model);
    const changed = model.withCovers(training.matrix);
    expect(JSON.stringify(model)).toBe(before);
    expect(changed.verification).toEqual(model.verification);
    const { trees: mine, ...rest } = JSON.parse(before) as Record<string, unknown>;
    const { trees: other, ...same } = JSON.parse(JSON.stringify(changed)) as Record<string, unknown>;
    expect(same).toEqual(rest);
    expect(other).not.toEqual(mine);
  });

  test("gives ONNX the values of the same forest", () => {
    const { X: rows, background } = JSON.parse(new TextDecoder().decode(file("treeshap/sk_rf_regressor_diabetes.json"))) as {
      X: number[][];
      background: number[][];
    };
    const onnx = importOnnx(file("treeshap/sk_rf_regressor_diabetes.onnx")).withCovers(layRows(background).matrix);
    const sklearn = importSklearn(file("treeshap/sk_rf_regressor_diabetes.sk.json")).withCovers(layRows(background).matrix);
    const [theirs, ours] = [sklearn, onnx].map((forest) => treeShap(forest).explain(layRows(rows).matrix));
    // ONNX has leaves in float32: predictions here are some hundreds.
    for (const [i, value] of ours.values.entries()) expect(value).toBeCloseTo(theirs.values[i], 4);
  });

  test("refuses weights that are none", () => {
    const refusal = (weights: unknown): string => messageOf(() => model.withCovers(others.matrix, { weights: weights as number[] }));
    expect(refusal([1])).toContain("weights must be 40 finite numbers from 0, with a finite sum above 0; got an array of 1");
    expect(refusal(null)).toContain("got null");
    expect(refusal(others.rows.map((_, i) => (i === 7 ? -1 : 1)))).toContain("got -1 at row 7");
    expect(refusal(others.rows.map(() => 0))).toContain("a sum of 0");
    expect(refusal(others.rows.map(() => 1e308))).toContain("a sum of Infinity");
    expect(messageOf(() => model.withCovers(others.matrix, { weight: [] } as never))).toContain('"weight"');
    expect(messageOf(() => model.withCovers(layRows([[1]]).matrix))).toContain("TreeEnsemble.withCovers: data.numColumns");
    expect(messageOf(() => treeShap(model))).toContain("withCovers");
  });
});
