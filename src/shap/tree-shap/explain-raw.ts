import { explainChecked } from "../additivity.ts";
import { layTrees, withinMemory } from "./lay-trees.ts";
import { prepareLinearLeaves } from "./linear-leaf-values.ts";
import { prepareLinear } from "./linear-values.ts";
import { joinArrays, makeOnce, type RowWork } from "./row-work.ts";
import { summarizeBackground, type TreeGame } from "./tree-game.ts";

/** Row and leaf pairs of one task: some hundredths of a second. */
const PAIRS_AT_ONCE = 4e6;
const MOST_ROWS = 4096;
const LEAST_ROWS = 64;

/** What is known of rows on the raw scale. */
export interface RawFindings {
  /** rows × players × outputs. */
  readonly values: Float64Array;
  /** rows × outputs. */
  readonly predictions: Float64Array;
}

/**
 * Values on the raw scale: Shapley values and the base value sum to the raw prediction.
 * @param scale - `response` for models whose response is the raw sum, or its share of a divisor
 */
export function rawWork(game: TreeGame, scale: string): RowWork<RawFindings> {
  const { ensemble, players, background, baseValues, index } = game;
  const openEngine = makeOnce(() => layTrees(game));
  const openLinear = makeOnce(() => [prepareLinear(game), prepareLinearLeaves(game)].filter((part) => part !== null));
  const divide = (all: Float64Array): Float64Array => (scale === "raw" ? all : all.map((value) => value / ensemble.link.divisor));
  return {
    rowsAtOnce: rowsAtOnce(game),
    check: () => undefined,
    compute({ rows }) {
      const values = withinMemory(() => openEngine().explain(rows));
      for (const part of openLinear()) part.add(rows, values);
      return { values, predictions: ensemble.sumLeaves(rows) };
    },
    assemble(found, { data }) {
      const predictions = joinArrays(found.map((each) => each.predictions));
      return explainChecked({
        values: divide(joinArrays(found.map((each) => each.values))),
        baseValues: divide(predictions.map((_, cell) => baseValues[cell % baseValues.length])),
        predictions: divide(predictions),
        data,
        features: players.describe(data),
        outputNames: ensemble.outputNames,
        scale,
        units: scale === "raw" ? ensemble.link.units : "",
        index,
        method: background ? "tree-interventional" : "tree-path-dependent",
        background: background && summarizeBackground(background),
        warnings: ensemble.warnings,
      });
    },
  };
}

/** From the model alone: the more leaves, the fewer rows. */
export function rowsAtOnce({ ensemble }: TreeGame): number {
  const leaves = ensemble.nodes.feature.reduce((count, feature) => (feature < 0 ? count + 1 : count), 1);
  return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Math.round(PAIRS_AT_ONCE / leaves / LEAST_ROWS) * LEAST_ROWS));
}
