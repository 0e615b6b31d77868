import { describeReceived, InputError } from "../errors.ts";

/** An {@link InputError} about an option or argument, with the received value described. */
export function refuse(call: string, argument: string, expected: string, received: unknown, mend: string, where?: string): InputError {
  return new InputError({
    call,
    argument,
    expected,
    received: describeReceived(received),
    ...(where === undefined ? {} : { where }),
    mend,
  });
}

/** @throws InputError unless the value is a whole number from `least` to `most` */
export function checkWhole(call: string, argument: string, value: unknown, least: number, most: number = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`;
  throw refuse(call, argument, range, value, "Leave it out for the default.");
}

/** @throws InputError unless the value is a finite number, not below `least` (or above it, if `open`) */
export function checkNumber(call: string, argument: string, value: unknown, least: number, open: boolean = false): number {
  if (typeof value === "number" && Number.isFinite(value) && (open ? value > least : value >= least)) return value;
  throw refuse(call, argument, `a finite number ${open ? "above" : "from"} ${least}`, value, "Leave it out for the default.");
}

/** @throws InputError unless the value is one of the choices */
export function checkChoice<T extends string>(call: string, argument: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const expected = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  throw refuse(call, argument, expected, value, "Leave it out for the default.");
}

/** @throws InputError unless the value is left out or a list of different whole numbers from 0 */
export function checkPositions(call: string, argument: string, value: unknown): readonly number[] | undefined {
  if (value === undefined) return undefined;
  const right =
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((position) => Number.isInteger(position) && position >= 0);
  if (right) return value as readonly number[];
  throw refuse(call, argument, "a list of different positions, the first output being 0", value, "Leave it out to keep all outputs.");
}
