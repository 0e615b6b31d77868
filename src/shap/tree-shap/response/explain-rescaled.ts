import type { EncodedRows } from "../../../trees/index.ts";
import { explainChecked } from "../../additivity.ts";
import { withinMemory } from "../engine/lay-trees.ts";
import { RowMixer } from "./row-mixer.ts";
import { joinArrays, makeOnce, type RowWork } from "../row-work.ts";
import { slopeBetween } from "./slope-between.ts";
import { summarizeBackground, type InterventionalGame } from "../tree-game.ts";

/** Rows of one task: each is compared with every background row. */
const ROWS_AT_ONCE = 64;

/** Rescaled values of rows. */
export interface RescaledFindings {
  /** rows × players × outputs. */
  readonly values: Float64Array;
  /** rows × outputs. */
  readonly predictions: Float64Array;
  /** Base value of each output. */
  readonly base: Float64Array;
}

/**
 * shap's rule for responses (`model_output="probability"`): raw Shapley values against each background row, times the slope of the link between
 * the two raw sums, averaged. They add up to the response and cost less than its Shapley values, which they are not.
 * @see Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9, section "Interventional Tree SHAP"
 */
export function rescaledWork(game: InterventionalGame): RowWork<RescaledFindings> {
  const { ensemble, players, background } = game;
  const openMixer = makeOnce(() => withinMemory(() => new RowMixer(game)));
  return {
    rowsAtOnce: ROWS_AT_ONCE,
    check: () => undefined,
    compute: ({ rows }) => withinMemory(() => rescaleTask(game, openMixer(), rows)),
    assemble(found, { data }) {
      const predictions = joinArrays(found.map((each) => each.predictions));
      const [{ base }] = found;
      return explainChecked({
        values: joinArrays(found.map((each) => each.values)),
        baseValues: predictions.map((_, cell) => base[cell % base.length]),
        predictions,
        data,
        features: players.describe(data),
        outputNames: ensemble.outputNames,
        scale: "response",
        units: "",
        method: "tree-rescaled",
        background: summarizeBackground(background),
        warnings: ensemble.warnings,
      });
    },
  };
}

function rescaleTask(game: InterventionalGame, mixer: RowMixer, rows: EncodedRows): RescaledFindings {
  const { ensemble, background } = game;
  const { link, numOutputs } = ensemble;
  const raw = ensemble.sumLeaves(rows);
  const sourceRaw = mixer.takeSources(ensemble.sumLeaves(background.rows));
  return {
    values: rescaleRows(game, mixer, rows, raw, sourceRaw),
    predictions: link.apply(raw, numOutputs),
    base: mixer.meanOverSources(link.apply(sourceRaw, numOutputs)),
  };
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
