/** Makes the absent features of a coalition up from the present ones. */
export interface Imputer {
  /** Rows made for each coalition; each weighs the same. */
  readonly numDraws: number;
  /**
   * @param row - position of the explained row
   * @param mask - the players present
   * @returns one array a column of the background, numDraws cells each, in its codes; those of present columns are not read. Valid until the next call.
   */
  impute(row: number, mask: Uint32Array): readonly (Float64Array | Int32Array)[];
}
