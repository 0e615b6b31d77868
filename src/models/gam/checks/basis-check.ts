import { describeReceived, InputError, refuseUnknownOptions } from "../../../errors.ts";
import { createRandom, shuffle } from "../../../numeric/index.ts";
import type { Random } from "../../../numeric/index.ts";
import type { Table } from "../../../table/index.ts";
import { residualsOf } from "../../glm/diagnostics/residuals.ts";
import { trainingOf } from "../../glm/diagnostics/training.ts";
import type { GamFit } from "../gam-fit.ts";
import { findSmooth } from "../smooth-grid.ts";
import type { FoundSmooth } from "../smooth-grid.ts";
import { neighbourPairs } from "./neighbour-pairs.ts";

/** How bases are checked. */
export interface BasisCheckOptions {
  /** How often residuals are shuffled for the p-values. @defaultValue 400 */
  readonly shuffles?: number;
  /** Of more rows than so many a random sample is looked at. @defaultValue 5000 */
  readonly mostRows?: number;
  /** The same seed gives the same p-values. @defaultValue 1 */
  readonly seed?: number;
}

/** Whether a smooth has functions enough to follow the data. */
export interface BasisCheck {
  /** Of the smooth. */
  readonly label: string;
  /** The most degrees of freedom that it could have: mgcv's k'. */
  readonly largestDegreesOfFreedom: number;
  readonly effectiveDegreesOfFreedom: number;
  /** Variance between residuals that are neighbours along the covariates, as a share of that of all: well below 1 where a pattern is left. */
  readonly kIndex: number;
  /** Share of shuffled residuals with a lower index: small where the pattern is more than chance. */
  readonly pValue: number;
  /** What to do, in words; null where nothing needs to be done. */
  readonly advice: string | null;
}

const call = "GamModel.checkBases";
const SHUFFLES = 400;
const MOST_ROWS = 5000;
const DOUBTFUL = 0.05;
/** A smooth that uses this share of its functions may want for more. */
const NEARLY_ALL = 0.8;

/**
 * Looks along each smooth of numbers for a pattern that its basis is too small to follow. Smooths of levels have nothing to look along.
 *
 * @see Wood (2017), Generalized Additive Models, 2nd edition, doi:10.1201/9781315370279, section 5.9
 */
export function checkBases(fit: GamFit, options: BasisCheckOptions): BasisCheck[] {
  const { shuffles, mostRows, seed } = readOptions(options);
  const { table } = trainingOf(call, fit);
  const residuals = residualsOf(fit, "deviance", call);
  return fit.smooths.flatMap(({ label }) => {
    const smooth = findSmooth(call, fit, label);
    const { covariates } = smooth;
    if (covariates.length === 0 || covariates.some(({ kind }) => kind !== "numeric")) return [];
    // Each smooth has a source of its own, so that its p-value does not hang on those before it.
    const random = createRandom(seed);
    const rows = sampleRows(rowsOf(table, smooth), mostRows, random);
    if (rows.length < 4) return [];
    const pairs = neighbourPairs(
      covariates.map(({ name }) => takeNumbers(table, name, rows)),
      smooth.variable.margins.length > 1,
    );
    const own = Float64Array.from(rows, (row) => residuals[row]);
    return [describe(smooth, compareNeighbours(own, pairs, shuffles, random))];
  });
}

function readOptions(options: BasisCheckOptions): Required<BasisCheckOptions> {
  refuseUnknownOptions(call, options, ["shuffles", "mostRows", "seed"]);
  const { shuffles = SHUFFLES, mostRows = MOST_ROWS, seed = 1 } = options;
  const check = (argument: string, value: number, least: number, most: number): void => {
    if (Number.isSafeInteger(value) && value >= least && value <= most) return;
    const expected = `a whole number from ${least} to ${most}`;
    throw new InputError({ call, argument, expected, received: describeReceived(value), mend: "Leave it out for its default." });
  };
  check("shuffles", shuffles, 1, 1_000_000);
  check("mostRows", mostRows, 4, 20_000);
  check("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  return { shuffles, mostRows, seed };
}

/** The rows in which a smooth counts: those of its level. */
function rowsOf(table: Table, { variable: { by } }: FoundSmooth): Int32Array {
  const all = Int32Array.from({ length: table.numRows }, (_, row) => row);
  const column = by && table.has(by.expression) ? table.column(by.expression) : null;
  if (by === null || column?.kind !== "categorical") return all;
  const code = column.levels.indexOf(by.levels[by.level]);
  return all.filter((row) => column.codes[row] === code);
}

/** So many of the rows at most, in a random order: rows of equal covariates must not be neighbours because they came together. */
function sampleRows(rows: Int32Array, most: number, random: Random): Int32Array {
  const count = Math.min(rows.length, most);
  for (let k = 0; k < count; k++) {
    const other = k + random.integer(rows.length - k);
    [rows[k], rows[other]] = [rows[other], rows[k]];
  }
  return rows.subarray(0, count);
}

function takeNumbers(table: Table, name: string, rows: Int32Array): Float64Array {
  const column = table.column(name);
  if (column.kind !== "numeric") throw new Error("unreachable: the covariates are numbers");
  return Float64Array.from(rows, (row) => column.values[row]);
}

/** Mean of half the squared differences of neighbours, beside the mean square, and how often shuffled residuals have a smaller one. */
function compareNeighbours(
  residuals: Float64Array,
  pairs: Int32Array,
  shuffles: number,
  random: Random,
): Pick<BasisCheck, "kIndex" | "pValue"> {
  const total = residuals.reduce((sum, value) => sum + value * value, 0) / residuals.length;
  const observed = halfSquares(residuals, pairs);
  const shuffled = residuals.slice();
  let below = 0;
  for (let round = 0; round < shuffles; round++) {
    shuffle(shuffled, random);
    if (halfSquares(shuffled, pairs) < observed) below++;
  }
  // Of a perfect fit nothing is left to have a pattern.
  return total > 0 ? { kIndex: observed / total, pValue: below / shuffles } : { kIndex: 1, pValue: 1 };
}

function halfSquares(residuals: Float64Array, pairs: Int32Array): number {
  let sum = 0;
  for (let at = 0; at < pairs.length; at += 2) sum += (residuals[pairs[at]] - residuals[pairs[at + 1]]) ** 2;
  return sum / pairs.length;
}

function describe(smooth: FoundSmooth, found: Pick<BasisCheck, "kIndex" | "pValue">): BasisCheck {
  const { label, size, effectiveDegreesOfFreedom } = smooth;
  return { label, largestDegreesOfFreedom: size, effectiveDegreesOfFreedom, ...found, advice: adviseOn(smooth, found) };
}

function adviseOn(
  { label, size, effectiveDegreesOfFreedom, covariates }: FoundSmooth,
  { kIndex, pValue }: Pick<BasisCheck, "kIndex" | "pValue">,
): string | null {
  if (!(pValue < DOUBTFUL && kIndex < 1)) return null;
  const names = covariates.map(({ name, description }) => description.label ?? name).join(" and ");
  const pattern = `The residuals still have a pattern along ${names} (k-index ${kIndex.toFixed(2)}, p ${pValue === 0 ? "below the shuffles' reach" : `= ${pValue.toPrecision(2)}`})`;
  if (effectiveDegreesOfFreedom > NEARLY_ALL * size) {
    return `${pattern}, and ${label} uses ${effectiveDegreesOfFreedom.toFixed(1)} of its ${size} degrees of freedom: fit again with a k about twice as large.`;
  }
  return `${pattern}, though ${label} has degrees of freedom to spare: look for something that the model lacks, such as an interaction, a jump, or rows that depend on each other.`;
}
