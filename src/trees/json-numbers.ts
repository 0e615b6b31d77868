import { describeReceived } from "../errors.ts";
import { damagedFile } from "./damaged-file.ts";

/** Where an array stands in a file, for errors. */
export interface Place {
  readonly call: string;
  /** The array's own name in the file. */
  readonly name: string;
  /** For example `tree 3`. */
  readonly where?: string;
}

/** An array of numbers from JSON; null becomes NaN. @throws InputError for another length or anything else. */
export function readNumbers(place: Place, values: readonly unknown[], length: number): Float64Array {
  checkLength(place, values, length);
  const numbers = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const value = values[i];
    if (typeof value === "number") numbers[i] = value;
    else if (value === null) numbers[i] = NaN;
    else throw damagedFile(place.call, `${place.name}[${i}]`, "a number", describeReceived(value), place.where);
  }
  return numbers;
}

/** An array of whole numbers from JSON. @throws InputError for another length, a fraction, or a number out of range. */
export function readIntegers(place: Place, values: readonly unknown[], length: number, least: number, most: number): Float64Array {
  checkLength(place, values, length);
  const numbers = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const value = values[i];
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      const expected = `a whole number from ${least} to ${most}`;
      throw damagedFile(place.call, `${place.name}[${i}]`, expected, describeReceived(value), place.where);
    }
    numbers[i] = value;
  }
  return numbers;
}

function checkLength({ call, name, where }: Place, values: readonly unknown[], length: number): void {
  if (values.length !== length) throw damagedFile(call, name, `an array of ${length}`, describeReceived(values), where);
}
