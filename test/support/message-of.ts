import { InputError } from "../../src/errors.ts";

/** The whole message of the InputError that a call must throw. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("the call was expected to throw, and did not");
}
