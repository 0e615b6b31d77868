import { InputError } from "../../../errors.ts";
import type { Warning } from "../../../errors.ts";
import { PlaceGrid } from "../../../numeric/index.ts";
import { toTable } from "../../../table/index.ts";
import type { Table, TableLike } from "../../../table/index.ts";
import type { GamFit } from "../gam-fit.ts";
import { findSmooth } from "../smooth-grid.ts";
import type { FoundSmooth } from "../smooth-grid.ts";

/** Rows about which the training rows say little. */
export interface RangeCheck {
  /** 1 for each row in which a number lies outside its training range, or a place far from all training places of a smooth of several numbers. */
  readonly isOutside: Uint8Array;
  readonly numOutside: number;
  /** By name, with the columns and terms. */
  readonly warnings: readonly Warning[];
}

const call = "GamModel.checkRange";
/** A place is far from the training places when none is so near, in shares of the range of each number. */
const FAR = 0.1;

/**
 * Which rows lie outside of what the model was fitted to: there its curves are continued, not known.
 *
 * @see Wood (2017), Generalized Additive Models, 2nd edition, doi:10.1201/9781315370279, section 7.2 (places too far from data)
 */
export function checkRange(fit: GamFit, data: TableLike): RangeCheck {
  const table = toTable(data, call);
  const isOutside = new Uint8Array(table.numRows);
  const warnings: Warning[] = [];
  for (const { name, kind, range, description } of fit.recipe.inputs) {
    if (kind !== "numeric" || range === null) continue;
    const values = numbersOf(table, name);
    const [low, high] = range;
    const count = mark(isOutside, (row) => values[row] < low || values[row] > high);
    if (count === 0) continue;
    const message = `${count} of ${table.numRows} rows have ${description.label ?? name} outside of ${shorten(low)} to ${shorten(high)}, where the model was fitted: their predictions continue its curves and are not backed by data.`;
    warnings.push({ name: "outsideTrainingRange", message, subjects: [name] });
  }
  const training = fit.training?.table ?? null;
  for (const { label } of training ? fit.smooths : []) {
    const smooth = findSmooth(call, fit, label);
    const far = training && farFromAll(smooth, training, table);
    const count = far === null ? 0 : mark(isOutside, far);
    if (count === 0) continue;
    const message = `${count} of ${table.numRows} rows lie far from all rows that ${label} was fitted to, though each number alone is within its range.`;
    warnings.push({ name: "farFromTraining", message, subjects: [label] });
  }
  return { isOutside, numOutside: isOutside.reduce((sum, flag) => sum + flag, 0), warnings };
}

/** @returns how many rows */
function mark(isOutside: Uint8Array, test: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < isOutside.length; row++) {
    if (!test(row)) continue;
    isOutside[row] = 1;
    count++;
  }
  return count;
}

/** Tells rows that are within each range of a smooth of several numbers, but near none of its training rows; null for other smooths. */
function farFromAll({ covariates }: FoundSmooth, training: Table, table: Table): ((row: number) => boolean) | null {
  const numbers = covariates.filter(({ kind, range }) => kind === "numeric" && range !== null && range[0] < range[1]);
  if (numbers.length < 2) return null;
  const axes = numbers.map(({ name, range }) => ({ own: numbersOf(training, name), values: numbersOf(table, name), range: range! }));
  const places = new PlaceGrid(
    axes.map(({ own, range: [low, high] }) => own.map((value) => (value - low) / (high - low))),
    FAR,
  );
  const place = new Float64Array(axes.length);
  return (row) => {
    for (const [k, { values, range }] of axes.entries()) {
      place[k] = (values[row] - range[0]) / (range[1] - range[0]);
      if (!(place[k] >= 0 && place[k] <= 1)) return false;
    }
    return !places.hasNear(place);
  };
}

function numbersOf(table: Table, name: string): Float64Array {
  const column = table.has(name) ? table.column(name) : undefined;
  if (column?.kind === "numeric") return column.values;
  throw new InputError({
    call,
    argument: "data",
    expected: `a table with the numeric column ${JSON.stringify(name)} that the model was fitted to`,
    received: column === undefined ? "none of this name" : "a categorical one",
    mend: "Give the columns of the training data.",
  });
}

function shorten(value: number): string {
  return String(Number(value.toPrecision(4)));
}
