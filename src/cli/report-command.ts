import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { describeReceived, InputError } from "../errors.ts";
import { readCsv, writeReport } from "../node/index.ts";
import type { Narrative, ReportOptions } from "../report/index.ts";
import type { ColumnDescription } from "../table/index.ts";
import { reportHelp } from "./help.ts";
import { readJsonObject } from "./read-file.ts";
import { readModel } from "./read-model.ts";
import { verifyModel } from "./verify-model.ts";
import { statusLine } from "./status-line.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

const TEXTS = [
  "model",
  "data",
  "out",
  "response",
  "event",
  "background",
  "verify",
  "missing",
  "dictionary",
  "narrative",
  "title",
  "threshold",
] as const;
const NEEDED = ["model", "data", "out"] as const;
/** Options that name files to read, which the report must not replace. */
const READ = ["model", "data", "background", "verify", "dictionary", "narrative"] as const;

type Given = Partial<Record<(typeof TEXTS)[number], string>>;
type Complete = Given & Record<(typeof NEEDED)[number], string>;

/** `vitrine report`: reads a model and its data and writes the report. @throws UsageError and InputError */
export async function reportCommand(args: readonly string[], { out, err }: Streams): Promise<void> {
  const { help, given } = readArgs(args);
  if (help) {
    out.write(reportHelp);
    return;
  }
  const wanted = checkNeeded(given);
  const status = statusLine(err);
  try {
    status.say("Reading the model and the data");
    const options = readOptions(wanted);
    status.say("Explaining, drawing and writing");
    await writeReport(wanted.out, options);
  } finally {
    status.clear();
  }
  out.write(`Wrote ${wanted.out} (${Math.round(statSync(wanted.out).size / 1000)} kB)\n`);
}

function readArgs(args: readonly string[]): { help: boolean; given: Given } {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, { type: "string" as const, multiple: true }]));
  try {
    const { values } = parseArgs({ args: [...args], options: { ...texts, help: { type: "boolean", short: "h" } } });
    const { help, ...lists } = values;
    return { help: help === true, given: takeOnce(lists as Record<string, string[]>) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const what = error.message.split(/[.\n]/)[0].replace(/^[A-Z]/, (letter) => letter.toLowerCase());
    throw new UsageError(`vitrine report: ${what}; see vitrine report --help.`);
  }
}

/** The value of each option; an option that stands twice is a mistake, not a choice. */
function takeOnce(lists: Readonly<Record<string, readonly string[]>>): Given {
  const twice = Object.keys(lists).find((name) => lists[name].length > 1);
  if (twice !== undefined) throw new UsageError(`vitrine report: --${twice} must be given once; see vitrine report --help.`);
  return Object.fromEntries(Object.entries(lists).map(([name, [value]]) => [name, value]));
}

function checkNeeded(given: Given): Complete {
  const lacking = NEEDED.filter((name) => given[name] === undefined);
  if (lacking.length > 0) {
    throw new UsageError(`vitrine report: ${lacking.map((name) => `--${name}`).join(" and ")} must be given; see vitrine report --help.`);
  }
  const wanted = given as Complete;
  const replaced = READ.find((name) => given[name] !== undefined && resolve(given[name]) === resolve(wanted.out));
  if (replaced === undefined) return wanted;
  throw new UsageError(`vitrine report: --out must be another file than --${replaced}; got ${wanted.out} for both.`);
}

function readOptions(given: Complete): ReportOptions {
  const { response, event, background, dictionary, narrative, threshold } = given;
  const model = readModel(given.model);
  const csv = given.missing === undefined ? {} : { missing: given.missing.split(",") };
  const data = readCsv(given.data, csv);
  if (given.verify !== undefined) verifyModel(model, data, given.verify);
  const words = dictionary === undefined ? {} : (readJsonObject("--dictionary", dictionary) as Record<string, ColumnDescription>);
  return {
    title: given.title ?? `How ${basename(given.model)} decides`,
    model,
    data: data.describe(words),
    ...(response === undefined ? {} : { response }),
    ...(event === undefined ? {} : { event }),
    ...(background === undefined ? {} : { background: readCsv(background, csv) }),
    ...(narrative === undefined ? {} : { narrative: readJsonObject("--narrative", narrative) as Narrative }),
    ...(threshold === undefined ? {} : { threshold: readThreshold(threshold) }),
  };
}

function readThreshold(text: string): number {
  const threshold = Number(text);
  if (threshold > 0 && threshold < 1) return threshold;
  throw new InputError({
    call: "vitrine report",
    argument: "--threshold",
    expected: "a number between 0 and 1",
    received: describeReceived(text),
    mend: "Leave it out for 0.5.",
  });
}
