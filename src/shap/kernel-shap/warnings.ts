import { listNames, type Warning } from "../../errors.ts";
import type { ModelRunner } from "./model-runner.ts";
import type { RowState } from "./row-state.ts";
import type { Settings } from "./settings.ts";
import type { Tolerance } from "./tolerance.ts";

/** A model whose answers to the same row differ by more than rounding does not repeat itself. */
const NOISE = 1e-6;
/** Milliseconds a row above which a model is slow: 50,000 rows are then a quarter of an hour. */
const SLOW = 20;
/** Background rows above which their error is far below that of most samples of coalitions. */
const LARGE = 1000;
/** Share of rows far from the data above which the values speak of rows that do not occur: six times what data have. */
const MANY_FAR = 0.3;

/** What the background cannot tell. */
export function warnOfData({ background, backgroundSample, draws }: Settings, farRows: number | null): Warning[] {
  if (background.numRows === 1) {
    const message =
      "The background is a single row: contributions compare with that row alone, and their error as an average cannot be told.";
    return [{ name: "one-row-background", message }];
  }
  const warnings: Warning[] = [];
  if (background.numRows > LARGE && backgroundSample === null && draws === 0) {
    const message = `Each coalition is asked of ${background.numRows.toLocaleString("en")} background rows: a backgroundSample of some hundred is nearly as good.`;
    warnings.push({ name: "large-background", message });
  }
  const constant = background.columns
    .filter((column) => {
      const cells = column.kind === "numeric" ? column.values : column.codes;
      return cells.every((cell) => Object.is(cell, cells[0]));
    })
    .map(({ name }) => name);
  if (constant.length > 0) {
    const message = `The background has one value only of ${listNames(constant)}: rows with another value are such as the background never had.`;
    warnings.push({ name: "constant-columns", message, subjects: constant });
  }
  if (farRows !== null && farRows > MANY_FAR) {
    const percent = `${Math.round(100 * farRows)} %`;
    const message = `${percent} of the rows that the model was asked about are farther from the data than 95 % of the data are: columns that go together are taken apart. Put them in groups, or use absentFeatures: "nearestNeighbours".`;
    warnings.push({ name: "rows-far-from-data", message });
  }
  return warnings;
}

/** What the model did that estimates, or those who wait, suffer from. */
export function warnOfModel(noise: number, { milliseconds, rowsSent, options }: ModelRunner): Warning[] {
  const warnings: Warning[] = [];
  if (noise > NOISE) {
    const percent = `${(100 * noise).toPrecision(2)} %`;
    const message = `The model answers differently when it is asked again about the same row, by up to ${percent} of the spread of its answers: values carry this noise.`;
    warnings.push({ name: "noisy-model", message });
  }
  if (milliseconds > SLOW * rowsSent) {
    const each = (milliseconds / rowsSent).toPrecision(2);
    const more = options.concurrency === 1 ? ", or more concurrency if the model can answer several calls at once" : "";
    warnings.push({
      name: "slow-model",
      message: `The model took ${each} ms a row: a tolerance or a backgroundSample makes it fewer rows${more}.`,
    });
  }
  return warnings;
}

/** Rows whose errors stayed larger than was asked. */
export function warnOfErrors(
  tolerance: Tolerance | null,
  budget: number,
  states: readonly Pick<RowState, "row" | "isDone" | "excess">[],
): Warning[] {
  const missed = states.filter(({ isDone, excess }) => tolerance !== null && isDone && excess > 1).map(({ row }) => `row ${row}`);
  if (missed.length === 0) return [];
  const where = missed.length === 1 ? missed[0] : `${missed.length} rows`;
  const message = `The budget of ${budget} coalitions was spent before the tolerance was met, in ${where}.`;
  return [{ name: "tolerance-not-met", message, subjects: missed }];
}
