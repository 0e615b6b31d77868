import { BlockProducts, sliceRows } from "../../numeric/index.ts";
import type { BlockMatrix } from "../../numeric/index.ts";
import type { ModelFormula, TableLike } from "../../table/index.ts";
import type { FamilyJson } from "../families/family.ts";
import { familyFromJson } from "../families/resolve-family.ts";
import { assembleFit } from "./assemble-fit.ts";
import { readFitChoices } from "./fit-choices.ts";
import { driveLater } from "./fitting/drive.ts";
import type { PassSteps } from "./fitting/drive.ts";
import { fitParameterSteps } from "./fitting/fit-parameter.ts";
import type { PassRequest, PassSums, RemainderRequest, SlopeRequest, WorkingRequest } from "./fitting/pass.ts";
import { addSums, runPass } from "./fitting/run-pass.ts";
import type { GlmProblem } from "./glm-fit.ts";
import { GlmModel } from "./glm-model.ts";
import type { GlmOptions } from "./glm-options.ts";
import { prepareFit } from "./prepare-fit.ts";

/** The numbers of a fit, fit to be sent to another thread: the family of each pass comes with its request. */
export interface RowNumbersOfFit {
  readonly matrix: BlockMatrix;
  /** One number a row, as in {@link GlmProblem}; so are the next two. */
  readonly response: Float64Array;
  readonly weights: Float64Array;
  readonly frequencies?: Float64Array | null;
  readonly offset: Float64Array | null;
}

/** What a pass asks of a stretch of rows, fit to be sent. */
export interface SentPass {
  /** A {@link PassRequest} without its family. */
  readonly request: Omit<WorkingRequest, "family"> | Omit<RemainderRequest, "family"> | Omit<SlopeRequest, "family">;
  readonly family: FamilyJson;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Where the passes of a fit are run. */
export interface PassRunner {
  /** The sums of stretches of rows, in their order. */
  readonly run: (passes: readonly SentPass[]) => Promise<PassSums[]>;
  readonly close: () => Promise<void>;
}

/** Rows that are summed together. Fixed, so that the sums are the same bits wherever and by however many they are computed. */
const STRETCH = 65536;

/**
 * Fits as `fitGlm` does, with the passes over the rows run elsewhere: in other threads or on other machines.
 *
 * @param call - the public function to name in an error
 * @param open - called once with the numbers of all rows
 * @throws as `fitGlm`, and what the runner throws
 */
export async function fitGlmElsewhere(
  call: string,
  formula: ModelFormula,
  data: TableLike,
  options: GlmOptions,
  open: (rows: RowNumbersOfFit) => Promise<PassRunner>,
): Promise<GlmModel> {
  const prepared = prepareFit(call, formula, data, options);
  const { problem } = prepared;
  const choices = readFitChoices(call, prepared, options);
  const steps = fitParameterSteps(problem, choices, prepared.frequencies);
  return new GlmModel(assembleFit(prepared, await runElsewhere(problem, steps, open), options));
}

/** Has the passes that a computation asks for run elsewhere. */
export async function runElsewhere<Result>(
  { matrix, response, weights, frequencies, offset }: GlmProblem,
  steps: PassSteps<Result>,
  open: (rows: RowNumbersOfFit) => Promise<PassRunner>,
): Promise<Result> {
  const runner = await open({ matrix, response, weights, frequencies, offset });
  try {
    return await driveLater(steps, async (request) => (await runner.run(divide(request, matrix.numRows))).reduce(addSums));
  } finally {
    await runner.close();
  }
}

function divide({ family, ...request }: PassRequest, numRows: number): SentPass[] {
  const passes: SentPass[] = [];
  for (let start = 0; start < numRows; start += STRETCH) {
    passes.push({ request, family: family.toJSON(), start, end: Math.min(start + STRETCH, numRows) });
  }
  return passes;
}

/** Computes the sums of one stretch of rows: what a runner does at the other end. */
export function runSentPass(
  { matrix, response, weights, frequencies, offset }: RowNumbersOfFit,
  { request, family, start, end }: SentPass,
): PassSums {
  const asked = { ...request, family: familyFromJson("runSentPass", family) } as PassRequest;
  const rows: GlmProblem = {
    matrix: sliceRows(matrix, start, end),
    response: response.subarray(start, end),
    weights: weights.subarray(start, end),
    frequencies: frequencies && frequencies.subarray(start, end),
    offset: offset && offset.subarray(start, end),
    family: asked.family,
  };
  return runPass(rows, new BlockProducts(rows.matrix), asked);
}
