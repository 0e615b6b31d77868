import { formulaError } from "../formula/formula-error.ts";
import { naturalMargin } from "./natural-margin.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import type { SmoothTask } from "./smooth-context.ts";
import { learnSinglePenalty } from "./tensor-smooth.ts";

/** What a product takes of a margin: functions from `from` up to, but not with, `to`, and whether they are penalized. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly penalized: boolean;
}

/**
 * A split tensor product t2( ): each margin is divided into functions with a penalty and without, and each product of such parts gets a
 * penalty of its own, the identity, but for the product of those without, on which the constraint falls.
 *
 * @see Wood, Scheipl and Faraway (2013), doi:10.1007/s11222-012-9314-z
 */
export function learnSplitTensor(task: SmoothTask): RawSmooth {
  const { context, spec } = task;
  if (spec.margins.some(({ basis, penalized }) => basis === "re" || !penalized)) {
    const mend = "Take te( ) for margins of random effects or without a penalty.";
    throw formulaError(context.source, spec.place, { expected: "made of t2( ) of penalized curves", received: spec.label, mend });
  }
  const margins = spec.margins.map((margin) => {
    const learned = learnSinglePenalty(task, margin);
    return naturalMargin(learned, task.points(margin.covariates), false);
  });
  const widths = margins.map(({ width }) => width);
  const products = listProducts(margins.map(({ width, ranks: [rank] }) => splitMargin(width, rank, spec.full)));
  const penalized = products.filter((parts) => parts.some((part) => part.penalized)).map((parts) => listColumns(parts, widths));
  const free = products.filter((parts) => parts.every((part) => !part.penalized)).flatMap((parts) => listColumns(parts, widths));
  const order = [...penalized.flat(), ...free];
  const size = order.length;
  let first = 0;
  return {
    margins: margins.map(({ margin }) => margin),
    order,
    penalties: penalized.map((columns) => {
      const penalty = new Float64Array(size * size);
      for (const end = first + columns.length; first < end; first++) penalty[first * size + first] = 1;
      return penalty;
    }),
    ranks: penalized.map((columns) => columns.length),
    nullSpaceDimension: free.length,
    constrained: free.length === 0 ? null : free.map((_, k) => size - free.length + k),
    multipliers: [],
  };
}

/** The parts of a margin: its penalized functions, then the others together, or one by one. */
function splitMargin(width: number, rank: number, full: boolean): Part[] {
  const penalized = { from: 0, to: rank, penalized: true };
  if (rank === width) return [penalized];
  if (!full) return [penalized, { from: rank, to: width, penalized: false }];
  return [penalized, ...Array.from({ length: width - rank }, (_, k) => ({ from: rank + k, to: rank + k + 1, penalized: false }))];
}

/** Every choice of one part of each margin, the first margin's changing fastest. */
function listProducts(parts: readonly (readonly Part[])[]): Part[][] {
  return parts.reduce<Part[][]>((products, own) => own.flatMap((part) => products.map((before) => [...before, part])), [[]]);
}

/** The positions of a product's columns among all, where the last margin's change fastest. */
function listColumns(parts: readonly Part[], widths: readonly number[]): number[] {
  return parts.reduce<number[]>(
    (columns, { from, to }, k) => columns.flatMap((column) => Array.from({ length: to - from }, (_, i) => column * widths[k] + from + i)),
    [0],
  );
}
