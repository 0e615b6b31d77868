import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { applyDesignAndResponse, ChunkLearner, toTable } from "../../table/index.ts";
import type { LearnedChunks, ModelFormula } from "../../table/index.ts";
import { resolveFamily } from "../families/resolve-family.ts";
import { ChunkReader, checkChunks, openChunks } from "../glm/chunk-reader.ts";
import type { ChunkRowOptions, ChunkSource } from "../glm/chunk-reader.ts";
import { surveyChunks } from "../glm/chunk-totals.ts";
import { driveLater } from "../glm/fitting/drive.ts";
import { foldOffsets } from "../glm/fold-offsets.ts";
import type { RowOptions } from "../glm/glm-options.ts";
import { alongsideOf, checkExposure, readGivenRows } from "../glm/make-problem.ts";
import type { MadeProblem } from "../glm/make-problem.ts";
import { droppedRows } from "../glm/prepare-fit.ts";
import { assembleGam } from "./assemble-gam.ts";
import { checkSizes } from "./check-sizes.ts";
import { correctionSteps } from "./corrected-fit.ts";
import { fitSmoothing } from "./fitting/fit-smoothing.ts";
import { GamChunkTotals } from "./gam-chunk-totals.ts";
import { GamModel } from "./gam-model.ts";
import { cellsOf, checkGamOptions } from "./gam-options.ts";
import type { GamOptions } from "./gam-options.ts";
import { penaltyBlocks } from "./penalty-blocks.ts";
import { checkCriterion, smoothingSettings } from "./smoothing-settings.ts";

/** Options of {@link fitGamChunks}: those of `fitGam`, with weights, frequencies, offset and exposure as names of columns. */
export interface GamChunkOptions
  extends Omit<GamOptions, "weights" | "frequencies" | "offset" | "exposure" | "discretize" | "keepData">, ChunkRowOptions {
  /**
   * To how many different numbers covariates of smooths are rounded, true for 1000, as `discretize` of `fitGam` says: what is kept of the rows are
   * cells. A covariate of no more different numbers stays as it is. @defaultValue true
   */
  readonly discretize?: true | number;
  /**
   * Find also how the uncertainty of the smoothing parameters adds to standard errors and degrees of freedom, for `unconditional: true` and the AIC:
   * some further passes over the rows for each smoothing parameter, but for normal responses with identity link. @defaultValue false
   */
  readonly unconditional?: boolean;
}

/**
 * Fits a generalized additive model to rows that come in chunks, in memory that does not grow with their number: only cells of the covariates
 * and sums over the rows are kept. The model is that of `fitGam` with `discretize` on all rows together, but for the rounding of sums: its
 * smoothing is found by the same exact criterion. It keeps no training data.
 *
 * @param formula - as in `fitGam`; `poly`, and `bs` and `ns` without knots, need all rows at once and are refused
 * @param chunks - called once a pass
 * @throws {@link InputError} as `fitGam`
 * @example
 * const model = await fitGamChunks("claims ~ region + s(age)", () => readParts("policies-*.csv"), { family: "poisson", exposure: "years" });
 */
export async function fitGamChunks(formula: ModelFormula, chunks: ChunkSource, options: GamChunkOptions = {}): Promise<GamModel> {
  const call = "fitGamChunks";
  const own = checkOptions(call, chunks, options);
  const family = resolveFamily(call, options.family, options.link);
  checkCriterion(call, family, own);
  const folded = foldOffsets(call, formula, own, family);
  const { learned, numRows } = await learnChunks(call, folded.formula, chunks, folded.options, options);
  const { recipe, smooths, cells } = learned;
  const reader = new ChunkReader(call, chunks, family, folded.options, (table, how) => {
    return applyDesignAndResponse(call, recipe, table, { ...how, cells });
  });
  const survey = await surveyChunks(call, checkEach(call, reader.problems()), recipe);
  const blocks = penaltyBlocks(call, smooths, own);
  const settings = smoothingSettings(own, { numObservations: survey.numObservations, fallback: survey.fallback(family) });
  const pass: typeof reader.pass = (request) => reader.pass(request);
  const fitted = await driveLater(fitSmoothing(recipe.columnNames.length, family, blocks, settings), pass);
  const totals = await new GamChunkTotals(learned, fitted, survey, own).read(reader);
  const warnings = [...droppedRows(numRows, survey.numRows), ...survey.warnings, ...learned.warnings];
  const fit = assembleGam({ recipe, smooths, warnings }, { fitted, blocks, totals }, own);
  return new GamModel(options.unconditional === true ? { ...fit, corrected: await driveLater(correctionSteps(fit), pass) } : fit);
}

/** @returns the options as those of a fit in memory */
function checkOptions(call: string, chunks: unknown, options: GamChunkOptions): GamOptions {
  checkChunks(call, chunks, options);
  const { levels: _, unconditional, ...shared } = options;
  if ("keepData" in shared) refuseUnknownOptions(call, { keepData: true }, ["family", "method", "levels", "unconditional"]);
  const { discretize = true, ...rest } = shared;
  const own = { ...rest, discretize };
  checkGamOptions(call, own);
  const fail = (argument: string, expected: string, received: unknown, mend: string): InputError =>
    new InputError({ call, argument, expected, received: describeReceived(received), mend });
  if (cellsOf(own) === null) {
    throw fail(
      "discretize",
      "true or a whole number",
      discretize,
      "What is kept of rows in chunks are cells: give a large number of them.",
    );
  }
  if (unconditional !== undefined && typeof unconditional !== "boolean") {
    throw fail("unconditional", "true or false", unconditional, "Leave it out for false.");
  }
  return own;
}

async function* checkEach(call: string, problems: AsyncIterable<MadeProblem>): AsyncGenerator<MadeProblem> {
  for await (const made of problems) {
    checkSizes(call, made.problem);
    yield made;
  }
}

/** Reads all chunks twice. */
async function learnChunks(
  call: string,
  formula: ModelFormula,
  chunks: ChunkSource,
  given: RowOptions,
  options: GamChunkOptions,
): Promise<{ learned: LearnedChunks; numRows: number }> {
  const { contrasts, levels, knots, offset, exposure, discretize = true } = options;
  const cells = cellsOf({ discretize })!;
  const learner = new ChunkLearner(call, formula, { contrasts, levels, unusedLevels: "drop", cells, knots });
  let numRows = 0;
  for await (const chunk of openChunks(call, chunks)) {
    const table = toTable(chunk, call);
    checkExposure(call, table, { ...(offset === undefined ? {} : { offset }), ...(exposure === undefined ? {} : { exposure }) });
    learner.survey(table, alongsideOf(readGivenRows(call, table, given)));
    numRows += table.numRows;
  }
  for await (const chunk of openChunks(call, chunks)) {
    const table = toTable(chunk, call);
    learner.count(table, alongsideOf(readGivenRows(call, table, given)));
  }
  return { learned: learner.finish(), numRows };
}
