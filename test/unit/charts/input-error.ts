import { expect } from "vitest";

/** Matches an InputError by its whole sentence. */
export function inputError(message: string): unknown {
  return expect.objectContaining({ name: "InputError", message });
}
