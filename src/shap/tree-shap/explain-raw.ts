import type { Matrix, TableLike } from "../../table/index.ts";
import { explainChecked } from "../additivity.ts";
import type { Explanation } from "../explanation.ts";
import { describeRows } from "./explained-rows.ts";
import { withinMemory } from "./lay-trees.ts";
import type { TreeEngine } from "./tree-engine.ts";
import { summarizeBackground, type TreeGame } from "./tree-game.ts";

/** Values on the raw scale: Shapley values and the base value sum to the raw prediction. */
export function explainRaw(game: TreeGame, engine: TreeEngine, data: TableLike | Matrix): Explanation {
  const { ensemble, players, background, baseValues, index } = game;
  const rows = ensemble.encode(data, "treeShap.explain");
  const values = withinMemory(() => engine.explain(rows));
  const predictions = ensemble.sumLeaves(rows);
  const described = describeRows(ensemble, data, rows);
  return explainChecked({
    values,
    baseValues: predictions.map((_, cell) => baseValues[cell % baseValues.length]),
    predictions,
    data: described,
    features: players.describe(described),
    outputNames: ensemble.outputNames,
    scale: "raw",
    units: ensemble.link.units,
    index,
    method: background ? "tree-interventional" : "tree-path-dependent",
    background: background && summarizeBackground(background),
    warnings: ensemble.warnings,
  });
}
