import { InputError } from "../../src/errors.ts";

/** The whole message of the InputError that a promise must be rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("the promise was expected to be rejected, and was not");
}
