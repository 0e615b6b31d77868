import { DecisionTreeClassifier, DecisionTreeRegression } from "ml-cart";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/errors.ts";
import { createRandom } from "../../../src/numeric/index.ts";
import { treeShap } from "../../../src/shap/index.ts";
import { importLightgbm, importMlCart } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { layRows, randomRows } from "../../support/random-rows.ts";

type Json = Record<string, unknown>;

const generator = createRandom(7);
const random = (): number => generator.next();
const rows = randomRows(random, 120, 4);
const values = rows.map(([a, b, c]) => 3 * a - b * b + (c > 0 ? 2 : 0) + random());
const classes = rows.map(([a, b]) => (a + b > 1 ? 2 : a > 0 ? 1 : 0));
/** ml-cart does not say how many columns it saw. */
const named = { featureNames: ["a", "b", "c", "d"] };
const others = layRows(randomRows(random, 300, 4));

function regression(options = {}): DecisionTreeRegression {
  const tree = new DecisionTreeRegression(options);
  tree.train(rows, values);
  return tree;
}

function classifier(): DecisionTreeClassifier {
  const tree = new DecisionTreeClassifier();
  tree.train(rows, classes);
  return tree;
}

/** `x1 < 2`: 10, else 20. */
const stump = (change: (root: Json) => void = () => {}): Json => {
  const root: Json = { splitColumn: 1, splitValue: 2, numberSamples: 8, left: { distribution: 10 }, right: { distribution: 20 } };
  change(root);
  return { name: "DTRegression", options: {}, root };
};
const refusal = (change: (root: Json) => void): string => {
  const call = (): unknown => importMlCart(stump(change));
  expect(call).toThrow(InputError);
  return messageOf(call);
};

describe("importMlCart", () => {
  test.each([{}, { minNumSamples: 1 }, { maxDepth: 2 }, { gainThreshold: 5 }])(
    "predicts as a regression tree with %j, to the bit",
    (options) => {
      const tree = regression(options);
      const model = importMlCart(tree, named);
      expect(model.verify(others.matrix, tree.predict(others.rows), { tolerance: 0 }).ok).toBe(true);
      expect(model.objective).toBe("DecisionTreeRegression");
      expect([...model.predict(others.matrix, { scale: "raw" })]).toEqual(tree.predict(others.rows));
    },
  );

  test("reads the tree, its toJSON, its text, its bytes and what load makes of them alike", () => {
    const tree = regression();
    const text = JSON.stringify(tree);
    const loaded = DecisionTreeRegression.load(JSON.parse(text));
    const expected = tree.predict(others.rows);
    for (const form of [tree, tree.toJSON(), text, new TextEncoder().encode(text), JSON.parse(text) as object, loaded]) {
      expect([...importMlCart(form, named).predict(others.matrix)]).toEqual(expected);
    }
  });

  test("gives a classifier's shares, the first largest of which is its prediction", () => {
    const tree = classifier();
    const model = importMlCart(tree, named);
    expect(model.outputNames).toEqual(["class 0", "class 1", "class 2"]);
    expect(model.link.units).toBe("probability");
    const shares = model.predict(others.matrix);
    const largest = others.rows.map((_, i) => {
      const row = [...shares.subarray(3 * i, 3 * i + 3)];
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      return row.indexOf(Math.max(...row));
    });
    expect(largest).toEqual(tree.predict(others.rows));
  });

  test("leaves know of no class above their own: the others have a share of 0", () => {
    const root = { splitColumn: 0, splitValue: 0, left: { distribution: [[1]] }, right: { distribution: [[0.25, 0, 0.75]] } };
    const model = importMlCart({ name: "DTClassifier", root });
    expect([...model.predict({ values: Float64Array.of(-1, 1), numRows: 2, numColumns: 1 })]).toEqual([1, 0, 0, 0.25, 0, 0.75]);
  });

  test("sends a value that equals the limit, and a missing one, right, as ml-cart does", () => {
    const json = stump();
    const model = importMlCart(json);
    const cells = [2, 2 - 2 ** -52, NaN, -Infinity, Infinity];
    const expected = DecisionTreeRegression.load(json).predict(cells.map((x) => [0, x]));
    expect(expected).toEqual([20, 10, 20, 10, 20]);
    expect([...model.predict(layRows(cells.map((x) => [0, x])).matrix)]).toEqual(expected);
    const zero = importMlCart(stump((root) => (root["splitValue"] = 0)));
    expect([
      ...zero.predict(
        layRows([
          [0, -0],
          [0, 0],
          [0, -5e-324],
        ]).matrix,
      ),
    ]).toEqual([20, 20, 10]);
  });

  test("a single leaf is a model, of as many columns as are named", () => {
    const json = { name: "DTRegression", root: { distribution: 4, splitColumn: 3, splitValue: 0 } };
    expect([...importMlCart(json, { featureNames: ["a", "b"] }).predict([{ a: 1, b: 2 }])]).toEqual([4]);
    expect(importMlCart(json).featureNames).toEqual(["x0"]);
  });

  test("covers are the rows that ml-cart counted, and what remains of the parent's", () => {
    const model = importMlCart(stump((root) => (root["left"] = { distribution: 10, numberSamples: 5 })));
    expect([...model.nodes.cover]).toEqual([8, 5, 3]);
    expect([...importMlCart(stump()).nodes.cover]).toEqual([8, NaN, NaN]);
    expect(messageOf(() => treeShap(importMlCart(regression())))).toContain("`background`");
    expect(importMlCart(regression()).nodes.cover[0]).toBe(rows.length);
  });

  test("treeShap explains it against a background", () => {
    const model = importMlCart(regression(), named);
    const explained = treeShap(model, { background: others.matrix }).explain(others.matrix);
    expect(explained.warnings).toEqual([]);
    expect(explained.featureNames).toEqual(named.featureNames);
  });

  test("refuses what contradicts itself", () => {
    expect(refusal((root) => (root["left"] = root))).toContain("the child of one node alone");
    expect(refusal((root) => (root["left"] = root["right"]))).toContain("the child of one node alone");
    expect(refusal((root) => delete root["left"])).toContain("a node must be an object; got nothing at tree 0");
    expect(refusal((root) => (root["left"] = 3))).toContain("a node must be an object; got 3");
    expect(refusal((root) => (root["left"] = {}))).toContain("distribution must be a finite number; got nothing");
    expect(refusal((root) => (root["left"] = { distribution: NaN }))).toContain("got NaN");
    expect(refusal((root) => (root["left"] = { distribution: [[1]] }))).toContain("got an array of 1");
    expect(refusal((root) => (root["splitValue"] = null))).toContain("splitValue must be a number; got null");
    expect(refusal((root) => (root["splitValue"] = NaN))).toContain("splitValue must be a number; got NaN");
    expect(refusal((root) => (root["splitColumn"] = -1))).toContain("splitColumn must be a column's number from 0");
    expect(refusal((root) => (root["splitColumn"] = 1e9))).toContain("at most 100000");
    expect(refusal((root) => (root["numberSamples"] = -1))).toContain("numberSamples must be a number from 0");
    expect(refusal((root) => (root["distribution"] = 1))).toContain("got both");
    expect(refusal((root) => (root["left"] = { distribution: 10, numberSamples: 9 }))).toContain("a cover must be a finite number from 0");
    const shares = (distribution: unknown): string => messageOf(() => importMlCart({ name: "DTClassifier", root: { distribution } }));
    for (const bad of [[[]], [], 1, [[1], [0]], [[null]], [["1"]]]) expect(shares(bad)).toContain("the finite share of each class");
  });

  test("refuses objects that make nodes without end, and more classes than can be", () => {
    const endless: Json = { splitColumn: 0, splitValue: 0, right: { distribution: 1 } };
    Object.defineProperty(endless, "left", { get: () => Object.create(endless, { right: { value: { distribution: 1 } } }) as unknown });
    expect(messageOf(() => importMlCart({ name: "DTRegression", root: endless }))).toContain("nodes must be at most");
    const many = { distribution: [Array.from({ length: 50_000 }, () => 0)] };
    let root: Json = many;
    for (let i = 0; i < 2000; i++) root = { splitColumn: 0, splitValue: i, left: { distribution: [[1]] }, right: root };
    expect(messageOf(() => importMlCart({ name: "DTClassifier", root }))).toContain("the number of classes must be at most");
  });

  test("a chain of 10,000 tests is read without recursion", () => {
    let root: Json = { distribution: 0 };
    for (let i = 0; i < 10_000; i++) root = { splitColumn: 0, splitValue: i, left: { distribution: i }, right: root };
    const model = importMlCart({ name: "DTRegression", root });
    expect([...model.predict(layRows([[-1], [17.5], [1e9]]).matrix)]).toEqual([9999, 9999, 0]);
  });

  test("tells what it was given instead", () => {
    expect(messageOf(() => importMlCart(new DecisionTreeRegression()))).toContain("that was not trained. Call its train first.");
    expect(messageOf(() => importMlCart({ name: "RFClassifier" }))).toContain("Read it with importMlRandomForest.");
    expect(messageOf(() => importLightgbm(JSON.stringify(stump())))).toContain("LightGBM");
    expect(messageOf(() => importMlCart({}))).toContain("an object of type Object");
    expect(messageOf(() => importMlCart(null as never))).toContain("got null");
    expect(messageOf(() => importMlCart("tree\nversion=v4"))).toContain("importLightgbm");
    expect(messageOf(() => importMlCart({ name: "DTRegression" }))).toContain("root must be present");
  });

  test("refuses names that do not fit", () => {
    expect(messageOf(() => importMlCart(stump(), { featureNames: ["a"] }))).toContain("at least 2 distinct texts; got an array of 1");
    expect(messageOf(() => importMlCart(stump(), { featureNames: ["a", "a"] }))).toContain('"a" twice');
    expect(messageOf(() => importMlCart(stump(), { names: [] } as never))).toContain('"names"');
  });
});
