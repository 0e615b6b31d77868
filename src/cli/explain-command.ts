import { describeReceived, InputError } from "../errors.ts";
import { readCsv, readCsvChunks, writeTables } from "../node/index.ts";
import { additiveShap, treeShap, type Explanation, type TreeShapExplainer } from "../shap/index.ts";
import { Table } from "../table/index.ts";
import { TreeEnsemble } from "../trees/index.ts";
import { explainHelp } from "./help.ts";
import { readArgs, type GivenOptions } from "./read-args.ts";
import { readModel } from "./read-model.ts";
import { statusLine } from "./status-line.ts";
import type { Streams } from "./streams.ts";

const COMMAND = {
  command: "vitrine explain",
  names: ["model", "data", "out", "background", "missing", "keep", "threads"],
  needed: ["model", "data", "out"],
  read: ["model", "data", "background"],
} as const;

type Given = GivenOptions<(typeof COMMAND.names)[number], (typeof COMMAND.needed)[number]>;

/** `vitrine explain`: writes the contributions to every prediction, chunk after chunk. @throws UsageError and InputError */
export async function explainCommand(args: readonly string[], { out, err }: Streams): Promise<void> {
  const given = readArgs(args, COMMAND);
  if (given === null) {
    out.write(explainHelp);
    return;
  }
  const status = statusLine(err);
  try {
    status.say("Reading the model");
    const numRows = await writeTables(
      given.out,
      contributions(given, (rows) => status.say(`Explained ${rows.toLocaleString("en")} rows`)),
    );
    status.clear();
    out.write(`Wrote ${given.out} (${numRows.toLocaleString("en")} rows)\n`);
  } finally {
    status.clear();
  }
}

async function* contributions(given: Given, onRows: (rows: number) => void): AsyncGenerator<Table, void, undefined> {
  const model = readModel(given.model, COMMAND.command);
  const missing = given.missing === undefined ? {} : { missing: given.missing.split(",") };
  const background = given.background === undefined ? {} : { background: readCsv(given.background, missing) };
  const keep = given.keep === undefined ? [] : given.keep.split(",");
  // Kept columns that the model does not read are copied as they are written.
  const used: readonly string[] = model instanceof TreeEnsemble ? model.featureNames : keep;
  const types = Object.fromEntries(keep.filter((name) => !used.includes(name)).map((name) => [name, "categorical" as const]));
  const kept: Table[] = [];
  let numRows = 0;
  async function* chunks(): AsyncGenerator<Table, void, undefined> {
    for await (const chunk of readCsvChunks(given.data, { ...missing, types })) {
      if (keep.length > 0) kept.push(chunk.select(keep));
      yield chunk;
    }
  }
  const explainer = model instanceof TreeEnsemble ? treeShap(model, background) : additiveShap(model, background);
  const explanations = "close" in explainer ? explainTrees(explainer, chunks(), given.threads) : explainEach(explainer, chunks());
  try {
    for await (const explanation of explanations) {
      onRows((numRows += explanation.numRows));
      yield Table.of([...(kept.shift()?.columns ?? []), ...explanation.toTable().columns]);
    }
  } finally {
    if ("close" in explainer) await explainer.close();
  }
}

function explainTrees(explainer: TreeShapExplainer, chunks: AsyncIterable<Table>, threads: string | undefined): AsyncIterable<Explanation> {
  if (threads === undefined) return explainer.explainStream(chunks);
  if (/^\d{1,4}$/.test(threads)) return explainer.explainStream(chunks, { threads: Number(threads) });
  throw new InputError({
    call: COMMAND.command,
    argument: "--threads",
    expected: "a whole number from 1 to 1024",
    received: describeReceived(threads),
    mend: "Leave it out for as many as the machine offers.",
  });
}

async function* explainEach(explainer: { explain(data: Table): Explanation }, chunks: AsyncIterable<Table>): AsyncGenerator<Explanation> {
  for await (const chunk of chunks) yield explainer.explain(chunk);
}
