import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { BlockProducts } from "../../numeric/index.ts";
import { applyDesignAndResponse, DesignLearner, toTable } from "../../table/index.ts";
import type { DesignRecipe, ModelFormula, TableLike } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import { resolveFamily } from "../families/resolve-family.ts";
import { chooseDispersion, describeFit } from "./assemble-fit.ts";
import { ChunkTotals, surveyChunks } from "./chunk-totals.ts";
import { readConstraints } from "./constraints.ts";
import { checkFirth } from "./firth.ts";
import { fitChoices } from "./fit-choices.ts";
import { foldOffsets } from "./fold-offsets.ts";
import { driveLater } from "./fitting/drive.ts";
import { completeSettings } from "./fitting/fit-problem.ts";
import { fitByIrls } from "./fitting/irls.ts";
import type { PassRequest, PassSums } from "./fitting/pass.ts";
import { addSums, runPass } from "./fitting/run-pass.ts";
import { GlmModel } from "./glm-model.ts";
import { checkGlmOptions } from "./glm-options.ts";
import type { GlmOptions } from "./glm-options.ts";
import { alongsideOf, checkExposure, makeProblem, readGivenRows } from "./make-problem.ts";
import type { MadeProblem } from "./make-problem.ts";
import { droppedRows } from "./prepare-fit.ts";
import { readStart } from "./read-start.ts";
import { refuseLikelihoodFamily } from "./refuse-likelihood-family.ts";

/** Options of {@link fitGlmChunks}: those of `fitGlm`, with weights, frequencies, offset and exposure as names of columns. */
export interface GlmChunkOptions extends Omit<GlmOptions, "weights" | "frequencies" | "offset" | "exposure" | "penalty" | "keepData"> {
  /** The column of prior weights. @defaultValue 1 for every row */
  readonly weights?: string;
  /** The column of how many cases a row stands for. @defaultValue 1 for every row */
  readonly frequencies?: string;
  /** The column that is added to the linear predictor. @defaultValue 0 for every row */
  readonly offset?: string;
  /** The column whose logarithm is added to the linear predictor; for the log link. @defaultValue 1 for every row */
  readonly exposure?: string;
  /** All levels of categorical columns, in order; those that no row has get no coefficient. @defaultValue those that the chunks have, sorted unless all chunks agree on an order */
  readonly levels?: Readonly<Record<string, readonly string[]>>;
}

/** Chunks of rows, read anew at every call: the fit goes through them some ten times. */
export type ChunkSource = () => Iterable<TableLike> | AsyncIterable<TableLike>;

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
  const reader = new ChunkReader(call, chunks, recipe, family, folded.options);
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

/** Makes problems of the chunks, one after another. */
class ChunkReader {
  readonly #call: string;
  readonly #chunks: ChunkSource;
  readonly #recipe: DesignRecipe;
  readonly #family: Family;
  readonly #options: GlmChunkOptions;

  constructor(call: string, chunks: ChunkSource, recipe: DesignRecipe, family: Family, options: GlmChunkOptions) {
    this.#call = call;
    this.#chunks = chunks;
    this.#recipe = recipe;
    this.#family = family;
    this.#options = options;
  }

  /** The rows of each chunk that miss nothing; chunks without any are passed over. */
  async *problems(): AsyncGenerator<MadeProblem> {
    const call = this.#call;
    for await (const chunk of this.#chunks()) {
      const table = toTable(chunk, call);
      const given = readGivenRows(call, table, this.#options);
      const { missing = "drop" } = this.#options;
      const read = applyDesignAndResponse(call, this.#recipe, table, { missing, alongside: alongsideOf(given) });
      if (read.design.matrix.numRows > 0) yield makeProblem(call, read, given, this.#family);
    }
  }

  /** The sums of one pass over all rows. */
  async pass(request: PassRequest): Promise<PassSums> {
    return this.#sum(request, (problem) => problem);
  }

  /** The same for the model of an intercept alone. */
  async passOfConstant(request: PassRequest): Promise<PassSums> {
    return this.#sum(request, (problem) => ({
      ...problem,
      matrix: {
        numRows: problem.matrix.numRows,
        numColumns: 1,
        blocks: [{ kind: "dense", columns: Int32Array.of(0), values: [null] }],
      },
    }));
  }

  async #sum(request: PassRequest, change: (problem: MadeProblem["problem"]) => MadeProblem["problem"]): Promise<PassSums> {
    let sums: PassSums | null = null;
    for await (const { problem } of this.problems()) {
      const changed = change(problem);
      const part = runPass(changed, new BlockProducts(changed.matrix), request);
      sums = sums ? addSums(sums, part) : part;
    }
    return sums ?? refuseNoRows(this.#call);
  }
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

/** @throws {@link InputError} when the function gives nothing that can be gone through */
function openChunks(call: string, chunks: ChunkSource): ReturnType<ChunkSource> {
  const found = chunks();
  if (typeof found === "object" && found !== null && (Symbol.iterator in found || Symbol.asyncIterator in found)) return found;
  throw new InputError({
    call,
    argument: "chunks",
    expected: "a function that gives an iterable of tables",
    received: `a function that gives ${describeReceived(found)}`,
    mend: "Return an array or a generator of chunks.",
  });
}

/** @returns the family */
function checkChunkOptions(call: string, chunks: unknown, options: GlmChunkOptions): Family {
  if (typeof chunks !== "function") {
    const mend = "Pass () => chunks: they are read once a pass.";
    throw new InputError({ call, argument: "chunks", expected: "a function that gives chunks", received: describeReceived(chunks), mend });
  }
  refuseUnknownOptions(call, options, Object.keys(options ?? {})); // Names are looked at below; this refuses what is no object.
  const { levels, ...shared } = options;
  for (const name of ["penalty", "keepData"])
    if (name in shared) refuseUnknownOptions(call, { [name]: true }, ["family", "link", "levels"]);
  checkGlmOptions(call, shared);
  if (levels !== undefined && (typeof levels !== "object" || levels === null)) {
    const mend = "Leave it out to take the levels of the chunks.";
    throw new InputError({ call, argument: "levels", expected: "lists of levels by column", received: describeReceived(levels), mend });
  }
  for (const name of ["weights", "frequencies", "offset", "exposure"] as const) {
    if (options[name] === undefined || typeof options[name] === "string") continue;
    throw new InputError({
      call,
      argument: name,
      expected: "the name of a column",
      received: describeReceived(options[name]),
      mend: "Put the numbers into a column of the chunks.",
    });
  }
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

function refuseNoRows(call: string): never {
  throw new InputError({
    call,
    argument: "chunks",
    expected: "the same rows at every call",
    received: "rows in one pass and none in another",
    mend: "Return a new iterator each time the function is called.",
  });
}
