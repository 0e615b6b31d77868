import { InputError } from "../errors.ts";
import type { Table } from "../table/index.ts";
import type { AttributionIndex } from "./attribution-indexes.ts";
import type { BackgroundSummary, ExplainedFeature, Explanation } from "./explanation.ts";
import { InteractionExplanation } from "./interaction-explanation.ts";

/** Bytes that the values of one explanation may take. */
const MOST_BYTES = 2 ** 30;

/** Two features and how strongly they interact. */
export interface RankedPair {
  readonly features: readonly [string, string];
  /** Mean over the rows of the absolute interaction, both halves together. */
  readonly meanAbsolute: number;
}

/** What {@link PairInteractions} holds. */
export interface PairInteractionParts {
  readonly explanation: Explanation;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly values: Float64Array;
}

/**
 * Interactions of those pairs of features alone that a model can make interact: all others are exactly 0.
 * `values` hold a pair's whole interaction (in {@link InteractionExplanation} each of its two cells has half of it), so that for each row and output
 * `feature's value = main effect + half of the interactions of its pairs`, and of Shapley values
 * `prediction = base value + sum of main effects + sum of interactions`.
 *
 * @see Grabisch & Roubens (1999), doi:10.1007/s001820050125; Lundberg, Erion and Lee (2018), arXiv:1802.03888, section 4
 */
export class PairInteractions {
  /** The features' own values, in which each interaction counts half with either feature. */
  readonly explanation: Explanation;
  /** The positions of the first feature of each pair in `features`: below the second's; pairs ascend. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** numRows × numPairs × numOutputs, row-major. */
  readonly values: Float64Array;

  constructor(parts: PairInteractionParts) {
    this.explanation = parts.explanation;
    this.first = parts.first;
    this.second = parts.second;
    this.values = parts.values;
  }

  get numRows(): number {
    return this.explanation.numRows;
  }

  get numPairs(): number {
    return this.first.length;
  }

  get numOutputs(): number {
    return this.explanation.numOutputs;
  }

  get features(): readonly ExplainedFeature[] {
    return this.explanation.features;
  }

  get data(): Table {
    return this.explanation.data;
  }

  get index(): AttributionIndex {
    return this.explanation.index;
  }

  get background(): BackgroundSummary | null {
    return this.explanation.background;
  }

  /** The names of the two features of each pair. */
  get pairNames(): [string, string][] {
    const { features } = this;
    return Array.from(this.first, (i, pair): [string, string] => [features[i].name, features[this.second[pair]].name]);
  }

  /** The whole interaction of two different features, whichever comes first; 0 for a pair that never meets. */
  value(row: number, feature: number, other: number, output = 0): number {
    const pair = this.find(Math.min(feature, other), Math.max(feature, other));
    return pair < 0 ? 0 : this.values[(row * this.numPairs + pair) * this.numOutputs + output];
  }

  /** What each feature does alone: numRows × numFeatures × numOutputs, row-major. */
  mainEffects(): Float64Array {
    const { numRows, numPairs, numOutputs: k, first, second, values } = this;
    const { numFeatures: p } = this.explanation;
    const effects = this.explanation.values.slice();
    for (let row = 0; row < numRows; row++) {
      for (let pair = 0; pair < numPairs; pair++) {
        for (let output = 0; output < k; output++) {
          const half = values[(row * numPairs + pair) * k + output] / 2;
          effects[(row * p + first[pair]) * k + output] -= half;
          effects[(row * p + second[pair]) * k + output] -= half;
        }
      }
    }
    return effects;
  }

  /** The `top` pairs with the largest mean absolute interaction, strongest first. */
  importance(top: number = this.numPairs, output = 0): RankedPair[] {
    const { numRows, numPairs, numOutputs } = this;
    const sums = new Float64Array(numPairs);
    for (let row = 0; row < numRows; row++) {
      for (let pair = 0; pair < numPairs; pair++) sums[pair] += Math.abs(this.values[(row * numPairs + pair) * numOutputs + output]);
    }
    const means = sums.map((sum) => sum / numRows);
    return rankPairs(means, this.first, this.second, (feature) => this.features[feature].name, top);
  }

  /**
   * All pairs, also those that never meet, as one matrix a row and output.
   * @throws InputError where that would take more than 1 GiB
   */
  dense(): InteractionExplanation {
    const { explanation, numRows, numPairs, first, second } = this;
    const { numFeatures: p, numOutputs: k, baseValues, predictions } = explanation;
    checkDenseSize("PairInteractions.dense", numRows, p, k, "Read the pairs as they are, or explain fewer rows at once.");
    const values = new Float64Array(numRows * p * p * k);
    const effects = this.mainEffects();
    for (let row = 0; row < numRows; row++) {
      const start = row * p * p;
      for (let output = 0; output < k; output++) {
        for (let j = 0; j < p; j++) values[(start + j * p + j) * k + output] = effects[(row * p + j) * k + output];
        for (let pair = 0; pair < numPairs; pair++) {
          const half = this.values[(row * numPairs + pair) * k + output] / 2;
          values[(start + first[pair] * p + second[pair]) * k + output] = half;
          values[(start + second[pair] * p + first[pair]) * k + output] = half;
        }
      }
    }
    const { data, features, outputNames, scale, units, method, index, background, warnings } = explanation;
    const found = { values, baseValues, predictions, data, features, outputNames };
    return new InteractionExplanation({ ...found, scale, units, method, index, background, warnings });
  }

  /** The place of the pair i < j, or -1. */
  private find(i: number, j: number): number {
    let [low, high] = [0, this.numPairs - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = this.first[middle] - i || this.second[middle] - j;
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** The pairs with the largest means, strongest first; equal ones keep their order. */
export function rankPairs(
  means: Float64Array,
  first: Int32Array,
  second: Int32Array,
  nameOf: (feature: number) => string,
  top: number,
): RankedPair[] {
  return Array.from(means.keys())
    .sort((a, b) => means[b] - means[a] || a - b)
    .slice(0, top)
    .map((pair) => ({ features: [nameOf(first[pair]), nameOf(second[pair])], meanAbsolute: means[pair] }));
}

/** @throws InputError where one number for each row, pair of features and output would take more than 1 GiB */
export function checkDenseSize(call: string, numRows: number, numFeatures: number, numOutputs: number, mend: string): void {
  const bytes = numRows * numFeatures ** 2 * numOutputs * 8;
  if (bytes <= MOST_BYTES) return;
  throw new InputError({
    call,
    argument: "data",
    expected: "of so few rows that all pairs of features take at most 1 GiB",
    received: `${numRows} rows × ${numFeatures} × ${numFeatures} features${numOutputs > 1 ? ` × ${numOutputs} outputs` : ""}`,
    mend,
  });
}

/** @throws InputError where one number for each row, pair that meets and output would take more than 1 GiB */
export function checkPairsSize(call: string, numRows: number, numPairs: number, numOutputs: number): void {
  if (numRows * numPairs * numOutputs * 8 <= MOST_BYTES) return;
  throw new InputError({
    call,
    argument: "data",
    expected: "of so few rows that their interactions take at most 1 GiB",
    received: `${numRows} rows × ${numPairs} pairs${numOutputs > 1 ? ` × ${numOutputs} outputs` : ""}`,
    mend: "Explain fewer rows at once, or use rankInteractions, which takes any number of rows.",
  });
}
