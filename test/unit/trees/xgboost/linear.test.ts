import { describe, expect, test } from "vitest";
import { importXgboost } from "../../../../src/trees/index.ts";
import { messageOf } from "../../../support/message-of.ts";
import { smallXgboost, type XgboostJson } from "../../../support/small-models.ts";

const DAMAGED = "The file is damaged or was changed by hand: save the model again with the library that trained it.";

function linear(weights: unknown, change: (file: XgboostJson["learner"]) => void = () => {}): string {
  return smallXgboost(({ learner }) => {
    learner.feature_types = ["float", "float"];
    learner.gradient_booster = { name: "gblinear", model: { weights } } as never;
    change(learner);
  });
}

const threeClasses = (learner: XgboostJson["learner"]): void => {
  learner.objective.name = "multi:softprob";
  Object.assign(learner.learner_model_param, { num_class: "3", base_score: "[1,2,3]" });
};

describe("a linear booster", () => {
  test("adds weight times value to bias and base score; missing values add nothing", () => {
    const ensemble = importXgboost(linear([2, -1, 0.25]));
    expect(ensemble.numTrees).toBe(0);
    expect([...ensemble.predict({ age: [10, null, 10], city: [4, 4, null] })]).toEqual([16.75, -3.25, 20.75]);
  });

  test("gives the first base score to every output, as XGBoost does", () => {
    const ensemble = importXgboost(linear([1, 2, 3, 10, 20, 30, 0, 0, 5], threeClasses));
    expect([...(ensemble.linearTerms?.weights ?? [])]).toEqual([1, 2, 3, 10, 20, 30]);
    expect([...ensemble.predict({ age: [2], city: [1] }, { scale: "raw" })]).toEqual([13, 25, 42]);
  });

  test("adds up in float32, column after column", () => {
    const ensemble = importXgboost(linear([0.1, 0.3, 0]));
    const product = Math.fround(Math.fround(0.7) * Math.fround(0.1));
    const sum = Math.fround(Math.fround(0.5 + product) + Math.fround(Math.fround(0.9) * Math.fround(0.3)));
    expect([...ensemble.predict({ age: [0.7], city: [0.9] })]).toEqual([sum]);
    const [exact] = ensemble.sumLeaves(ensemble.encode({ age: [0.7], city: [0.9] }, "test"));
    expect(exact).toBe(0.5 + 0.7 * Math.fround(0.1) + 0.9 * Math.fround(0.3));
  });

  test.each<[string, unknown]>([
    ["weights must be an array of 3; got an array of 2", [1, 2]],
    ['weights[1] must be a number; got "x"', [1, "x", 2]],
    ["weights[2] must be a finite number; got NaN", [1, 2, null]],
    ["weights[0] must be a finite number; got Infinity", [1e39, 2, 3]],
    ["learner.gradient_booster.model.weights must be an array; got 3", 3],
  ])("%s", (problem, weights) => expect(messageOf(() => importXgboost(linear(weights)))).toBe(`importXgboost: ${problem}. ${DAMAGED}`));

  test("more outputs than there are weights for are not made room for", () => {
    const file = linear([1, 2, 3], (learner) => (learner.learner_model_param["num_class"] = "999999999"));
    expect(messageOf(() => importXgboost(file))).toMatch(/weights must be an array of 2999999997; got an array of 3/);
  });

  test("values that no sum can hold are refused", () => {
    const ensemble = importXgboost(linear([1, 0, 0]));
    const message =
      "TreeEnsemble.predict: data must be numbers that the model can multiply by its weights; got one that is infinite or too large at row 1. Mark what is not known as missing (null or NaN).";
    expect(messageOf(() => ensemble.predict({ age: [1, 3e38], city: [0, 0] }))).toBe(message);
    expect(messageOf(() => ensemble.predict({ age: [1, 1], city: [0, Infinity] }))).toBe(message);
  });
});
