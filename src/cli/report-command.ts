import { statSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { describeReceived, InputError } from "../errors.ts";
import { readCsv, writeReport } from "../node/index.ts";
import type { Narrative, ReportOptions } from "../report/index.ts";
import type { ColumnDescription } from "../table/index.ts";
import { reportHelp } from "./help.ts";
import { readJsonObject } from "./read-file.ts";
import { readModel } from "./read-model.ts";
import { statusLine } from "./status-line.ts";
import type { Streams } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

const TEXTS = ["model", "data", "out", "response", "event", "background", "dictionary", "narrative", "title", "threshold"] as const;
const NEEDED = ["model", "data", "out"] as const;

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
  const texts = Object.fromEntries(TEXTS.map((name) => [name, { type: "string" as const }]));
  try {
    const { values } = parseArgs({ args: [...args], options: { ...texts, help: { type: "boolean", short: "h" } } });
    const { help = false, ...given } = values;
    return { help, given: given as Given };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const what = error.message.split(/[.\n]/)[0].replace(/^[A-Z]/, (letter) => letter.toLowerCase());
    throw new UsageError(`vitrine report: ${what}; see vitrine report --help.`);
  }
}

function checkNeeded(given: Given): Complete {
  const lacking = NEEDED.filter((name) => given[name] === undefined);
  if (lacking.length === 0) return given as Complete;
  throw new UsageError(`vitrine report: ${lacking.map((name) => `--${name}`).join(" and ")} must be given; see vitrine report --help.`);
}

function readOptions(given: Complete): ReportOptions {
  const { response, event, background, dictionary, narrative, threshold } = given;
  const model = readModel(given.model);
  const data = readCsv(given.data);
  const words = dictionary === undefined ? {} : (readJsonObject("--dictionary", dictionary) as Record<string, ColumnDescription>);
  return {
    title: given.title ?? `How ${basename(given.model)} decides`,
    model,
    data: data.describe(words),
    ...(response === undefined ? {} : { response }),
    ...(event === undefined ? {} : { event }),
    ...(background === undefined ? {} : { background: readCsv(background) }),
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
