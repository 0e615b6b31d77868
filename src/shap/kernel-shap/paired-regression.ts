import { factorCholesky, invertCholesky } from "../../numeric/index.ts";
import type { PairSampler } from "./pair-sampler.ts";

/** Share of its own residual that a pair keeps at least: guards the variance where a pair alone decides a player's value. */
const LEAST_REMAINDER = 0.05;

/** Shapley values of one game and the variances of their estimates: players × outputs each, row-major. */
export interface GameEstimate {
  readonly values: Float64Array;
  readonly variances: Float64Array;
  /** Largest |residual| of a pair over the largest |odd part|, 0 when the game is one of main effects and pairs. */
  readonly misfit: number;
  /** How many independent draws the variances rest on. */
  readonly degreesOfFreedom: number;
}

/** What a regression is made on. */
export interface RegressionInput {
  readonly sampler: PairSampler;
  /** The first so many pairs. */
  readonly numPairs: number;
  /** Three players a term. @defaultValue none */
  readonly terms?: Int32Array;
  /** 1 for pairs to leave out. @defaultValue none */
  readonly held?: Uint8Array;
}

/**
 * Weighted least squares of the odd parts o(S) = (v(S) − v(S̄)) / 2 on ±1 for every player, and on products of three, under
 * Σ φ = v(N) − v(∅): the estimate of KernelSHAP with paired sampling. With all pairs it is Shapley's value itself; for a game of main effects
 * and pairs alone it is exact at once. A term's coefficient belongs to its players in equal parts.
 *
 * @see Lundberg and Lee (2017), arXiv:1705.07874; Covert and Lee (2021), arXiv:2012.01536; Fumagalli et al. (2026), arXiv:2602.01399 (odd terms)
 */
export class PairedRegression {
  private readonly input: RegressionInput;
  private readonly terms: Int32Array;
  /** Coefficients: one a player, then one a term. */
  private readonly size: number;
  private readonly share: Float64Array;
  private readonly weight: Float64Array;
  /** (Σ ω x x')⁻¹ on contrasts of players, and terms. */
  private readonly inverse: Float64Array;

  constructor(input: RegressionInput) {
    const { sampler, numPairs, terms = new Int32Array(0), held } = input;
    this.input = input;
    this.terms = terms;
    const n = sampler.numPlayers;
    this.size = n + terms.length / 3;
    ({ share: this.share, weight: this.weight } = sampler.weigh(numPairs));
    const gram = new Float64Array(this.size * this.size);
    const x = new Float64Array(this.size);
    for (let pair = 0; pair < numPairs; pair++) {
      if (held?.[pair]) continue;
      this.regressors(pair, x);
      addOuter(gram, x, this.weight[sampler.sizes[pair]]);
    }
    // The contrasts sum to 0, so that the direction of all ones is free: filled in, at the size of the others.
    let trace = 0;
    for (let i = 0; i < n; i++) trace += gram[i * this.size + i];
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) gram[i * this.size + j] += trace / (n * n);
    this.inverse = invertCholesky(factorCholesky(gram, this.size));
  }

  /**
   * @param odd - o(S) of each pair; pairs × outputs
   * @param difference - v(N) − v(∅) of each output
   */
  solve(odd: Float64Array, difference: Float64Array): GameEstimate {
    const n = this.input.sampler.numPlayers;
    const outputs = difference.length;
    const values = new Float64Array(n * outputs);
    const variances = new Float64Array(n * outputs);
    let misfit = 0;
    for (let output = 0; output < outputs; output++) {
      const half = difference[output] / 2;
      const coefficients = this.fit(odd, half, output, outputs);
      const residuals = this.residuals(odd, half, output, outputs, coefficients);
      this.divide(coefficients).forEach((effect, i) => (values[i * outputs + output] = 2 * (effect + half / n)));
      this.spread(residuals).forEach((variance, i) => (variances[i * outputs + output] = 4 * variance));
      let largest = Math.abs(half);
      let worst = 0;
      residuals.forEach((residual, pair) => {
        worst = Math.max(worst, Math.abs(residual));
        largest = Math.max(largest, Math.abs(odd[pair * outputs + output]));
      });
      if (largest > 0) misfit = Math.max(misfit, worst / largest);
    }
    return { values, variances, misfit, degreesOfFreedom: Math.max(1, this.input.numPairs - this.size) };
  }

  /** The values alone. */
  solveValues(odd: Float64Array, difference: Float64Array): Float64Array {
    const n = this.input.sampler.numPlayers;
    const outputs = difference.length;
    const values = new Float64Array(n * outputs);
    for (let output = 0; output < outputs; output++) {
      const half = difference[output] / 2;
      const effects = this.divide(this.fit(odd, half, output, outputs));
      effects.forEach((effect, i) => (values[i * outputs + output] = 2 * (effect + half / n)));
    }
    return values;
  }

  /** Coefficients of one output, those of players with sum 0. */
  fit(odd: Float64Array, half: number, output: number, outputs: number): Float64Array {
    const { sampler, numPairs, held } = this.input;
    const n = sampler.numPlayers;
    const x = new Float64Array(this.size);
    const moments = new Float64Array(this.size);
    for (let pair = 0; pair < numPairs; pair++) {
      if (held?.[pair]) continue;
      const k = sampler.sizes[pair];
      const scaled = this.weight[k] * (odd[pair * outputs + output] - (half * (2 * k - n)) / n);
      this.regressors(pair, x);
      for (let i = 0; i < x.length; i++) moments[i] += scaled * x[i];
    }
    const coefficients = new Float64Array(this.size);
    multiplySymmetric(this.inverse, moments, coefficients);
    let center = 0;
    for (let i = 0; i < n; i++) center += coefficients[i] / n;
    for (let i = 0; i < n; i++) coefficients[i] -= center;
    return coefficients;
  }

  /** What the coefficients leave of each pair, held-out ones too. */
  residuals(odd: Float64Array, half: number, output: number, outputs: number, coefficients: Float64Array): Float64Array {
    const { sampler, numPairs } = this.input;
    const n = sampler.numPlayers;
    const x = new Float64Array(this.size);
    const out = new Float64Array(numPairs);
    for (let pair = 0; pair < numPairs; pair++) {
      this.regressors(pair, x);
      let fitted = (half * (2 * sampler.sizes[pair] - n)) / n;
      for (let i = 0; i < x.length; i++) fitted += coefficients[i] * x[i];
      out[pair] = odd[pair * outputs + output] - fitted;
    }
    return out;
  }

  /** Sampling variance of each player's half value, by the design: strata drawn as a whole add nothing. */
  private spread(residuals: Float64Array): Float64Array {
    const { sampler } = this.input;
    const x = new Float64Array(this.size);
    const reach = new Float64Array(this.size);
    const variances = new Float64Array(sampler.numPlayers);
    // What the fit took from a pair's own residual is given back: HC2 of MacKinnon and White (1985); and HC3, which gives back more, where
    // terms were chosen to go with the residuals.
    const power = this.terms.length > 0 ? 2 : 1;
    residuals.forEach((residual, pair) => {
      const k = sampler.sizes[pair];
      if (this.share[k] >= 1 || residual === 0) return;
      this.regressors(pair, x);
      multiplySymmetric(this.inverse, x, reach);
      let leverage = 0;
      for (let i = 0; i < x.length; i++) leverage += reach[i] * x[i];
      leverage *= this.weight[k];
      const scaled = this.weight[k] * residual;
      const factor = ((1 - this.share[k]) * scaled * scaled) / Math.max(1 - leverage, LEAST_REMAINDER) ** power;
      this.divide(reach);
      for (let i = 0; i < variances.length; i++) variances[i] += factor * reach[i] * reach[i];
    });
    return variances;
  }

  /** Makes the first n coefficients the players' parts: their own, and a third of each term of theirs, less what the constraint takes for the terms. */
  private divide(coefficients: Float64Array): Float64Array {
    const n = this.input.sampler.numPlayers;
    const { terms } = this;
    let all = 0;
    for (let term = 0; term < terms.length / 3; term++) {
      const coefficient = coefficients[n + term];
      all += coefficient;
      for (let i = 0; i < 3; i++) coefficients[terms[3 * term + i]] += coefficient / 3;
    }
    for (let i = 0; i < n; i++) coefficients[i] -= all / n;
    return coefficients.subarray(0, n);
  }

  /** ±1 for each player and each term, less the mean of the players. */
  private regressors(pair: number, x: Float64Array): void {
    const { terms } = this;
    const { numPlayers: n, words, masks, sizes } = this.input.sampler;
    const mean = (2 * sizes[pair] - n) / n;
    const start = pair * words;
    for (let i = 0; i < n; i++) x[i] = 2 * ((masks[start + (i >>> 5)] >>> (i & 31)) & 1) - 1;
    for (let term = 0; n + term < x.length; term++) {
      x[n + term] = x[terms[3 * term]] * x[terms[3 * term + 1]] * x[terms[3 * term + 2]] - mean;
    }
    for (let i = 0; i < n; i++) x[i] -= mean;
  }
}

/** Adds weight × x x' to the lower half. */
function addOuter(gram: Float64Array, x: Float64Array, weight: number): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const scaled = weight * x[i];
    for (let j = 0; j <= i; j++) gram[i * n + j] += scaled * x[j];
  }
}

function multiplySymmetric(matrix: Float64Array, x: Float64Array, out: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[row + j] * x[j];
    out[i] = sum;
  }
}
