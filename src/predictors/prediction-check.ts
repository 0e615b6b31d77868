import { InputError } from "../errors.ts";

/** Holds a model to its word: finite numbers, and the same number of outputs at every call. */
export class PredictionCheck {
  readonly #call: string;
  readonly #keep: readonly number[] | undefined;
  #outputs: number | undefined;

  constructor(call: string, keep: readonly number[] | undefined) {
    this.#call = call;
    this.#keep = keep;
  }

  /**
   * What a model said about some rows, as float64.
   * @param found - numRows × outputs, row-major
   * @param firstRow - where these rows stand in the batch, for messages
   * @returns numRows × outputs, or × kept outputs
   * @throws InputError for something other than numRows × outputs finite numbers, or for another number of outputs than at an earlier call
   */
  read(found: ArrayLike<number | bigint>, numRows: number, firstRow: number): Float64Array {
    const outputs = found.length / numRows;
    if (!(Number.isInteger(outputs) && outputs > 0)) {
      throw this.#refuse(`the same count of numbers for each of ${numRows} rows`, `${found.length} numbers`);
    }
    this.#outputs ??= outputs;
    if (outputs !== this.#outputs) throw this.#refuse(`${this.#outputs} a row, as before`, `${outputs} a row`);
    const keep = this.#keep ?? Array.from({ length: outputs }, (_, o) => o);
    const beyond = keep.find((position) => position >= outputs);
    if (beyond !== undefined) throw this.#refuse(`at least ${beyond + 1} a row, as keepOutputs asks`, `${outputs} a row`);
    const values = new Float64Array(numRows * keep.length);
    for (let row = 0; row < numRows; row++) {
      for (let k = 0; k < keep.length; k++) {
        const value = found[row * outputs + keep[k]];
        values[row * keep.length + k] = Number(value);
        if (typeof value !== "bigint" && !Number.isFinite(value)) {
          throw this.#refuse("finite numbers", String(value), `row ${firstRow + row}, output ${keep[k]}`);
        }
      }
    }
    return values;
  }

  #refuse(expected: string, received: string, where?: string): InputError {
    const mend =
      where === undefined
        ? "Return rows × outputs numbers, row after row."
        : "See what the model is given in that row, and how it was trained.";
    return new InputError({
      call: this.#call,
      argument: "the model's predictions",
      expected,
      received,
      ...(where === undefined ? {} : { where }),
      mend,
    });
  }
}
