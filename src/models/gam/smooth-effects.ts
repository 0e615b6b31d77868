import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import { denseRows, pickEntries } from "../../numeric/index.ts";
import { applyDesign, Table } from "../../table/index.ts";
import type { Column } from "../../table/index.ts";
import { knownCovariance } from "../glm/covariance.ts";
import { zeroAliased } from "../glm/zero-aliased.ts";
import { checkBandOptions, makeBand } from "./effect-band.ts";
import type { Band, BandOptions } from "./effect-band.ts";
import type { GamFit } from "./gam-fit.ts";
import { atLevel, findSmooth, makeGrid } from "./smooth-grid.ts";
import type { FoundSmooth, GridOptions } from "./smooth-grid.ts";

/** How a smooth is told. */
export interface SmoothEffectOptions extends GridOptions, BandOptions {
  /** Standard errors with the uncertainty of the smoothing parameters. @defaultValue false */
  readonly unconditional?: boolean;
  /** Count the uncertainty of the model's overall mean too, which improves the coverage of nearly straight smooths. @defaultValue false */
  readonly withMean?: boolean;
}

/** How a derivative is told. */
export interface DerivativeOptions extends Omit<SmoothEffectOptions, "withMean"> {
  /** The first or the second derivative. @defaultValue 1 */
  readonly order?: 1 | 2;
  /** The covariate that the derivative is by. @defaultValue the first numeric one */
  readonly variable?: string;
}

/** How a difference is told. */
export interface DifferenceOptions extends Omit<SmoothEffectOptions, "withMean"> {
  /** Add the difference of all other terms that read the `by` column: the difference of predictions, not of centred smooths. @defaultValue false */
  readonly withMeans?: boolean;
}

/** A smooth, or something made of smooths, at points. */
export interface SmoothEffect extends Band {
  readonly label: string;
  /** The points: a row each, with the columns that the model reads; the last covariate changes fastest. */
  readonly data: Table;
  /** The columns that the smooth is a function of. */
  readonly covariates: readonly string[];
  /** The values of a numeric covariate where there is one alone; else null. */
  readonly x: Float64Array | null;
}

const GRID = ["points", "range", "at", "data"] as const;
const BAND = ["confidence", "simultaneous", "draws", "seed", "unconditional"] as const;

/** See `GamModel.smoothEffect`. */
export function smoothEffect(fit: GamFit, label: string, options: SmoothEffectOptions): SmoothEffect {
  const call = "GamModel.smoothEffect";
  refuseUnknownOptions(call, options, [...GRID, ...BAND, "withMean"]);
  checkBandOptions(call, options);
  const smooth = findSmooth(call, fit, label);
  const data = makeGrid(call, fit, smooth, options);
  const rows = designRows(call, fit, data);
  const isOwn = ownColumns(fit, [smooth]);
  const others = options.withMean ? fit.columnMeans : new Float64Array(isOwn.length);
  const used = rows.map((value, cell) => (isOwn[cell % isOwn.length] ? value : others[cell % isOwn.length]));
  const own = isOwn.length;
  const band = bandOf(call, fit, used, options);
  // The mean's uncertainty is counted, not the mean itself.
  const shift = options.withMean
    ? zeroAliased(fit.estimates).reduce((sum, value, j) => sum + (isOwn[j % own] ? 0 : value * others[j]), 0)
    : 0;
  return describe(smooth, label, data, shifted(band, -shift));
}

/** See `GamModel.smoothDerivative`. */
export function smoothDerivative(fit: GamFit, label: string, options: DerivativeOptions): SmoothEffect {
  const call = "GamModel.smoothDerivative";
  refuseUnknownOptions(call, options, [...GRID, ...BAND, "order", "variable"]);
  checkBandOptions(call, options);
  const smooth = findSmooth(call, fit, label);
  const { name, range } = findVariable(call, smooth, options.variable);
  const order = checkOrder(call, options.order);
  const data = makeGrid(call, fit, smooth, options);
  const [low, high] = range ?? [0, 1];
  const step = (order === 1 ? FIRST_STEP : SECOND_STEP) * (high - low || 1);
  const moved = (by: number): Float64Array => designRows(call, fit, moveColumn(data, name, { by, low, high, room: step }));
  const isOwn = ownColumns(fit, [smooth]);
  const [above, below] = [moved(step), moved(-step)];
  const middle = order === 2 ? moved(0) : null;
  const rows = above.map((value, cell) => {
    if (!isOwn[cell % isOwn.length]) return 0;
    return middle ? (value - 2 * middle[cell] + below[cell]) / step ** 2 : (value - below[cell]) / (2 * step);
  });
  return describe(
    smooth,
    `${order === 1 ? "d" : "d²"} ${smooth.label} / d ${name}${order === 1 ? "" : "²"}`,
    data,
    bandOf(call, fit, rows, options),
  );
}

/** Shares of the range over which the basis is differenced: its truncation and the rounding are then both some 1e-9 of the derivative. */
const FIRST_STEP = 1e-5;
const SECOND_STEP = 1e-4;

/** See `GamModel.smoothDifference`. */
export function smoothDifference(fit: GamFit, label: string, otherLabel: string, options: DifferenceOptions): SmoothEffect {
  const call = "GamModel.smoothDifference";
  refuseUnknownOptions(call, options, [...GRID, ...BAND, "withMeans"]);
  checkBandOptions(call, options);
  const [smooth, other] = [findSmooth(call, fit, label), findSmooth(call, fit, otherLabel)];
  checkAlike(call, smooth, other);
  const data = makeGrid(call, fit, smooth, options);
  const isOwn = ownColumns(fit, [smooth, other]);
  const [first, second] = [smooth, other].map((one) => designRows(call, fit, atLevel(call, data, fit, one)));
  const rows = first.map((value, cell) => (options.withMeans || isOwn[cell % isOwn.length] ? value - second[cell] : 0));
  return describe(smooth, `${smooth.label} − ${other.label}`, data, bandOf(call, fit, rows, options));
}

/** The rows of the design, points × p. */
function designRows(call: string, fit: GamFit, data: Table): Float64Array {
  const { matrix } = applyDesign(call, fit.recipe, data, { missing: "fail" });
  return denseRows(matrix, 0, matrix.numRows);
}

function ownColumns({ estimates }: GamFit, smooths: readonly FoundSmooth[]): Uint8Array {
  const isOwn = new Uint8Array(estimates.length);
  for (const { first, size } of smooths) isOwn.fill(1, first, first + size);
  return isOwn;
}

/** A band of combinations of the p coefficients; columns that are 0 in all of them are left out of the work. */
function bandOf(call: string, fit: GamFit, rows: Float64Array, options: BandOptions): Band {
  const covariance = knownCovariance(call, fit);
  const estimates = zeroAliased(fit.estimates);
  const p = estimates.length;
  const used = Array.from(estimates.keys()).filter((j) => {
    for (let cell = j; cell < rows.length; cell += p) if (rows[cell] !== 0) return true;
    return false;
  });
  const q = used.length;
  const numPoints = rows.length / p;
  return makeBand(
    {
      rows: Float64Array.from({ length: numPoints * q }, (_, cell) => rows[Math.floor(cell / q) * p + used[cell % q]]),
      coefficients: Float64Array.from(used, (j) => estimates[j]),
      covariance: pickEntries(covariance, p, used),
    },
    options,
  );
}

function describe({ covariates }: FoundSmooth, label: string, data: Table, band: Band): SmoothEffect {
  const [only] = covariates;
  const column = covariates.length === 1 ? data.column(only.name) : null;
  return { label, data, covariates: covariates.map(({ name }) => name), x: column?.kind === "numeric" ? column.values : null, ...band };
}

function shifted(band: Band, by: number): Band {
  if (by === 0) return band;
  const move = (values: Float64Array): Float64Array => values.map((value) => value + by);
  return { ...band, estimate: move(band.estimate), low: move(band.low), high: move(band.high) };
}

interface Move {
  readonly by: number;
  /** The training range, and how near to its ends the middle of a difference may come. */
  readonly low: number;
  readonly high: number;
  readonly room: number;
}

/** A table with one column moved; where that would leave the training range, the middle of the difference stays inside it. */
function moveColumn(table: Table, name: string, move: Move): Table {
  return Table.of(
    table.columns.map((column): Column => {
      if (column.name !== name || column.kind !== "numeric") return column;
      return { ...column, values: column.values.map((value) => insideOf(value, move) + move.by) };
    }),
  );
}

function insideOf(value: number, { low, high, room }: Move): number {
  if (value >= low && value < low + room) return low + room;
  return value <= high && value > high - room ? high - room : value;
}

function findVariable(call: string, { covariates, label }: FoundSmooth, wanted: string | undefined): FoundSmooth["covariates"][number] {
  const numeric = covariates.filter(({ kind }) => kind === "numeric");
  const found = wanted === undefined ? numeric[0] : numeric.find(({ name }) => name === wanted);
  if (found) return found;
  throw new InputError({
    call,
    argument: wanted === undefined ? "label" : "variable",
    expected: numeric.length > 0 ? `a number that ${label} reads (${listNames(numeric.map(({ name }) => name))})` : "a smooth of numbers",
    received: describeReceived(wanted ?? label),
    mend: "A derivative is by a number.",
  });
}

function checkOrder(call: string, order: unknown): 1 | 2 {
  if (order === undefined || order === 1) return 1;
  if (order === 2) return 2;
  throw new InputError({ call, argument: "order", expected: "1 or 2", received: describeReceived(order), mend: "Leave it out for 1." });
}

function checkAlike(call: string, smooth: FoundSmooth, other: FoundSmooth): void {
  if (smooth.label !== other.label && namesOf(smooth) === namesOf(other)) return;
  throw new InputError({
    call,
    argument: "other",
    expected: `another smooth of ${namesOf(smooth)}`,
    received: JSON.stringify(other.label),
    mend: "Compare the smooths of two levels, as s(x, by = factor) makes them.",
  });
}

function namesOf({ covariates }: FoundSmooth): string {
  return covariates.map(({ name }) => name).join(", ");
}
