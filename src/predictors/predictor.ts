import type { TableLike } from "../table/index.ts";

/** What a caller may tell a predictor beside the rows. */
export interface PredictorContext {
  /** Ends the prediction early; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A model as a function, as `kernelShap` and `exactShap` take it: rows in, predictions out (rows × outputs, row-major).
 * Every predictor of this room refuses what is not a finite number, and another number of outputs than before.
 */
export type Predictor = (batch: TableLike, context?: PredictorContext) => Promise<Float64Array>;

/** What the predictors for numeric models have in common. */
export interface NumericInputOptions {
  /** What becomes of missing cells: an error, or NaN (in indicators: zeros all; in texts: an empty one). @defaultValue "refuse" */
  readonly missing?: "refuse" | "pass";
}

/** What all predictors have in common. */
export interface OutputOptions {
  /** Positions of the model's outputs to keep, in this order. @defaultValue all */
  readonly keepOutputs?: readonly number[];
}
