import type { ChartParts } from "./frame.ts";
import type { Reading } from "./options.ts";
import type { Shades } from "./shades.ts";

/** What the chart of one feature is drawn from. */
export interface Dependence {
  readonly reading: Reading;
  /** Contributions of the feature, one a row, in the shown units. */
  readonly amounts: Float64Array;
  /** What people call the feature. */
  readonly label: string;
  readonly shades: Shades;
  readonly maxDots: number;
  /** What the axis of contributions covers at least, besides zero, in the shown units. */
  readonly range: readonly [number, number];
}

/** What the two ways of drawing it hand back. */
export type DependenceDrawing = Pick<ChartParts, "note" | "description" | "plot" | "rows" | "layers">;
