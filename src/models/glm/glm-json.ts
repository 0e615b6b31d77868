import * as v from "valibot";
import { InputError, describeReceived, type Warning } from "../../errors.ts";
import { type JsonNumber, readJsonNumber, writeJsonNumber } from "../../numeric/index.ts";
import { recipeFromJson } from "../../table/index.ts";
import type { DesignRecipe } from "../../table/index.ts";
import type { FamilyJson } from "../families/family.ts";
import { familyFromJson } from "../families/resolve-family.ts";
import type { GlmFit } from "./glm-fit.ts";

/** What the JSON of any fitted model has. */
export interface FitJson {
  schemaVersion: 1;
  formula: string;
  family: FamilyJson;
  recipe: DesignRecipe;
  /** p estimates; null where aliased. */
  estimates: JsonNumber[];
  /** p means of the design's columns. */
  columnMeans: JsonNumber[];
  /** Rows of the lower triangle, row after row; null where aliased. */
  unscaledCovariance: JsonNumber[];
  /** Laid out like `unscaledCovariance`; null for none. */
  givenCovariance: JsonNumber[] | null;
  dispersion: JsonNumber;
  dispersionMethod: GlmFit["dispersionMethod"];
  deviance: JsonNumber;
  nullDeviance: JsonNumber;
  pearsonChiSquared: JsonNumber;
  logLikelihood: JsonNumber;
  numObservations: number;
  residualDegreesOfFreedom: number;
  nullDegreesOfFreedom: number;
  iterations: number;
  converged: boolean;
  parameterStandardError: JsonNumber;
  restriction: GlmFit["restriction"];
  warnings: { name: string; message: string; subjects?: string[] | undefined }[];
}

/** A generalized linear model as plain JSON, without its training data. */
export interface GlmJson extends FitJson {
  schema: "vitrine/glm";
}

export const jsonNumber: v.GenericSchema<JsonNumber> = v.nullable(v.union([v.number(), v.picklist(["Infinity", "-Infinity", "-0"])]));
export const numbers: v.GenericSchema<JsonNumber[]> = v.array(jsonNumber);
const schema = v.object({
  schema: v.string(),
  schemaVersion: v.literal(1),
  formula: v.string(),
  family: v.unknown(),
  recipe: v.unknown(),
  estimates: numbers,
  columnMeans: numbers,
  unscaledCovariance: numbers,
  givenCovariance: v.nullable(numbers),
  dispersion: jsonNumber,
  dispersionMethod: v.picklist(["known", "pearson", "deviance", "fletcher", "likelihood", "given"]),
  deviance: jsonNumber,
  nullDeviance: jsonNumber,
  pearsonChiSquared: jsonNumber,
  logLikelihood: jsonNumber,
  numObservations: v.number(),
  residualDegreesOfFreedom: v.number(),
  nullDegreesOfFreedom: v.number(),
  iterations: v.number(),
  converged: v.boolean(),
  parameterStandardError: jsonNumber,
  restriction: v.nullable(v.picklist(["penalty", "constraints", "firth"])),
  warnings: v.array(v.object({ name: v.string(), message: v.string(), subjects: v.optional(v.array(v.string())) })),
});

/** All of a fit but its training data. */
export function glmToJson(fit: GlmFit): GlmJson {
  return { schema: "vitrine/glm", ...sharedToJson(fit) };
}

/** What the JSON of any fitted model has. */
export function sharedToJson(fit: GlmFit): FitJson {
  const { warnings, parameterStandardError, logLikelihood } = fit;
  return {
    schemaVersion: 1,
    formula: fit.formula,
    family: fit.family.toJSON(),
    recipe: fit.recipe,
    estimates: Array.from(fit.estimates, writeJsonNumber),
    columnMeans: Array.from(fit.columnMeans, writeJsonNumber),
    unscaledCovariance: lowerTriangle(fit.unscaledCovariance, fit.estimates.length),
    givenCovariance: fit.givenCovariance && lowerTriangle(fit.givenCovariance, fit.estimates.length),
    dispersion: writeJsonNumber(fit.dispersion),
    dispersionMethod: fit.dispersionMethod,
    deviance: writeJsonNumber(fit.deviance),
    nullDeviance: writeJsonNumber(fit.nullDeviance),
    pearsonChiSquared: writeJsonNumber(fit.pearsonChiSquared),
    logLikelihood: logLikelihood === null ? null : writeJsonNumber(logLikelihood),
    numObservations: fit.numObservations,
    residualDegreesOfFreedom: fit.residualDegreesOfFreedom,
    nullDegreesOfFreedom: fit.nullDegreesOfFreedom,
    iterations: fit.iterations,
    converged: fit.converged,
    parameterStandardError: parameterStandardError === null ? null : writeJsonNumber(parameterStandardError),
    restriction: fit.restriction,
    warnings: warnings.map(({ subjects, ...rest }) => ({ ...rest, ...(subjects ? { subjects: [...subjects] } : {}) })),
  };
}

/** Restores a fit. @throws {@link InputError} when the JSON is none, or its parts do not fit together */
export function glmFromJson(json: unknown): GlmFit {
  return sharedFromJson("GlmModel.fromJSON", json, "vitrine/glm");
}

/** What any fitted model has, from its JSON. @throws {@link InputError} when the JSON is none of that name, or its parts do not fit together */
export function sharedFromJson(call: string, json: unknown, name: string): GlmFit {
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) throw damaged(call, v.getDotPath(parsed.issues[0]) ?? "", parsed.issues[0].input);
  const saved = parsed.output;
  if (saved.schema !== name) throw damaged(call, "schema", saved.schema);
  const recipe = recipeFromJson(call, saved.recipe);
  const p = recipe.columnNames.length;
  const estimates = readNumbers(saved.estimates);
  const aliased = Uint8Array.from(estimates, (estimate) => (Number.isNaN(estimate) ? 1 : 0));
  checkLength(call, "estimates", estimates.length, p);
  checkLength(call, "columnMeans", saved.columnMeans.length, p);
  for (const [field, cells] of Object.entries({ unscaledCovariance: saved.unscaledCovariance, givenCovariance: saved.givenCovariance })) {
    if (cells) checkLength(call, field, cells.length, (p * (p + 1)) / 2);
  }
  return {
    formula: saved.formula,
    family: familyFromJson(call, saved.family),
    recipe,
    estimates,
    aliased,
    // Not the number of columns: a penalty leaves fewer coefficients than are estimated.
    rank: saved.numObservations - saved.residualDegreesOfFreedom,
    columnMeans: readNumbers(saved.columnMeans),
    unscaledCovariance: wholeMatrix(readNumbers(saved.unscaledCovariance), p),
    givenCovariance: saved.givenCovariance && wholeMatrix(readNumbers(saved.givenCovariance), p),
    dispersion: readJsonNumber(saved.dispersion),
    dispersionMethod: saved.dispersionMethod,
    deviance: readJsonNumber(saved.deviance),
    nullDeviance: readJsonNumber(saved.nullDeviance),
    pearsonChiSquared: readJsonNumber(saved.pearsonChiSquared),
    logLikelihood: saved.logLikelihood === null ? null : readJsonNumber(saved.logLikelihood),
    numObservations: saved.numObservations,
    residualDegreesOfFreedom: saved.residualDegreesOfFreedom,
    nullDegreesOfFreedom: saved.nullDegreesOfFreedom,
    iterations: saved.iterations,
    converged: saved.converged,
    parameterStandardError: saved.parameterStandardError === null ? null : readJsonNumber(saved.parameterStandardError),
    restriction: saved.restriction,
    warnings: saved.warnings.map(({ subjects, ...rest }): Warning => ({ ...rest, ...(subjects ? { subjects } : {}) })),
    training: null,
  };
}

export function readNumbers(values: readonly JsonNumber[]): Float64Array {
  return Float64Array.from(values, readJsonNumber);
}

export function lowerTriangle(matrix: Float64Array, size: number): JsonNumber[] {
  const cells: JsonNumber[] = [];
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) cells.push(writeJsonNumber(matrix[i * size + j]));
  return cells;
}

export function wholeMatrix(triangle: Float64Array, size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  let cell = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = triangle[cell++];
  return matrix;
}

export function checkLength(call: string, field: string, length: number, expected: number): void {
  if (length !== expected) throw notThatJson(call, field, `${length} values where the recipe needs ${expected}`);
}

/** An error that names the field of a JSON that cannot be what it should be. */
export function damaged(call: string, field: string, received: unknown): InputError {
  return notThatJson(call, field, describeReceived(received));
}

function notThatJson(call: string, field: string, received: string): InputError {
  return new InputError({
    call,
    argument: field === "" ? "json" : `json.${field}`,
    expected: "what JSON.stringify(model) wrote, parsed again",
    received,
    mend: `Save the model again with JSON.stringify(model), and restore it with ${call}(JSON.parse(text)).`,
  });
}
