import { describe, expect, test } from "vitest";
import { Explanation, treeShap } from "../../../../src/shap/index.ts";
import { TreeEnsemble } from "../../../../src/trees/index.ts";
import { outputLink, type LinkName } from "../../../../src/trees/output-link.ts";
import { makeEnsemble, makeMatrix } from "../../../support/make-ensemble.ts";
import { messageOf } from "../../../support/message-of.ts";
import { layTrees, type NestedTree } from "../../../support/random-trees.ts";
import { makeUniformRows, makeWideModel } from "../../../support/wide-trees.ts";

const FEATURES = 18;
const wide = makeWideModel(FEATURES, 40, 4);
const background = makeUniformRows(6, FEATURES, 2);
const rows = makeUniformRows(3, FEATURES, 3);
/** All coalitions of 18 players: the exact values that estimates are held against. */
const exact = treeShap(wide, { output: "response", background, budget: 2 ** FEATURES }).explain(rows);

describe("where more features differ than can be enumerated", () => {
  const sampled = treeShap(wide, { output: "response", background }).explain(rows);

  test("values are estimates, and say so", () => {
    expect(exact).toMatchObject({ method: "tree-enumeration", warnings: [] });
    expect(exact.standardErrors).toBeUndefined();
    expect(sampled.method).toBe("tree-sampling");
    expect(sampled.warnings.map(({ name }) => name)).toEqual(["sampled-values"]);
    expect(sampled.sampling).toMatchObject({ budget: 2048 + 2 * FEATURES, coalitions: 2048 + 2 * FEATURES, seed: 0, farRows: null });
    expect(Explanation.fromJSON(JSON.parse(JSON.stringify(sampled))).sampling).toEqual(sampled.sampling);
  });

  test("they lie within their errors of the exact values, add up, and repeat", () => {
    const errors = sampled.standardErrors as Float64Array;
    const spread = exact.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let inside = 0;
    sampled.values.forEach((value, cell) => {
      const miss = Math.abs(value - exact.values[cell]);
      // Five standard errors: one in two million by chance.
      expect(miss).toBeLessThanOrEqual(5 * errors[cell] + 1e-14);
      if (miss <= 1.96 * errors[cell] + 1e-14) inside++;
      expect(errors[cell]).toBeLessThan(0.01 * spread);
    });
    expect(inside / sampled.values.length).toBeGreaterThan(0.85);
    for (const residual of sampled.additivityResiduals) expect(Math.abs(residual)).toBeLessThan(1e-14);
    expect([...treeShap(wide, { output: "response", background }).explain(rows).values]).toEqual([...sampled.values]);
    expect([...treeShap(wide, { output: "response", background, seed: 1 }).explain(rows).values]).not.toEqual([...sampled.values]);
  });

  test("a row's values do not depend on other rows", () => {
    const alone = treeShap(wide, { output: "response", background }).explain({ ...rows, values: rows.values.slice(-FEATURES), numRows: 1 });
    expect([...alone.values]).toEqual(Array.from(sampled.values.subarray(-FEATURES)));
  });

  test("a tolerance ends the draw early, and is reported where the budget does not suffice", () => {
    const loose = treeShap(wide, { output: "response", background, tolerance: 0.05 }).explain(rows);
    expect(loose.sampling?.coalitions).toBeLessThan(1000);
    const strict = treeShap(wide, { output: "response", background, tolerance: 1e-9, budget: 200 }).explain(rows);
    expect(strict.warnings.map(({ name }) => name)).toEqual(["sampled-values", "tolerance-not-met"]);
  });

  test("the error of the background is told apart", () => {
    const errors = exact.backgroundErrors as Float64Array;
    expect(errors.length).toBe(exact.values.length);
    expect(errors.every((error) => error > 0)).toBe(true);
    // With one background row an average has no error that could be known.
    const one = treeShap(wide, {
      output: "response",
      background: { ...background, values: background.values.slice(0, FEATURES), numRows: 1 },
    });
    expect(one.explain(rows).backgroundErrors).toBeUndefined();
  });
});

const leaf = (value: number): NestedTree => ({ values: [value], cover: 1 });
const stump: NestedTree = { feature: 0, threshold: 0.5, flags: 0, categories: [], left: leaf(-1), right: leaf(1) };
const nodes = layTrees([stump], [0]);
const one = makeMatrix([[1, 0, 0, 0, 0]]);
const two = makeMatrix([
  [0, 0, 0, 0, 0],
  [0, 7, 0, 0, 0],
]);
const linked = (name: LinkName): TreeEnsemble => new TreeEnsemble({ ...makeEnsemble(nodes), link: outputLink(name) });

describe("small print", () => {
  test("one feature gets the whole difference; background rows that no test tells apart are one", () => {
    const explanation = treeShap(linked("logistic"), { output: "response", background: two }).explain(one);
    const probability = (x: number): number => 1 / (1 + Math.exp(-x));
    expect(Array.from(explanation.values.subarray(1))).toEqual([0, 0, 0, 0]);
    expect(explanation.values[0]).toBeCloseTo(probability(1) - probability(-1), 15);
    expect(explanation.background).toEqual({ numRows: 2, totalWeight: 2 });
    expect(explanation.backgroundErrors).toBeUndefined();
  });

  test("the response of a model with identity link needs no background and is never sampled", () => {
    const averaged = new TreeEnsemble({ ...makeEnsemble(nodes), link: outputLink("identity", { divisor: 4 }) });
    const explanation = treeShap(averaged, { output: "response" }).explain(one);
    expect(explanation).toMatchObject({ method: "tree-path-dependent", scale: "response", units: "" });
    expect([explanation.values[0], explanation.baseValues[0], explanation.predictions[0]]).toEqual([0.25, 0, 0.25]);
  });

  test("labels may be names of classes", () => {
    const classes = new TreeEnsemble({ ...makeEnsemble(layTrees([stump], [1]), 2), link: outputLink("softmax") });
    const explainer = treeShap(classes, { output: "logLoss", background: two });
    const named = explainer.explain(one, { response: ["output 1"] });
    expect(named.predictions[0]).toBeCloseTo(Math.log(1 + Math.exp(-1)), 15);
    expect([...named.values]).toEqual([...explainer.explain(one, { response: [1] }).values]);
  });

  test.each([
    [
      () => treeShap(linked("logistic"), { output: "response" }),
      'treeShap: background must be given for output "response"; got nothing. Pass `background`: training covers average raw sums, and the response of an average is not the average response.',
    ],
    [
      () => treeShap(linked("exp"), { output: "logLoss", background: two }),
      'treeShap: ensemble must be a classifier of two or more classes, for output "logLoss"; got one with link "exp" and 1 outputs. Use output "response" or "raw".',
    ],
    [
      () => treeShap(linked("exp"), { output: "odds" as "raw" }),
      'treeShap: output must be one of "raw", "response", "logLoss", "rescaledResponse"; got "odds". Leave it out for the model\'s raw scale.',
    ],
    [
      () => treeShap(linked("exp"), { output: "response", background: two, index: "banzhaf" }),
      'treeShap: index must be "shapley" for output "response"; got "banzhaf". Use output "raw" with it.',
    ],
    [
      () => treeShap(linked("softmax"), { output: "rescaledResponse", background: two }),
      'treeShap: ensemble must be one whose outputs are each made of one raw sum, for output "rescaledResponse"; got one with link "softmax". Use output "response": its Shapley values are defined for any number of classes.',
    ],
    [
      () => treeShap(linked("exp"), { budget: 100 }),
      'treeShap: budget must be given for output "response" or "logLoss" only; got 100. Leave it out: nothing is sampled.',
    ],
    [
      () => treeShap(linked("exp"), { output: "response", background: two, budget: 3 }),
      "treeShap: budget must be a whole number of at least 20 coalitions for 5 features or groups; got 3. Leave the option out for its default.",
    ],
    [
      () => treeShap(linked("exp"), { output: "response", background: two, seed: 0.5 }),
      "treeShap: seed must be a whole number from 0 to 4294967295; got 0.5. Leave the option out for its default.",
    ],
    [
      () => treeShap(linked("exp"), { output: "response", background: two, tolerance: -1 }),
      "treeShap: tolerance.relative must be a number above 0; got -1. Give a share such as 0.01, or { relative }, { absolute } or { topFeatures }.",
    ],
    [
      () => treeShap(linked("exp")).explain(one, { response: [1] }),
      'treeShap: response must be given for output "logLoss" only; got labels for output "raw". Leave it out.',
    ],
    [
      () => treeShap(linked("logistic"), { output: "logLoss", background: two }).explain(one),
      "treeShap.explain: response must be labels, one a row; got nothing. A row's log loss needs what was seen of it: explain(data, { response: labels }).",
    ],
    [
      () => treeShap(linked("logistic"), { output: "logLoss", background: two }).explain(one, { response: [1, 0] }),
      "treeShap.explain: response must be 1 labels, one a row; got 2. A row's log loss needs what was seen of it: explain(data, { response: labels }).",
    ],
    [
      () => treeShap(linked("logistic"), { output: "logLoss", background: two }).explain(one, { response: [2] }),
      "treeShap.explain: response must be made of 0 and 1 (or shares between); got 2 at row 0. A row's log loss needs what was seen of it: explain(data, { response: labels }).",
    ],
  ])("refusal %#", (call, message) => expect(messageOf(call)).toBe(message));
});
