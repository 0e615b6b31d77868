import type { Table } from "../../table/index.ts";
import { addsUp } from "../attribution-indexes.ts";
import { explainChecked } from "../additivity.ts";
import { Explanation } from "../explanation.ts";
import { diagnoseResidual } from "./diagnose-residual.ts";
import { layTrees, withinMemory } from "./engine/lay-trees.ts";
import { prepareLinearLeaves } from "./linear/linear-leaf-values.ts";
import { prepareLinear } from "./linear/linear-values.ts";
import { joinArrays, makeOnce, type RowWork } from "./row-work.ts";
import { boundRounding, certifyRows } from "./rounding-bound.ts";
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
  /** Of a term inside any of the trees, at most. */
  readonly roundings: number;
}

/**
 * Values on the raw scale: Shapley values and the base value sum to the raw prediction.
 * @param scale - `response` for models whose response is the raw sum, or its share of a divisor
 */
export function rawWork(game: TreeGame, scale: string): RowWork<RawFindings> {
  const { ensemble } = game;
  const openTrees = makeOnce(() => layTrees(game));
  const openLinear = makeOnce(() => [prepareLinear(game), prepareLinearLeaves(game)].filter((part) => part !== null));
  return {
    rowsAtOnce: rowsAtOnce(game),
    check: () => undefined,
    compute: ({ rows }) => {
      const { values, roundings } = withinMemory(() => {
        const { engine, roundings: most } = openTrees();
        return { values: engine.explain(rows), roundings: most };
      });
      for (const part of openLinear()) part.add(rows, values);
      return { values, roundings, predictions: ensemble.sumLeaves(rows) };
    },
    assemble: (found, { data }) => assembleRaw(game, scale, found, data),
  };
}

function assembleRaw(game: TreeGame, scale: string, found: readonly RawFindings[], data: Table): Explanation {
  const { ensemble, players, background, index } = game;
  const divisor = scale === "raw" ? 1 : ensemble.link.divisor;
  const divide = (all: Float64Array): Float64Array => (divisor === 1 ? all : all.map((value) => value / divisor));
  const values = divide(joinArrays(found.map((each) => each.values)));
  const predictions = divide(joinArrays(found.map((each) => each.predictions)));
  const baseValues = divide(predictions.map((_, cell) => game.baseValues[cell % game.baseValues.length]));
  const parts = {
    values,
    baseValues,
    predictions,
    data,
    features: players.describe(data),
    outputNames: ensemble.outputNames,
    scale,
    units: scale === "raw" ? ensemble.link.units : "",
    index,
    method: background ? "tree-interventional" : "tree-path-dependent",
    background: background && summarizeBackground(background),
    warnings: ensemble.warnings,
  };
  if (!addsUp(index)) return new Explanation(parts);
  // What is proven and diagnosed is of trees with constant leaves.
  if (ensemble.linearTerms || ensemble.nodes.linearLeaves) return explainChecked(parts);
  const roundings = found.reduce((most, each) => Math.max(most, each.roundings), 0);
  const certifiedErrors = certifyRows(divide(boundRounding(game, roundings)), values, baseValues, predictions);
  return explainChecked({ ...parts, certifiedErrors }, (row, output) =>
    diagnoseResidual(game, ensemble.encode(data.rows(row, row + 1), "treeShap.explain"), 0, output),
  );
}

/** From the model alone: the more leaves, the fewer rows. */
export function rowsAtOnce({ ensemble }: TreeGame): number {
  const leaves = ensemble.nodes.feature.reduce((count, feature) => (feature < 0 ? count + 1 : count), 1);
  return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, Math.round(PAIRS_AT_ONCE / leaves / LEAST_ROWS) * LEAST_ROWS));
}
