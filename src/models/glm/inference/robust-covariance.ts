import { InputError, refuseUnknownOptions } from "../../../errors.ts";
import { rowQuadratics, sandwich } from "../../../numeric/index.ts";
import { trainingOf } from "../diagnostics/training.ts";
import type { GlmFit, TrainingData } from "../glm-fit.ts";
import { checkMaximumLikelihood, checkWord } from "./checks.ts";
import { readClusters, sumOverClusters } from "./clusters.ts";
import type { ClusterLabels } from "./clusters.ts";

/** Ways of correcting squared residuals for having been fitted. */
export type RobustType = "HC0" | "HC1" | "HC2" | "HC3";

/** Options of `GlmModel.robustCovariance`. */
export interface RobustOptions {
  /**
   * How squared residuals are corrected for having been fitted. `HC0`: not at all; `HC1`: by n / (n − p), or with G clusters by
   * G / (G − 1) × (n − 1) / (n − p); `HC2`: each by 1 / (1 − leverage); `HC3`: by its square, the safest for few rows.
   * @defaultValue "HC3"; "HC1" with clusters, which have no HC2 and HC3
   */
  readonly type?: RobustType;
  /** Rows that belong together, as a column of the data or one label a row: their residuals may be correlated. @defaultValue each row alone */
  readonly clusters?: ClusterLabels;
}

/** Leverages above this leave no residual to judge the variance by. */
const FULL = 1 - 1e-10;

/**
 * Covariance of the estimates that needs the mean to be right and the variance not: `B (Σ s s') B`, with B the inverse information and s the
 * scores of rows, or of clusters.
 *
 * @see White (1980), doi:10.2307/1912934; MacKinnon and White (1985), doi:10.1016/0304-4076(85)90158-7 (HC1 to HC3); Zeileis, Köll and
 * Graham (2020), doi:10.18637/jss.v095.i01 (clusters)
 */
export function robustCovariance(fit: GlmFit, options: RobustOptions = {}): Float64Array {
  const call = "GlmModel.robustCovariance";
  refuseUnknownOptions(call, options, ["type", "clusters"]);
  const { clusters, type = clusters === undefined ? "HC3" : "HC1" } = options;
  checkWord(call, "type", type, clusters === undefined ? ["HC0", "HC1", "HC2", "HC3"] : ["HC0", "HC1"]);
  checkMaximumLikelihood(call, fit, "model");
  const training = trainingOf(call, fit);
  const { numObservations: n, rank, aliased } = fit;
  const bread = fit.unscaledCovariance.map((entry) => (Number.isNaN(entry) ? 0 : entry));
  const { score, information } = scoresOf(fit, training);
  if (clusters === undefined) {
    const squares = correctSquares(call, type, { score, information, training, bread });
    const meat = sandwich(training.problem.matrix, squares);
    return surround(meat, bread, aliased, type === "HC1" ? n / (n - rank) : 1);
  }
  const { codes, count } = readClusters(call, clusters, training);
  const meat = sumOverClusters(training.problem.matrix, score, codes, count);
  return surround(meat, bread, aliased, type === "HC1" ? (count / (count - 1)) * ((n - 1) / (n - rank)) : 1);
}

/** First derivative of the log-likelihood of each row by its linear predictor, and the expected information, at dispersion 1. */
function scoresOf({ family }: GlmFit, { problem, linearPredictor }: TrainingData): { score: Float64Array; information: Float64Array } {
  const count = problem.matrix.numRows;
  const [score, information, mean] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const { response, weights } = problem;
  family.work({ count, response, linearPredictor, weights, mean, information, score, observed: false });
  return { score, information };
}

/** Squared scores, corrected. A row of frequency f stands for f rows, each with its share of score and leverage. */
function correctSquares(
  call: string,
  type: RobustType,
  rows: { readonly score: Float64Array; readonly information: Float64Array; readonly training: TrainingData; readonly bread: Float64Array },
): Float64Array {
  const { score, information, training, bread } = rows;
  const frequency = (row: number): number => training.frequencies?.[row] ?? 1;
  const squares = score.map((each, row) => (each === 0 ? 0 : (each * each) / frequency(row)));
  if (type === "HC0" || type === "HC1") return squares;
  const quadratics = rowQuadratics(training.problem.matrix, bread);
  return squares.map((square, row) => {
    if (information[row] === 0) return square;
    const leverage = (information[row] * quadratics[row]) / frequency(row);
    if (leverage > FULL) throw fullLeverage(call, type, row);
    return square / (type === "HC2" ? 1 - leverage : (1 - leverage) ** 2);
  });
}

/** B M B × factor, with NaN where aliased. */
function surround(meat: Float64Array, bread: Float64Array, aliased: Uint8Array, factor: number): Float64Array {
  const p = aliased.length;
  const whole = multiplySquare(multiplySquare(bread, meat, p), bread, p);
  // Both halves are sums of the same terms in another order: their mean is symmetric to the bit.
  return whole.map((_, cell) => {
    const [i, j] = [Math.floor(cell / p), cell % p];
    return aliased[i] || aliased[j] ? NaN : (factor * (whole[i * p + j] + whole[j * p + i])) / 2;
  });
}

function multiplySquare(one: Float64Array, other: Float64Array, p: number): Float64Array {
  const product = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < p; k++) {
      const factor = one[i * p + k];
      if (factor !== 0) for (let j = 0; j < p; j++) product[i * p + j] += factor * other[k * p + j];
    }
  }
  return product;
}

function fullLeverage(call: string, type: RobustType, row: number): InputError {
  return new InputError({
    call,
    argument: "type",
    expected: '"HC0" or "HC1" where a row determines its own prediction (leverage 1)',
    received: JSON.stringify(type),
    where: `training row ${row}`,
    mend: "Choose one of these, or leave such rows out.",
  });
}
