import type { Matrix, Table, TableLike } from "../../table/index.ts";
import type { Explanation } from "../explanation.ts";
import { requireColumns } from "../masked-rows.ts";
import { readRows } from "../rows-and-outputs.ts";
import { describeFound } from "./describe-found.ts";
import { estimateContributions, type Contributions } from "./estimate-contributions.ts";
import { drawPathSamples } from "./path-samples.ts";
import { slopesOfRow } from "./path-slopes.ts";
import { readSettings, type DifferentiablePredictor, type GradientShapOptions, type Settings } from "./settings.ts";

/** Options of one call of `explain`. */
export interface GradientShapRunOptions {
  /** Ends the work between two batches: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after each row. */
  readonly onProgress?: (progress: { readonly rowsDone: number; readonly numRows: number }) => void;
}

/** Explains rows by the model's derivatives. */
export interface GradientShapExplainer {
  explain(data: TableLike | Matrix, run?: GradientShapRunOptions): Promise<Explanation>;
}

const CALL = "gradientShap";

/**
 * Expected gradients of a model that can be differentiated: `φ_j = E[(x_j - b_j) ∂f/∂x_j (b + a (x - b))]` over background rows b and a uniform
 * on [0, 1]. One backward pass tells about all features at once, so that the cost does not grow with their number.
 *
 * These are Aumann–Shapley values averaged over the background. They equal the Shapley values of `kernelShap` for models that are sums of
 * functions of single features and products of pairs of features (of the numbers that the model takes), and differ where more features interact.
 * Points are drawn two to a stratum, from a seed, alike for every row; a row's values do not depend on the other rows. Values carry standard
 * errors. Base value and contributions add up to the prediction: what the draws miss of it is shared out as a control variate, which lowers
 * the errors. Where the derivatives do not account for the predictions, a warning `derivatives` says so.
 *
 * @param predict - what `tensorflowPredictor` made. Scaled columns and indicators are differentiated as the model gets them, and the contributions
 * of a column's indicators are added up
 * @throws InputError for another kind of predictor, for inputs of whole numbers, or for operations that have no derivative
 * @example
 * const explanation = await gradientShap(tensorflowPredictor(model), { background }).explain(customers);
 * @see Erion et al. (2021), doi:10.1038/s42256-021-00343-9, equation 4; Sundararajan, Taly and Yan (2017), arXiv:1703.01365
 */
export function gradientShap(predict: DifferentiablePredictor, options: GradientShapOptions): GradientShapExplainer {
  const settings = readSettings(predict, options);
  return { explain: (data, run = {}) => explainRows(settings, readRows(data, `${CALL}.explain`), run) };
}

async function explainRows(settings: Settings, data: Table, run: GradientShapRunOptions): Promise<Explanation> {
  const { predict, background, weights, players } = settings;
  requireColumns(`${CALL}.explain`, data, background);
  const rows = data.select(background.columnNames);
  const context = run.signal ? { signal: run.signal } : {};
  const bases = await predict(background, context);
  const predictions = await predict(rows, context);
  const outputs = bases.length / background.numRows;
  const from = predict.differentiable.encode(background);
  const to = predict.differentiable.encode(rows);
  const order = orderBy(bases, outputs, background.numRows);
  const samples = drawPathSamples(weights, order, settings.numPairs, settings.seed);
  const playerOf = from.columnNames.map((name) => players.playerOf[background.columnNames.indexOf(name)]);
  const found: Contributions[] = [];
  for (let row = 0; row < rows.numRows; row++) {
    const slopes = await slopesOfRow(predict.differentiable, from, to, row, samples, playerOf, players.features.length, run.signal);
    slopes.forEach((own, output) => {
      const basesOfOutput = Float64Array.from(weights, (_, b) => bases[b * outputs + output]);
      const integral = { slopes: own, prediction: predictions[row * outputs + output], bases: basesOfOutput, weights };
      found.push(estimateContributions(integral, samples));
    });
    run.onProgress?.({ rowsDone: row + 1, numRows: rows.numRows });
  }
  return describeFound(settings, rows, found, predictions, bases, outputs);
}

/** Background rows by their first prediction, so that neighbours are alike. */
function orderBy(bases: Float64Array, outputs: number, numRows: number): number[] {
  return Array.from({ length: numRows }, (_, row) => row).sort((a, b) => bases[a * outputs] - bases[b * outputs] || a - b);
}
