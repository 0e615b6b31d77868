/** What was wrong with a caller's input, as data. `InputError.message` is made of the same facts. */
export interface InputProblem {
  /** The public function that was called, for example `importLightgbm`. */
  readonly call: string;
  /** The argument, option, column or place in a file that is at fault. */
  readonly argument: string;
  /** What would have been right. */
  readonly expected: string;
  /** What came instead. */
  readonly received: string;
  /** Where in the input it stands, for example `row 17, column "age"`. */
  readonly where?: string;
  /** What to do about it: a whole sentence. */
  readonly mend: string;
}

/**
 * The caller can put this right: a wrong argument, a missing column, a damaged file.
 * The message reads `call: argument must be EXPECTED; got RECEIVED at WHERE. MEND`.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  /** The same facts as the message, for programs. */
  readonly problem: InputProblem;

  constructor(problem: InputProblem) {
    const { call, argument, expected, received, where, mend } = problem;
    super(`${call}: ${argument} must be ${expected}; got ${received}${where ? ` at ${where}` : ""}. ${mend}`);
    this.problem = problem;
  }
}

/** The input is in order, yet no answer was found. The message says what was tried and what to do. */
export class ConvergenceError extends Error {
  override readonly name = "ConvergenceError";
}

/** Something a result can live with, said by name and never printed. */
export interface Warning {
  /** A stable name for programs, for example `additivity`. */
  readonly name: string;
  /** One sentence for people. */
  readonly message: string;
  /** The columns, terms or rows it is about. */
  readonly subjects?: readonly string[];
}

/** A received value as it should stand in an error: short, quoted, with its type where that helps. */
export function describeReceived(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return `an object of type ${(value as object).constructor?.name ?? "unknown"}`;
}

/** Names in quotes, the first few and how many more: `"age", "amount" and 18 more`. */
export function listNames(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => JSON.stringify(name));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

/** Refuses what is no object, and options that the call does not know: a slip of the pen is never ignored. @throws InputError naming the first */
export function refuseUnknownOptions(call: string, options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    const mend = "Leave it out for the defaults.";
    throw new InputError({ call, argument: "options", expected: "an object", received: describeReceived(options), mend });
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new InputError({
    call,
    argument: "options",
    expected: `made of ${listNames(known, known.length)}`,
    received: JSON.stringify(unknown),
    mend: "Correct the name, or leave it out.",
  });
}
