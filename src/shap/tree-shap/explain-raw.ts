import type { Matrix, TableLike } from "../../table/index.ts";
import { explainChecked } from "../additivity.ts";
import type { Explanation } from "../explanation.ts";
import { describeRows } from "./explained-rows.ts";
import { withinMemory } from "./lay-trees.ts";
import type { TreeEngine } from "./tree-engine.ts";
import { summarizeBackground, type TreeGame } from "./tree-game.ts";

/**
 * Values on the raw scale: Shapley values and the base value sum to the raw prediction.
 * @param scale - `response` for models whose response is the raw sum, or its share of a divisor
 */
export function explainRaw(game: TreeGame, engine: TreeEngine, data: TableLike | Matrix, scale: string): Explanation {
  const { ensemble, players, background, baseValues, index } = game;
  const rows = ensemble.encode(data, "treeShap.explain");
  const values = withinMemory(() => engine.explain(rows));
  const predictions = ensemble.sumLeaves(rows);
  const divide = (all: Float64Array): Float64Array => (scale === "raw" ? all : all.map((value) => value / ensemble.link.divisor));
  const described = describeRows(ensemble, data, rows);
  return explainChecked({
    values: divide(values),
    baseValues: divide(predictions.map((_, cell) => baseValues[cell % baseValues.length])),
    predictions: divide(predictions),
    data: described,
    features: players.describe(described),
    outputNames: ensemble.outputNames,
    scale,
    units: scale === "raw" ? ensemble.link.units : "",
    index,
    method: background ? "tree-interventional" : "tree-path-dependent",
    background: background && summarizeBackground(background),
    warnings: ensemble.warnings,
  });
}
