import { InputError, refuseUnknownOptions } from "../../errors.ts";
import { applyDesignAndResponse, DesignLearner, toTable } from "../../table/index.ts";
import type { DesignRecipe, ModelFormula } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import { resolveFamily } from "../families/resolve-family.ts";
import { chooseDispersion, describeFit } from "./assemble-fit.ts";
import { checkChunks, ChunkReader, openChunks } from "./chunk-reader.ts";
import type { ChunkRowOptions, ChunkSource } from "./chunk-reader.ts";
import { ChunkTotals, surveyChunks } from "./chunk-totals.ts";
import { readConstraints } from "./constraints.ts";
import { checkFirth } from "./firth.ts";
import { fitChoices } from "./fit-choices.ts";
import { foldOffsets } from "./fold-offsets.ts";
import { driveLater } from "./fitting/drive.ts";
import { completeSettings } from "./fitting/fit-problem.ts";
import { fitByIrls } from "./fitting/irls.ts";
import { GlmModel } from "./glm-model.ts";
import { checkGlmOptions } from "./glm-options.ts";
import type { GlmOptions } from "./glm-options.ts";
import { checkExposure } from "./make-problem.ts";
import { droppedRows } from "./prepare-fit.ts";
import { readStart } from "./read-start.ts";
import { refuseLikelihoodFamily } from "./refuse-likelihood-family.ts";

/** Options of {@link fitGlmChunks}: those of `fitGlm`, with weights, frequencies, offset and exposure as names of columns. */
export interface GlmChunkOptions
  extends Omit<GlmOptions, "weights" | "frequencies" | "offset" | "exposure" | "penalty" | "keepData">, ChunkRowOptions {}

/**
 * Fits a generalized linear model to rows that come in chunks, in memory that does not grow with their number: only sums over the rows are
 * kept. The model is that of {@link fitGlm} on all rows together, but for the rounding of sums; it keeps no training data.
 *
 * @param formula - as in `fitGlm`; `poly`, and `bs` and `ns` without knots, need all rows at once and are refused
 * @param chunks - called once a pass
 * @throws {@link InputError} as `fitGlm`, and for a family whose θ or power is to be estimated
 * @example
 * const model = await fitGlmChunks("claims ~ region + age", () => readParts("policies-*.csv"), { family: "poisson", exposure: "years" });
 */
export async function fitGlmChunks(formula: ModelFormula, chunks: ChunkSource, options: GlmChunkOptions = {}): Promise<GlmModel> {
  const call = "fitGlmChunks";
  const family = checkChunkOptions(call, chunks, options);
  const folded = foldOffsets(call, formula, options, family);
  const { recipe, numRows } = await learnRecipe(call, folded.formula, chunks, options);
  const reader = new ChunkReader(call, chunks, family, folded.options, (table, how) => applyDesignAndResponse(call, recipe, table, how));
  const survey = await surveyChunks(call, reader.problems(), recipe);
  const settings = completeSettings(survey.numRows, {
    ...fitChoices(options),
    start: readStart(call, options.start, recipe),
    fallback: survey.fallback(family),
    constraints: options.constraints ? readConstraints(call, options.constraints, recipe, recipe) : null,
  });
  const found = await driveLater(fitByIrls(recipe.columnNames.length, family, settings), (request) => reader.pass(request));
  const fitted = { ...found, family, parameterStandardError: null };
  const { dispersion } = chooseDispersion(fitted, survey.numObservations - fitted.rank, options.dispersion);
  const totals = new ChunkTotals(recipe, fitted, survey, dispersion);
  for await (const made of reader.problems()) totals.add(made);
  const warnings = [...droppedRows(numRows, survey.numRows), ...survey.warnings];
  const whole = await totals.finish((request) => reader.passOfConstant(request));
  return new GlmModel(describeFit({ recipe, warnings }, fitted, whole, options));
}

/** Unites levels and ranges of all chunks. */
async function learnRecipe(
  call: string,
  formula: ModelFormula,
  chunks: ChunkSource,
  { contrasts, levels, offset, exposure }: GlmChunkOptions,
): Promise<{ recipe: DesignRecipe; numRows: number }> {
  const learner = new DesignLearner(call, formula, { contrasts, levels, unusedLevels: "drop" });
  let numRows = 0;
  for await (const chunk of openChunks(call, chunks)) {
    const table = toTable(chunk, call);
    checkExposure(call, table, { ...(offset === undefined ? {} : { offset }), ...(exposure === undefined ? {} : { exposure }) });
    learner.add(table);
    numRows += table.numRows;
  }
  return { recipe: learner.finish(), numRows };
}

/** @returns the family */
function checkChunkOptions(call: string, chunks: unknown, options: GlmChunkOptions): Family {
  checkChunks(call, chunks, options);
  const { levels: _, ...shared } = options;
  for (const name of ["penalty", "keepData"])
    if (name in shared) refuseUnknownOptions(call, { [name]: true }, ["family", "link", "levels"]);
  checkGlmOptions(call, shared);
  const family = resolveFamily(call, options.family, options.link);
  refuseLikelihoodFamily(call, family);
  if (options.biasReduction) checkFirth(call, family);
  if (!family.estimatesParameter) return family;
  throw new InputError({
    call,
    argument: "family",
    expected: "one whose theta or power is given",
    received: `the family "${family.name}" without it`,
    mend: "Estimate it on a sample with fitGlm, and give it: negativeBinomial({ theta }) or tweedie({ power }).",
  });
}
