import { InputError } from "../errors.ts";
import { version } from "../report/index.ts";
import { explainCommand } from "./explain-command.ts";
import { mainHelp } from "./help.ts";
import { reportCommand } from "./report-command.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Runs one command line.
 *
 * @param args - what stands behind `vitrine`
 * @returns the exit code: 0 when done, 2 for a mistake of the user's, 1 for one of ours
 */
export async function runCommand(args: readonly string[], streams: Streams): Promise<number> {
  try {
    await dispatch(args, streams);
    return 0;
  } catch (error) {
    const isTheirs = error instanceof InputError || error instanceof UsageError;
    const message = error instanceof Error ? error.message : String(error);
    streams.err.write(isTheirs ? `${message}\n` : `vitrine: unexpected error: ${message}\n`);
    return isTheirs ? 2 : 1;
  }
}

async function dispatch([command, ...rest]: readonly string[], streams: Streams): Promise<void> {
  if (command === "explain") return explainCommand(rest, streams);
  if (command === "report") return reportCommand(rest, streams);
  if (command === "--help" || command === "-h") return void streams.out.write(mainHelp);
  if (command === "--version") return void streams.out.write(`${version}\n`);
  const what = command === undefined ? "no command given" : `unknown command ${JSON.stringify(command)}`;
  throw new UsageError(`vitrine: ${what}; see vitrine --help.`);
}
