import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

/** Which options a command has. */
export interface CommandOptions<Name extends string, Needed extends Name> {
  /** For example `vitrine report`. */
  readonly command: string;
  /** All options, each with a text. */
  readonly names: readonly Name[];
  readonly needed: readonly Needed[];
  /** Options that name files to read, which `--out` must not replace. */
  readonly read: readonly Name[];
}

/** The options that were given. */
export type GivenOptions<Name extends string, Needed extends Name> = Partial<Record<Name, string>> & Record<Needed, string>;

/** @returns null when help is asked for @throws UsageError for what is unknown, given twice or lacking */
export function readArgs<Name extends string, Needed extends Name>(
  args: readonly string[],
  { command, names, needed, read }: CommandOptions<Name, Needed>,
): GivenOptions<Name, Needed> | null {
  const lists = parseTexts(command, args, names);
  if (lists === null) return null;
  // An option that stands twice is a mistake, not a choice.
  const twice = Object.keys(lists).find((name) => lists[name].length > 1);
  if (twice !== undefined) throw new UsageError(`${command}: --${twice} must be given once; see ${command} --help.`);
  const given = Object.fromEntries(Object.entries(lists).map(([name, [value]]) => [name, value]));
  const lacking = needed.filter((name) => given[name] === undefined);
  if (lacking.length > 0) {
    throw new UsageError(`${command}: ${lacking.map((name) => `--${name}`).join(" and ")} must be given; see ${command} --help.`);
  }
  const replaced = read.find((name) => given[name] !== undefined && resolve(given[name]) === resolve(given.out));
  if (replaced !== undefined) throw new UsageError(`${command}: --out must be another file than --${replaced}; got ${given.out} for both.`);
  return given as GivenOptions<Name, Needed>;
}

function parseTexts(command: string, args: readonly string[], names: readonly string[]): Record<string, string[]> | null {
  const texts = Object.fromEntries(names.map((name) => [name, { type: "string" as const, multiple: true }]));
  try {
    const { values } = parseArgs({ args: [...args], options: { ...texts, help: { type: "boolean", short: "h" } } });
    const { help, ...lists } = values;
    return help === true ? null : (lists as Record<string, string[]>);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const what = error.message.split(/[.\n]/)[0].replace(/^[A-Z]/, (letter) => letter.toLowerCase());
    throw new UsageError(`${command}: ${what}; see ${command} --help.`);
  }
}
