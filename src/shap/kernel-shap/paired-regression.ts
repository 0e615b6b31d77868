import { factorCholesky, invertCholesky } from "../../numeric/index.ts";
import { hasPlayer } from "./coalition-bits.ts";
import type { PairSampler } from "./pair-sampler.ts";

/** Share of its own residual that a pair keeps at least: guards the variance where a pair alone decides a player's value. */
const LEAST_REMAINDER = 0.05;

/** Shapley values of one game and the variances of their estimates: players × outputs each, row-major. */
export interface GameEstimate {
  readonly values: Float64Array;
  readonly variances: Float64Array;
  /** Largest |residual| of a pair over the largest |odd part|, 0 when the game is one of main effects and pairs. */
  readonly misfit: number;
}

/**
 * Weighted least squares of the odd parts o(S) = (v(S) − v(S̄)) / 2 on ±1 for every player, under Σ φ = v(N) − v(∅): the estimate of
 * KernelSHAP with paired sampling. With all pairs it is Shapley's value itself; for a game of main effects and pairs alone it is exact at once.
 *
 * @see Lundberg and Lee (2017), arXiv:1705.07874; Covert and Lee (2021), arXiv:2012.01536; docs/maths/kernel-shap.md
 */
export class PairedRegression {
  private readonly sampler: PairSampler;
  private readonly numPairs: number;
  private readonly share: Float64Array;
  private readonly weight: Float64Array;
  /** (Σ ω x x')⁻¹ on the players' contrasts. */
  private readonly inverse: Float64Array;

  constructor(sampler: PairSampler, numPairs: number) {
    this.sampler = sampler;
    this.numPairs = numPairs;
    ({ share: this.share, weight: this.weight } = sampler.weigh(numPairs));
    const n = sampler.numPlayers;
    const gram = new Float64Array(n * n);
    const x = new Float64Array(n);
    for (let pair = 0; pair < numPairs; pair++) {
      this.contrast(pair, x);
      const omega = this.weight[sampler.sizes[pair]];
      for (let i = 0; i < n; i++) {
        const scaled = omega * x[i];
        for (let j = 0; j <= i; j++) gram[i * n + j] += scaled * x[j];
      }
    }
    // The contrasts sum to 0, so that the direction of all ones is free: filled in, at the size of the others.
    let trace = 0;
    for (let i = 0; i < n; i++) trace += gram[i * n + i];
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) gram[i * n + j] += trace / (n * n);
    this.inverse = invertCholesky(factorCholesky(gram, n));
  }

  /**
   * @param odd - o(S) of each pair; pairs × outputs
   * @param difference - v(N) − v(∅) of each output
   */
  solve(odd: Float64Array, difference: Float64Array): GameEstimate {
    const n = this.sampler.numPlayers;
    const outputs = difference.length;
    const values = new Float64Array(n * outputs);
    const variances = new Float64Array(n * outputs);
    let misfit = 0;
    for (let output = 0; output < outputs; output++) {
      const own = this.solveOne(odd, difference[output] / 2, output, outputs);
      for (let i = 0; i < n; i++) {
        values[i * outputs + output] = 2 * own.effects[i];
        variances[i * outputs + output] = 4 * own.variances[i];
      }
      misfit = Math.max(misfit, own.misfit);
    }
    return { values, variances, misfit };
  }

  /** The values alone. */
  solveValues(odd: Float64Array, difference: Float64Array): Float64Array {
    const n = this.sampler.numPlayers;
    const outputs = difference.length;
    const values = new Float64Array(n * outputs);
    for (let output = 0; output < outputs; output++) {
      const half = difference[output] / 2;
      this.fitContrasts(odd, half, output, outputs).forEach((effect, i) => (values[i * outputs + output] = 2 * (effect + half / n)));
    }
    return values;
  }

  private solveOne(
    odd: Float64Array,
    half: number,
    output: number,
    outputs: number,
  ): { effects: Float64Array; variances: Float64Array; misfit: number } {
    const n = this.sampler.numPlayers;
    const effects = this.fitContrasts(odd, half, output, outputs);
    const { variances, misfit } = this.spread(odd, half, output, outputs, effects);
    for (let i = 0; i < n; i++) effects[i] += half / n;
    return { effects, variances, misfit };
  }

  /** Effects of sum 0. */
  private fitContrasts(odd: Float64Array, half: number, output: number, outputs: number): Float64Array {
    const { numPlayers: n, sizes } = this.sampler;
    const x = new Float64Array(n);
    const moments = new Float64Array(n);
    for (let pair = 0; pair < this.numPairs; pair++) {
      const k = sizes[pair];
      const scaled = this.weight[k] * (odd[pair * outputs + output] - (half * (2 * k - n)) / n);
      this.contrast(pair, x);
      for (let i = 0; i < n; i++) moments[i] += scaled * x[i];
    }
    const effects = multiplySymmetric(this.inverse, moments);
    const center = effects.reduce((sum, effect) => sum + effect, 0) / n;
    for (let i = 0; i < n; i++) effects[i] -= center;
    return effects;
  }

  private spread(
    odd: Float64Array,
    half: number,
    output: number,
    outputs: number,
    effects: Float64Array,
  ): { variances: Float64Array; misfit: number } {
    const { numPlayers: n, sizes } = this.sampler;
    const x = new Float64Array(n);
    const variances = new Float64Array(n);
    let worst = 0;
    let largest = Math.abs(half);
    for (let pair = 0; pair < this.numPairs; pair++) {
      const k = sizes[pair];
      const value = odd[pair * outputs + output];
      this.contrast(pair, x);
      let fitted = (half * (2 * k - n)) / n;
      for (let i = 0; i < n; i++) fitted += effects[i] * x[i];
      const residual = value - fitted;
      worst = Math.max(worst, Math.abs(residual));
      largest = Math.max(largest, Math.abs(value));
      if (this.share[k] >= 1) continue;
      const reach = multiplySymmetric(this.inverse, x);
      let leverage = 0;
      for (let i = 0; i < n; i++) leverage += reach[i] * x[i];
      leverage *= this.weight[k];
      // What the fit took from a pair's own residual is given back: HC2 of MacKinnon and White (1985).
      const scaled = this.weight[k] * residual;
      const factor = ((1 - this.share[k]) * scaled * scaled) / Math.max(1 - leverage, LEAST_REMAINDER);
      for (let i = 0; i < n; i++) variances[i] += factor * reach[i] * reach[i];
    }
    return { variances, misfit: largest === 0 ? 0 : worst / largest };
  }

  /** ±1 for each player, less their mean. */
  private contrast(pair: number, x: Float64Array): void {
    const { numPlayers: n, words, masks, sizes } = this.sampler;
    const mean = (2 * sizes[pair] - n) / n;
    for (let i = 0; i < n; i++) x[i] = (hasPlayer(masks, pair * words, i) ? 1 : -1) - mean;
  }
}

function multiplySymmetric(matrix: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * x[j];
    out[i] = sum;
  }
  return out;
}
