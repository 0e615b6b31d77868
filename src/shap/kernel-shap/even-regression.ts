import { factorCholesky, invertCholesky } from "../../numeric/index.ts";
import { countSubsets, hasPlayer } from "./coalition-bits.ts";
import type { PairSampler } from "./pair-sampler.ts";

/** Interaction indices of one game: pairs × outputs, in the order (1,0) (2,0) (2,1) (3,0) … */
export interface PairEstimate {
  readonly values: Float64Array;
  readonly variances: Float64Array;
}

/** Share of its own residual that a coalition keeps at least. */
const LEAST_REMAINDER = 0.05;

/**
 * Shapley interaction indices of all pairs of players from even parts e(S) = (v(S) + v(S̄)) / 2, on which alone they depend: a regression on
 * products of two, and for what it leaves the mean that the index is made of, over the coalitions drawn, each by its share of its stratum.
 * Unbiased but for the regression's own dependence on the draw; exact once all coalitions are drawn, or when no interaction is of four or more.
 *
 * @see Grabisch and Roubens (1999), doi:10.1007/s001820050125 (the index); Fumagalli et al. (2023), arXiv:2303.01179 (its sampling);
 * Särndal, Swensson and Wretman (1992), chapter 6 (regression and weighted residuals); docs/maths/kernel-shap.md
 */
export class EvenRegression {
  private readonly sampler: PairSampler;
  private readonly numPairs: number;
  private readonly size: number;
  private readonly share: Float64Array;
  private readonly weight: Float64Array;
  private readonly inverse: Float64Array;

  constructor(sampler: PairSampler, numPairs: number) {
    this.sampler = sampler;
    this.numPairs = numPairs;
    const n = sampler.numPlayers;
    this.size = (n * (n - 1)) / 2;
    ({ share: this.share, weight: this.weight } = sampler.weigh(numPairs));
    const gram = new Float64Array(this.size * this.size);
    const x = new Float64Array(this.size);
    for (let pair = 0; pair < numPairs; pair++) {
      this.products(pair, x);
      for (let i = 0; i < x.length; i++) {
        if (x[i] === 0) continue;
        // Products less 1 are 0 or -2, so that only like ones meet.
        const scaled = this.weight[sampler.sizes[pair]] * x[i];
        for (let j = 0; j <= i; j++) gram[i * x.length + j] += scaled * x[j];
      }
    }
    this.inverse = invertCholesky(factorCholesky(gram, this.size));
  }

  /**
   * @param even - e(S) of each drawn coalition; numPairs × outputs
   * @param ends - (v(N) + v(∅)) / 2 of each output
   */
  solve(even: Float64Array, ends: Float64Array): PairEstimate {
    const outputs = ends.length;
    const values = new Float64Array(this.size * outputs);
    const variances = new Float64Array(this.size * outputs);
    for (let output = 0; output < outputs; output++) {
      const own = Float64Array.from({ length: this.numPairs }, (_, pair) => even[pair * outputs + output] - ends[output]);
      const { coefficients, residuals, leverages } = this.fit(own);
      const rest = this.weighResiduals(residuals, leverages);
      for (let i = 0; i < this.size; i++) {
        values[i * outputs + output] = 4 * coefficients[i] + rest.values[i];
        variances[i * outputs + output] = rest.variances[i];
      }
    }
    return { values, variances };
  }

  private fit(even: Float64Array): { coefficients: Float64Array; residuals: Float64Array; leverages: Float64Array } {
    const { size, inverse } = this;
    const x = new Float64Array(size);
    const moments = new Float64Array(size);
    for (let pair = 0; pair < this.numPairs; pair++) {
      this.products(pair, x);
      const scaled = this.weight[this.sampler.sizes[pair]] * even[pair];
      for (let i = 0; i < size; i++) moments[i] += scaled * x[i];
    }
    const coefficients = multiply(inverse, moments);
    const residuals = new Float64Array(this.numPairs);
    const leverages = new Float64Array(this.numPairs);
    for (let pair = 0; pair < this.numPairs; pair++) {
      this.products(pair, x);
      const reach = multiply(inverse, x);
      residuals[pair] = even[pair];
      for (let i = 0; i < size; i++) {
        residuals[pair] -= coefficients[i] * x[i];
        leverages[pair] += this.weight[this.sampler.sizes[pair]] * reach[i] * x[i];
      }
    }
    return { coefficients, residuals, leverages };
  }

  /** Σ over all coalitions of factor × residual, by those drawn, and its sampling variance stratum by stratum. */
  private weighResiduals(residuals: Float64Array, leverages: Float64Array): PairEstimate {
    const { numPlayers: n, sizes } = this.sampler;
    const values = new Float64Array(this.size);
    const variances = new Float64Array(this.size);
    for (let size = 1; size <= n >> 1; size++) {
      const drawn = [...residuals.keys()].filter((pair) => sizes[pair] === size);
      if (drawn.length === 0) continue;
      const factors = factorsOf(n, size);
      const scale = 1 / this.share[size];
      let place = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++, place++) {
          let [sum, squares] = [0, 0];
          for (const pair of drawn) {
            const factor = factors[this.countOf(pair, i) + this.countOf(pair, j)] * residuals[pair];
            sum += factor;
            squares += factor ** 2 / Math.max(1 - leverages[pair], LEAST_REMAINDER);
          }
          values[place] += scale * sum;
          const spread = drawn.length > 1 ? Math.max(0, squares - sum ** 2 / drawn.length) * (drawn.length / (drawn.length - 1)) : squares;
          variances[place] += scale ** 2 * Math.max(0, 1 - this.share[size]) * spread;
        }
      }
    }
    return { values, variances };
  }

  private countOf(pair: number, player: number): number {
    return hasPlayer(this.sampler.masks, pair * this.sampler.words, player) ? 1 : 0;
  }

  /** Products of two less 1, which is what they are at the empty and the full coalition. */
  private products(pair: number, x: Float64Array): void {
    const n = this.sampler.numPlayers;
    let place = 0;
    for (let i = 0; i < n; i++) {
      const own = this.countOf(pair, i);
      for (let j = 0; j < i; j++) x[place++] = own === this.countOf(pair, j) ? 0 : -2;
    }
  }
}

/**
 * The factor of a coalition of `size` and its complement together in the index of a pair, by how many of the pair are in it:
 * ± s! (n − 2 − s)! / (n − 1)!, s the number of others.
 */
function factorsOf(n: number, size: number): readonly number[] {
  const own = (others: number): number => (others < 0 || others > n - 2 ? 0 : 1 / ((n - 1) * countSubsets(n - 2, others)));
  const both = (inside: number): number => {
    const sign = inside === 1 ? -1 : 1;
    return sign * (own(size - inside) + own(n - size - (2 - inside)));
  };
  return [both(0), both(1), both(2)];
}

function multiply(matrix: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * x[j];
    out[i] = sum;
  }
  return out;
}
