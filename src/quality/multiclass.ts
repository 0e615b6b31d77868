import { areaOfGroups } from "./area-under-roc.ts";
import { checkMulticlass } from "./checks.ts";
import { estimateShare, type Share } from "./confusion.ts";
import type { Estimate } from "./interval.ts";
import { estimateLoss } from "./mean-loss.ts";
import { boundLoss, warnOfCertainMisses, type LogLoss } from "./probability-losses.ts";
import { groupByScore } from "./score-groups.ts";
import { sum } from "./sum.ts";

/** How one class fares against the rest. */
export interface ClassQuality {
  /** The class's position among the outputs. */
  readonly index: number;
  /** Rows that are of this class. */
  readonly numRows: number;
  /** Rows that are predicted to be of this class. */
  readonly numPredicted: number;
  /** Share of its rows that are predicted so; null when it has no row. */
  readonly recall: Share | null;
  /** Share of the rows predicted so that are of this class; null when none is. */
  readonly precision: Share | null;
  /** Area under the ROC curve of this class against the rest; null when it has no row. */
  readonly areaUnderRoc: Estimate | null;
}

/** How well classes are told apart. */
export interface ClassMeasures {
  /** Share of rows whose most probable class (the first of equals) is the right one. */
  readonly accuracy: Share;
  /** The share of the most frequent class: the accuracy of always naming it. */
  readonly baselineAccuracy: number;
  /** Its baseline gives every row the shares of the classes. */
  readonly logLoss: LogLoss;
  /** Mean of the one-against-the-rest areas of the classes that have rows, each class counting the same. */
  readonly macroAreaUnderRoc: number;
  readonly classes: readonly ClassQuality[];
  /** Rows by true class (first index) and predicted class (second index). */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Measures predictions of one of several classes.
 *
 * @param response - the class of each row, from 0 to `numOutputs − 1`.
 * @param predictions - probabilities, numRows × numOutputs, row-major; each row sums to 1 (but for rounding to two decimals).
 * @throws InputError on arrays of other lengths, other values, or a response of one class.
 * @see Fawcett (2006), section 9, doi:10.1016/j.patrec.2005.10.010 (each class against the rest).
 */
export function measureClasses(response: Float64Array, predictions: Float64Array, numOutputs: number): ClassMeasures {
  checkMulticlass("measureClasses", response, predictions, numOutputs);
  const numRows = response.length;
  const confusion = Array.from({ length: numOutputs }, () => Array.from({ length: numOutputs }, () => 0));
  response.forEach((actual, row) => confusion[actual][mostProbable(predictions, row, numOutputs)]++);
  const rowsOf = confusion.map((row) => row.reduce((total, count) => total + count, 0));
  const classes = rowsOf.map((_, index) => measureClass(response, predictions, confusion, index));
  const areas = Float64Array.from(classes.flatMap(({ areaUnderRoc }) => (areaUnderRoc ? [areaUnderRoc.value] : [])));
  const hits = confusion.reduce((total, row, index) => total + row[index], 0);
  const losses = response.map((actual, row) => boundLoss(-Math.log(predictions[row * numOutputs + actual])));
  const baselineLosses = response.map((actual) => -Math.log(rowsOf[actual] / numRows));
  return {
    accuracy: estimateShare(hits, numRows),
    baselineAccuracy: Math.max(...rowsOf) / numRows,
    logLoss: { ...estimateLoss(losses, baselineLosses), warnings: warnOfCertainMisses(losses) },
    macroAreaUnderRoc: sum(areas) / areas.length,
    classes,
    confusion,
  };
}

function measureClass(response: Float64Array, predictions: Float64Array, confusion: readonly number[][], index: number): ClassQuality {
  const numOutputs = confusion.length;
  const hits = confusion[index][index];
  const numRows = confusion[index].reduce((total, count) => total + count, 0);
  const numPredicted = confusion.reduce((total, row) => total + row[index], 0);
  const isClass = response.map((actual) => (actual === index ? 1 : 0));
  const probability = response.map((_, row) => predictions[row * numOutputs + index]);
  return {
    index,
    numRows,
    numPredicted,
    recall: numRows === 0 ? null : estimateShare(hits, numRows),
    precision: numPredicted === 0 ? null : estimateShare(hits, numPredicted),
    areaUnderRoc: numRows === 0 ? null : areaOfGroups(groupByScore(isClass, probability)),
  };
}

function mostProbable(predictions: Float64Array, row: number, numOutputs: number): number {
  let best = 0;
  for (let k = 1; k < numOutputs; k++) {
    if (predictions[row * numOutputs + k] > predictions[row * numOutputs + best]) best = k;
  }
  return best;
}
