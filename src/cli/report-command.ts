import { statSync } from "node:fs";
import { basename } from "node:path";
import { describeReceived, InputError } from "../errors.ts";
import { readCsv, writeReport } from "../node/index.ts";
import type { Narrative, ReportOptions } from "../report/index.ts";
import type { ColumnDescription } from "../table/index.ts";
import { reportHelp } from "./help.ts";
import { readArgs, type GivenOptions } from "./read-args.ts";
import { readJsonObject } from "./read-file.ts";
import { readModel } from "./read-model.ts";
import { verifyModel } from "./verify-model.ts";
import { statusLine } from "./status-line.ts";
import type { Streams } from "./streams.ts";

const COMMAND = {
  command: "vitrine report",
  names: ["model", "data", "out", "response", "event", "background", "verify", "missing", "dictionary", "narrative", "title", "threshold"],
  needed: ["model", "data", "out"],
  read: ["model", "data", "background", "verify", "dictionary", "narrative"],
} as const;

type Given = GivenOptions<(typeof COMMAND.names)[number], (typeof COMMAND.needed)[number]>;

/** `vitrine report`: reads a model and its data and writes the report. @throws UsageError and InputError */
export async function reportCommand(args: readonly string[], { out, err }: Streams): Promise<void> {
  const wanted = readArgs(args, COMMAND);
  if (wanted === null) {
    out.write(reportHelp);
    return;
  }
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

function readOptions(given: Given): ReportOptions {
  const { response, event, background, dictionary, narrative, threshold } = given;
  const model = readModel(given.model, COMMAND.command);
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
