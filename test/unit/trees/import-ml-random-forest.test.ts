import { RandomForestClassifier, RandomForestRegression } from "ml-random-forest";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/errors.ts";
import { createRandom } from "../../../src/numeric/index.ts";
import { importMlRandomForest } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { layRows, randomRows } from "../../support/random-rows.ts";

const generator = createRandom(11);
const random = (): number => generator.next();
const rows = randomRows(random, 80, 5);
const values = rows.map(([a, b, c]) => 3 * a - b * b + (c > 0 ? 2 : 0) + random());
const classes = rows.map(([a, b]) => (a + b > 1 ? 2 : a > 0 ? 1 : 0));
const others = layRows(randomRows(random, 200, 5));
const cells = others.rows.map((row) => [...row]);
/** Sums of shares are divided tree by tree here, at the end there. */
const rounding = { tolerance: 1e-12 };

type Json = { name: string; selectionMethod?: unknown; baseModel: { nEstimators: unknown; indexes: unknown[]; estimators: unknown[] } };

function regression(options = {}): RandomForestRegression {
  const forest = new RandomForestRegression({ nEstimators: 7, maxFeatures: 3, seed: 3, noOOB: true, ...options });
  forest.train(rows, values);
  return forest;
}

function classifier(options = {}): RandomForestClassifier {
  const forest = new RandomForestClassifier({ nEstimators: 8, maxFeatures: 2, seed: 5, noOOB: true, ...options });
  forest.train(rows, classes);
  return forest;
}

/** A forest of two single leaves. */
const small = (change: (json: Json) => void = () => {}): Json => {
  const tree = (distribution: unknown): unknown => ({ name: "DTRegression", root: { distribution } });
  const json: Json = {
    name: "RFRegression",
    selectionMethod: "mean",
    baseModel: { nEstimators: 2, indexes: [[0], [2]], estimators: [tree(1), tree(4)] },
  };
  change(json);
  return json;
};
const refusal = (change: (json: Json) => void): string => {
  const call = (): unknown => importMlRandomForest(small(change));
  expect(call).toThrow(InputError);
  return messageOf(call);
};

describe("importMlRandomForest", () => {
  test.each([
    {},
    { replacement: true, maxFeatures: 4 },
    { maxFeatures: 0.5, useSampleBagging: false },
    { nEstimators: 1, maxFeatures: 1, selectionMethod: "mean" as const },
    { treeOptions: { maxDepth: 2 } },
  ])("predicts as a regression forest with %j", (options) => {
    const forest = regression(options);
    const model = importMlRandomForest(forest);
    expect(model.verify(others.matrix, forest.predict(cells), rounding).ok).toBe(true);
    expect(model.features).toHaveLength(5);
  });

  test("tests the columns of the table that each tree was given in another order", () => {
    const forest = regression();
    const { indexes } = forest;
    expect(indexes?.some((list) => list.some((column, i) => column !== i))).toBe(true);
    const model = importMlRandomForest(forest, { featureNames: ["a", "b", "c", "d", "e"] });
    for (let t = 0; t < 7; t++) {
      const tested = model.nodes.feature.subarray(model.nodes.treeStart[t], model.nodes.treeStart[t + 1]).filter((j) => j >= 0);
      expect(indexes?.[t]).toEqual(expect.arrayContaining([...new Set(tested)]));
    }
    const turned = cells.map(([a, b, c, d, e]) => ({ e, d, c, b, a }));
    expect(model.verify(turned, forest.predict(cells), rounding).ok).toBe(true);
  });

  test("reads the forest, its toJSON, its text and what load makes of it alike", () => {
    const forest = regression({ maxFeatures: 5 });
    const text = JSON.stringify(forest);
    const loaded = RandomForestRegression.load(JSON.parse(text) as never);
    for (const form of [forest, forest.toJSON(), text, new TextEncoder().encode(text), loaded]) {
      expect(importMlRandomForest(form).verify(others.matrix, forest.predict(cells), rounding).ok).toBe(true);
    }
  });

  test("gives the votes for each class", () => {
    const forest = classifier();
    const model = importMlRandomForest(forest);
    expect(model.outputNames).toEqual(["class 0", "class 1", "class 2"]);
    expect(model.link.units).toBe("share of the votes");
    const votes = forest.predictionValues(cells);
    const shares = cells.flatMap((_, i) => [0, 1, 2].map((k) => votes.getRow(i).filter((vote) => vote === k).length / 8));
    expect(model.verify(others.matrix, shares, { tolerance: 0 }).ok).toBe(true);
    expect(model.verify(others.matrix, shares, { tolerance: 0, scale: "raw" }).ok).toBe(true);
    const predicted = forest.predict(cells);
    for (const [i, winner] of predicted.entries()) {
      expect(shares[3 * i + winner]).toBe(Math.max(...shares.slice(3 * i, 3 * i + 3)));
    }
  });

  test("the package's predictProbability leaves out the first tree's vote and adds its class in millionths", () => {
    const forest = classifier();
    const shares = importMlRandomForest(forest).predict(others.matrix);
    const votes = forest.predictionValues(cells);
    for (const label of [0, 1, 2]) {
      for (const [i, theirs] of forest.predictProbability(cells, label).entries()) {
        const first = votes.get(i, 0);
        expect(theirs).toBeCloseTo(shares[3 * i + label] - (first === label ? 1 / 8 : 0) + first * 1e-6, 9);
      }
    }
  });

  test("from JSON without names the columns are as many as trees were given", () => {
    expect(importMlRandomForest(small()).featureNames).toEqual(["x0", "x1", "x2"]);
    expect([...importMlRandomForest(small(), { featureNames: ["a", "b", "c", "d"] }).predict([{ a: 0, b: 0, c: 0, d: 0 }])]).toEqual([2.5]);
    expect(messageOf(() => importMlRandomForest(small(), { featureNames: ["a"] }))).toContain("at least 3 distinct texts");
    expect(messageOf(() => importMlRandomForest(regression(), { featureNames: ["a"] }))).toContain("an array of 5 distinct texts");
  });

  test("refuses medians, which are no sums", () => {
    expect(messageOf(() => importMlRandomForest(regression({ selectionMethod: "median" })))).toContain('selectionMethod must be "mean"');
  });

  test("refuses what contradicts itself", () => {
    expect(refusal((json) => (json.baseModel.nEstimators = 3))).toContain("nEstimators must be 2; got 3");
    expect(refusal((json) => json.baseModel.indexes.pop())).toContain("indexes must be 2 lists; got 1");
    expect(refusal((json) => (json.baseModel.indexes[1] = [-1]))).toContain("a whole number from 0 to 2147483647; got -1 at tree 1");
    expect(refusal((json) => (json.baseModel.indexes[1] = [2e9]))).toContain("at most 100000");
    expect(refusal((json) => (json.baseModel.indexes[1] = null))).toContain("an array");
    expect(refusal((json) => (json.baseModel.estimators[1] = { name: "DTClassifier", root: {} }))).toContain('"DTRegression"');
    expect(refusal((json) => (json.selectionMethod = "most"))).toContain('"mean" or "median"');
    const leaf = { distribution: 1 };
    const beyond = { name: "DTRegression", root: { splitColumn: 1, splitValue: 0, left: leaf, right: { distribution: 2 } } };
    expect(refusal((json) => (json.baseModel.estimators[1] = beyond))).toContain("a split feature must be a column from 0 to 2; got -1");
    expect(refusal((json) => ((json.baseModel.estimators = []), (json.baseModel.indexes = [])))).toContain("at least one tree");
    expect(refusal((json) => (json.name = "DTRegression"))).toContain("Read it with importMlCart.");
  });

  test("tells an untrained forest", () => {
    expect(messageOf(() => importMlRandomForest(new RandomForestRegression({})))).toContain("not trained. Call its train first.");
  });
});
