/** One column of a model. */
export interface ModelFeature {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
  /** Categories in code order, as the file lists them; null where the model was trained on bare codes. */
  readonly levels: readonly string[] | null;
}

/** Rows in the model's own columns and codes. */
export interface EncodedRows {
  /** n × p, row-major; NaN = missing; categorical columns hold whole-number codes, or -1 for one that no tree can list. */
  readonly values: Float64Array;
  readonly numRows: number;
  readonly numColumns: number;
}
