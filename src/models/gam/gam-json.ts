import * as v from "valibot";
import { type JsonNumber, readJsonNumber, writeJsonNumber } from "../../numeric/index.ts";
import {
  checkLength,
  damaged,
  jsonNumber,
  lowerTriangle,
  numbers,
  readNumbers,
  sharedFromJson,
  sharedToJson,
  wholeMatrix,
} from "../glm/glm-json.ts";
import type { FitJson } from "../glm/glm-json.ts";
import { METHODS } from "./gam-options.ts";
import type { CorrectedFit, FittedSmooth, GamFit } from "./gam-fit.ts";

/** A smooth term as it is saved. */
export interface SmoothJson {
  label: string;
  first: number;
  size: number;
  smoothingParameters: JsonNumber[];
  effectiveDegreesOfFreedom: JsonNumber;
  referenceDegreesOfFreedom: JsonNumber;
  statistic: JsonNumber;
  pValue: JsonNumber;
  isRandomEffect: boolean;
}

/** A generalized additive model as plain JSON, without its training data. */
export interface GamJson extends FitJson {
  schema: "vitrine/gam";
  method: GamFit["method"];
  criterion: JsonNumber;
  estimatedParameters: { name: string; value: JsonNumber; standardError: JsonNumber }[];
  smooths: SmoothJson[];
  /** The most different numbers of a covariate that smooths saw in training; null for all. */
  cells: number | null;
  /** p each. */
  degreesOfFreedom: JsonNumber[];
  referenceDegreesOfFreedom: JsonNumber[];
  /** Rows of the lower triangle, row after row; null where aliased. */
  samplingCovariance: JsonNumber[];
  adjustedRSquared: JsonNumber;
  /** With the uncertainty of the smoothing parameters; null where the method leaves none. */
  corrected: { covariance: JsonNumber[]; degreesOfFreedom: JsonNumber[] } | null;
}

const smooth = v.object({
  label: v.string(),
  first: v.number(),
  size: v.number(),
  smoothingParameters: numbers,
  effectiveDegreesOfFreedom: jsonNumber,
  referenceDegreesOfFreedom: jsonNumber,
  statistic: jsonNumber,
  pValue: jsonNumber,
  isRandomEffect: v.boolean(),
});

const schema = v.object({
  method: v.picklist(METHODS),
  criterion: jsonNumber,
  estimatedParameters: v.array(v.object({ name: v.string(), value: jsonNumber, standardError: jsonNumber })),
  smooths: v.array(smooth),
  cells: v.nullable(v.number()),
  degreesOfFreedom: numbers,
  referenceDegreesOfFreedom: numbers,
  samplingCovariance: numbers,
  adjustedRSquared: jsonNumber,
  corrected: v.nullable(v.object({ covariance: numbers, degreesOfFreedom: numbers })),
});

/** All of a fit but its training data. @param corrected found before, or null */
export function gamToJson(fit: GamFit, corrected: CorrectedFit | null): GamJson {
  const p = fit.estimates.length;
  return {
    schema: "vitrine/gam",
    ...sharedToJson(fit),
    method: fit.method,
    criterion: writeJsonNumber(fit.criterion),
    estimatedParameters: fit.estimatedParameters.map(({ name, value, standardError }) => ({
      name,
      value: writeJsonNumber(value),
      standardError: standardError === null ? null : writeJsonNumber(standardError),
    })),
    smooths: fit.smooths.map((one): SmoothJson => ({
      ...one,
      smoothingParameters: one.smoothingParameters.map(writeJsonNumber),
      effectiveDegreesOfFreedom: writeJsonNumber(one.effectiveDegreesOfFreedom),
      referenceDegreesOfFreedom: writeJsonNumber(one.referenceDegreesOfFreedom),
      statistic: writeJsonNumber(one.statistic),
      pValue: writeJsonNumber(one.pValue),
    })),
    cells: fit.cells,
    degreesOfFreedom: Array.from(fit.degreesOfFreedom, writeJsonNumber),
    referenceDegreesOfFreedom: Array.from(fit.referenceDegreesOfFreedom, writeJsonNumber),
    samplingCovariance: lowerTriangle(fit.samplingCovariance, p),
    adjustedRSquared: writeJsonNumber(fit.adjustedRSquared),
    corrected: corrected && {
      covariance: lowerTriangle(corrected.covariance, p),
      degreesOfFreedom: Array.from(corrected.degreesOfFreedom, writeJsonNumber),
    },
  };
}

/** Restores a fit. @throws {@link InputError} when the JSON is none, or its parts do not fit together */
export function gamFromJson(json: unknown): GamFit {
  const call = "GamModel.fromJSON";
  const shared = sharedFromJson(call, json, "vitrine/gam");
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) throw damaged(call, v.getDotPath(parsed.issues[0]) ?? "", parsed.issues[0].input);
  const saved = parsed.output;
  const p = shared.estimates.length;
  checkLength(call, "degreesOfFreedom", saved.degreesOfFreedom.length, p);
  checkLength(call, "referenceDegreesOfFreedom", saved.referenceDegreesOfFreedom.length, p);
  checkLength(call, "samplingCovariance", saved.samplingCovariance.length, (p * (p + 1)) / 2);
  const { corrected } = saved;
  if (corrected) {
    checkLength(call, "corrected.covariance", corrected.covariance.length, (p * (p + 1)) / 2);
    checkLength(call, "corrected.degreesOfFreedom", corrected.degreesOfFreedom.length, p);
  }
  return {
    ...shared,
    method: saved.method,
    criterion: readJsonNumber(saved.criterion),
    estimatedParameters: saved.estimatedParameters.map(({ name, value, standardError }) => ({
      name,
      value: readJsonNumber(value),
      standardError: standardError === null ? null : readJsonNumber(standardError),
    })),
    smooths: saved.smooths.map((one): FittedSmooth => ({
      ...one,
      smoothingParameters: one.smoothingParameters.map(readJsonNumber),
      effectiveDegreesOfFreedom: readJsonNumber(one.effectiveDegreesOfFreedom),
      referenceDegreesOfFreedom: readJsonNumber(one.referenceDegreesOfFreedom),
      statistic: readJsonNumber(one.statistic),
      pValue: readJsonNumber(one.pValue),
    })),
    cells: saved.cells,
    degreesOfFreedom: readNumbers(saved.degreesOfFreedom),
    referenceDegreesOfFreedom: readNumbers(saved.referenceDegreesOfFreedom),
    samplingCovariance: wholeMatrix(readNumbers(saved.samplingCovariance), p),
    adjustedRSquared: readJsonNumber(saved.adjustedRSquared),
    corrected: corrected && {
      covariance: wholeMatrix(readNumbers(corrected.covariance), p),
      degreesOfFreedom: readNumbers(corrected.degreesOfFreedom),
    },
    search: null,
  };
}
