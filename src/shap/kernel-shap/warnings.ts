import { listNames, type Warning } from "../../errors.ts";
import type { RowState } from "./row-state.ts";
import type { Settings } from "./settings.ts";

/** A model whose answers to the same row differ by more than rounding does not repeat itself. */
const NOISE = 1e-6;

/** What the background cannot tell. */
export function warnOfData({ background }: Settings): Warning[] {
  if (background.numRows === 1) {
    const message =
      "The background is a single row: contributions compare with that row alone, and their error as an average cannot be told.";
    return [{ name: "one-row-background", message }];
  }
  const constant = background.columns
    .filter((column) => {
      const cells = column.kind === "numeric" ? column.values : column.codes;
      return cells.every((cell) => Object.is(cell, cells[0]));
    })
    .map(({ name }) => name);
  if (constant.length === 0) return [];
  const message = `The background knows one value only of ${listNames(constant)}: any other value of it is a row such as the background never had.`;
  return [{ name: "constant-columns", message, subjects: constant }];
}

/** What the model did that estimates suffer from. */
export function warnOfModel(noise: number): Warning[] {
  if (!(noise > NOISE)) return [];
  const percent = `${(100 * noise).toPrecision(2)} %`;
  const message = `The model answers differently when it is asked again about the same row, by up to ${percent} of the spread of its answers: values carry this noise.`;
  return [{ name: "noisy-model", message }];
}

/** Rows whose errors stayed larger than was asked. */
export function warnOfErrors({ tolerance, budget }: Settings, states: readonly RowState[]): Warning[] {
  const missed = states.filter(({ isDone, excess }) => tolerance !== null && isDone && excess > 1).map(({ row }) => `row ${row}`);
  if (missed.length === 0) return [];
  const message = `The budget of ${budget} coalitions was spent before the tolerance was met, in ${missed.length === 1 ? missed[0] : `${missed.length} rows`}.`;
  return [{ name: "tolerance-not-met", message, subjects: missed }];
}
