import * as v from "valibot";
import { describeReceived, InputError } from "../../../errors.ts";
import type { Warning } from "../../../errors.ts";
import { recipeFromJson } from "../../../table/index.ts";
import type { DesignRecipe } from "../../../table/index.ts";
import type { FamilyJson } from "../../families/family.ts";
import { familyFromJson } from "../../families/resolve-family.ts";
import type { GlmPathFit } from "./glm-path-fit.ts";

/** A path as plain JSON, without its training data. */
export interface GlmPathJson {
  schema: "vitrine/glm-path";
  schemaVersion: 1;
  formula: string;
  family: FamilyJson;
  recipe: DesignRecipe;
  l1Ratio: number;
  /** Descending. */
  strengths: number[];
  /** For each strength p coefficients. */
  coefficients: number[][];
  /** For each strength the number of penalisable coefficients that are not zero. */
  degreesOfFreedom: number[];
  devianceRatio: number[];
  nullDeviance: number;
  converged: boolean[];
  crossValidation: CrossValidationJson | null;
  warnings: { name: string; message: string; subjects?: string[] | undefined }[];
}

interface CrossValidationJson {
  meanDeviance: number[];
  standardError: number[];
  indexMin: number;
  indexOneStandardError: number;
  numFolds: number;
}

const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const schema = v.object({
  schema: v.literal("vitrine/glm-path"),
  schemaVersion: v.literal(1),
  formula: v.string(),
  family: v.unknown(),
  recipe: v.unknown(),
  l1Ratio: finite,
  strengths: v.pipe(v.array(finite), v.minLength(1)),
  coefficients: v.array(v.array(finite)),
  degreesOfFreedom: v.array(whole),
  devianceRatio: v.array(finite),
  nullDeviance: finite,
  converged: v.array(v.boolean()),
  crossValidation: v.nullable(
    v.object({
      meanDeviance: v.array(finite),
      standardError: v.array(finite),
      indexMin: whole,
      indexOneStandardError: whole,
      numFolds: whole,
    }),
  ),
  warnings: v.array(v.object({ name: v.string(), message: v.string(), subjects: v.optional(v.array(v.string())) })),
});

/** What is saved of a path. */
export function pathToJson(fit: GlmPathFit): GlmPathJson {
  const { formula, family, recipe, l1Ratio, nullDeviance, crossValidation, warnings } = fit;
  const p = recipe.columnNames.length;
  return {
    schema: "vitrine/glm-path",
    schemaVersion: 1,
    formula,
    family: family.toJSON(),
    recipe,
    l1Ratio,
    strengths: [...fit.strengths],
    coefficients: Array.from(fit.strengths, (_, k) => [...fit.coefficients.subarray(k * p, (k + 1) * p)]),
    degreesOfFreedom: [...fit.degreesOfFreedom],
    devianceRatio: [...fit.devianceRatio],
    nullDeviance,
    converged: Array.from(fit.converged, (one) => one === 1),
    crossValidation: crossValidation && {
      meanDeviance: [...crossValidation.meanDeviance],
      standardError: [...crossValidation.standardError],
      indexMin: crossValidation.indexMin,
      indexOneStandardError: crossValidation.indexOneStandardError,
      numFolds: crossValidation.numFolds,
    },
    warnings: warnings.map(({ subjects, ...rest }) => ({ ...rest, ...(subjects ? { subjects: [...subjects] } : {}) })),
  };
}

/** Restores a path. @throws {@link InputError} when the JSON is none, or its parts do not fit together */
export function pathFromJson(json: unknown): GlmPathFit {
  const call = "GlmPath.fromJSON";
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) throw damaged(v.getDotPath(parsed.issues[0]) ?? "", describeReceived(parsed.issues[0].input));
  const saved = parsed.output;
  const recipe = recipeFromJson(call, saved.recipe);
  const number = saved.strengths.length;
  const p = recipe.columnNames.length;
  const { coefficients, degreesOfFreedom, devianceRatio, converged, crossValidation: chosen } = saved;
  const lengths = {
    coefficients,
    degreesOfFreedom,
    devianceRatio,
    converged,
    ...(chosen && { meanDeviance: chosen.meanDeviance, standardError: chosen.standardError }),
  };
  for (const [field, values] of Object.entries(lengths)) {
    if (values.length !== number) throw damaged(field, `${values.length} values for ${number} strengths`);
  }
  const odd = coefficients.find((values) => values.length !== p);
  if (odd !== undefined) throw damaged("coefficients", `${odd.length} values where the recipe needs ${p}`);
  if (chosen && Math.max(chosen.indexMin, chosen.indexOneStandardError) >= number)
    throw damaged("crossValidation", "an index beyond the path");
  const strengths = Float64Array.from(saved.strengths);
  return {
    formula: saved.formula,
    family: familyFromJson(call, saved.family),
    recipe,
    l1Ratio: saved.l1Ratio,
    strengths,
    coefficients: Float64Array.from(coefficients.flat()),
    degreesOfFreedom: Int32Array.from(degreesOfFreedom),
    devianceRatio: Float64Array.from(devianceRatio),
    nullDeviance: saved.nullDeviance,
    converged: Uint8Array.from(converged, Number),
    crossValidation: chosen && {
      ...chosen,
      meanDeviance: Float64Array.from(chosen.meanDeviance),
      standardError: Float64Array.from(chosen.standardError),
      strengthMin: strengths[chosen.indexMin],
      strengthOneStandardError: strengths[chosen.indexOneStandardError],
    },
    warnings: saved.warnings.map(({ subjects, ...rest }): Warning => ({ ...rest, ...(subjects ? { subjects } : {}) })),
    training: null,
  };
}

function damaged(field: string, received: string): InputError {
  return new InputError({
    call: "GlmPath.fromJSON",
    argument: field === "" ? "json" : `json.${field}`,
    expected: "what JSON.stringify(path) wrote, parsed again",
    received,
    mend: "Save the path again with JSON.stringify(path), and restore it with GlmPath.fromJSON(JSON.parse(text)).",
  });
}
