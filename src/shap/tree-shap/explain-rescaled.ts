import type { Matrix, TableLike } from "../../table/index.ts";
import type { EncodedRows } from "../../trees/index.ts";
import { explainChecked } from "../additivity.ts";
import type { Explanation } from "../explanation.ts";
import { describeRows } from "./explained-rows.ts";
import type { RowMixer } from "./row-mixer.ts";
import { slopeBetween } from "./slope-between.ts";
import { summarizeBackground, type InterventionalGame } from "./tree-game.ts";

/**
 * shap's rule for responses (`model_output="probability"`): raw Shapley values against each background row, times the slope of the link between
 * the two raw sums, averaged. They add up to the response and cost less than its Shapley values, which they are not.
 * @see Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9, section "Interventional Tree SHAP"
 */
export function explainRescaled(game: InterventionalGame, mixer: RowMixer, data: TableLike | Matrix): Explanation {
  const { ensemble, players, background } = game;
  const rows = ensemble.encode(data, "treeShap.explain");
  const raw = ensemble.sumLeaves(rows);
  const sourceRaw = mixer.takeSources(ensemble.sumLeaves(background.rows));
  const base = mixer.meanOverSources(ensemble.link.apply(sourceRaw, ensemble.numOutputs));
  const described = describeRows(ensemble, data, rows);
  return explainChecked({
    values: rescaleRows(game, mixer, rows, raw, sourceRaw),
    baseValues: raw.map((_, cell) => base[cell % base.length]),
    predictions: ensemble.link.apply(raw, ensemble.numOutputs),
    data: described,
    features: players.describe(described),
    outputNames: ensemble.outputNames,
    scale: "response",
    units: "",
    method: "tree-rescaled",
    background: summarizeBackground(background),
    warnings: ensemble.warnings,
  });
}

/** Rows × players × outputs. */
function rescaleRows(
  { ensemble, players }: InterventionalGame,
  mixer: RowMixer,
  rows: EncodedRows,
  raw: Float64Array,
  sourceRaw: Float64Array,
): Float64Array {
  const { numOutputs, link } = ensemble;
  const cells = players.features.length * numOutputs;
  const out = new Float64Array(rows.numRows * cells);
  const slopes = new Float64Array(numOutputs);
  for (let row = 0; row < rows.numRows; row++) {
    mixer.openRow(rows, row);
    mixer.explainPairs((source, values) => {
      for (let k = 0; k < numOutputs; k++) {
        slopes[k] = mixer.weights[source] * slopeBetween(link, raw[row * numOutputs + k], sourceRaw[source * numOutputs + k]);
      }
      for (let cell = 0; cell < cells; cell++) out[row * cells + cell] += slopes[cell % numOutputs] * values[cell];
    });
  }
  return out;
}
