import { expect, test } from "vitest";
import { Explanation, treeShap } from "../../../../src/shap/index.ts";
import { diagnoseResidual } from "../../../../src/shap/tree-shap/diagnose-residual.ts";
import { prepareGame, type TreeGame } from "../../../../src/shap/tree-shap/tree-game.ts";
import { makeEnsemble, makeMatrix } from "../../../support/make-ensemble.ts";
import { layTrees, type NestedTree } from "../../../support/random-trees.ts";

const leaf = (value: number): NestedTree => ({ values: [value], cover: 1 });
const split = (feature: number, left: NestedTree, right: NestedTree): NestedTree => ({
  feature,
  threshold: 0.5,
  flags: 0,
  categories: [],
  left,
  right,
});
const trees = [split(0, leaf(1), leaf(2)), split(1, leaf(3), split(2, leaf(5), leaf(8)))];
const ensemble = makeEnsemble(layTrees(trees, [0, 0]));
const rows = makeMatrix([[1, 1, 1, 0, 0]]);
const encoded = ensemble.encode(rows, "test");

test.each([{}, { background: makeMatrix([[0, 0, 0, 0, 0]]) }])("a tree that misses is found, %#", (options) => {
  const game = prepareGame(ensemble, options);
  const wrong = { ...game.programs[1], leafValues: Float64Array.of(3, 5, 9) };
  const broken: TreeGame = { ...game, programs: [game.programs[0], wrong] };
  expect(diagnoseResidual(broken, encoded, 0, 0)).toMatch(/^Tree 1, which tests "x1", "x2", misses by [\d.]+ alone\.$/);
  expect(diagnoseResidual({ ...game, baseValues: game.baseValues.map((base) => base + 0.5) }, encoded, 0, 0)).toBe(
    "Each tree adds up alone, but the base value is 0.5 more than base score and trees come to.",
  );
  expect(diagnoseResidual(game, encoded, 0, 0)).toBe("Each tree adds up alone: their sum is too large for float64.");
});

test("an infinite leaf is a warning that names its tree", () => {
  const infinite = makeEnsemble(layTrees([trees[0], split(1, leaf(0), leaf(Infinity))], [0, 0]));
  const [warning] = treeShap(infinite).explain(rows).warnings;
  expect(warning.name).toBe("additivity");
  expect(warning.message).toMatch(/row 0 misses by NaN, where rounding explains \w+ at most\. Tree 1 has a leaf of Infinity\.$/);
});

test("certified errors survive JSON", () => {
  const explanation = treeShap(ensemble).explain(rows);
  expect(explanation.certifiedErrors?.length).toBe(1);
  expect(Explanation.fromJSON(JSON.parse(JSON.stringify(explanation))).certifiedErrors).toEqual(explanation.certifiedErrors);
  expect(treeShap(ensemble, { index: "banzhaf" }).explain(rows).certifiedErrors).toBeUndefined();
});
