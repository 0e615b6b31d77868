/** A command line that cannot be understood; the message is one sentence for the user. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
