import { InputError } from "../errors.ts";

/** The error for a model file that contradicts its own format. */
export function damagedFile(call: string, argument: string, expected: string, received: string, where?: string): InputError {
  return new InputError({
    call,
    argument,
    expected,
    received,
    ...(where === undefined ? {} : { where }),
    mend: "The file is damaged or was changed by hand: save the model again with the library that trained it.",
  });
}
