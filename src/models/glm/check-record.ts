import { describeReceived, InputError } from "../../errors.ts";

/**
 * Checks that something with a value for each of some names is an object, where it is given.
 *
 * @param expected - for example `"factors by term"`
 * @throws {@link InputError} for null, numbers, texts and lists
 */
export function checkRecord(call: string, argument: string, value: unknown, expected: string): void {
  if (value === undefined || (typeof value === "object" && value !== null && !Array.isArray(value))) return;
  const mend = "Leave it out if there is nothing to say.";
  throw new InputError({ call, argument, expected: `an object: ${expected}`, received: describeReceived(value), mend });
}
