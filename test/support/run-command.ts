import { spawnSync } from "node:child_process";

/** What a command printed to standard output. @throws with all that it printed, when it fails */
export function runCommand(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} ended with ${status ?? error?.message}:\n${stdout}\n${stderr}`);
}
