import * as v from "valibot";
import { describeReceived, InputError, type Warning } from "../errors.ts";
import { PACKED_TYPES, type PackedNumbers, packNumbers, unpackNumbers } from "../numeric/index.ts";
import { CATEGORY_RULES, type CategoryRule } from "./category-rule.ts";
import { checkSums, findCategorical, LARGEST_FLOAT32 } from "./check-model.ts";
import { type DerivedColumnsJson, derivedFromJson, derivedSchema, derivedToJson } from "./derived/derived-json.ts";
import { type DerivedColumns, nameDerived } from "./derived/derived-columns.ts";
import { joinTrees } from "./draft-trees.ts";
import type { ModelFeature } from "./encoded-rows.ts";
import type { TreeEnsembleParts } from "./ensemble-parts.ts";
import type { TreeNodes } from "./nodes.ts";
import { LINK_NAMES, type LinkName, outputLink } from "./output-link.ts";
import { depthFirst, draftPackedTrees, leavesInOrder, packTrees, type PackedTrees, type UnpackedLinearLeaves } from "./packed-trees.ts";
import type { Verification } from "./verify-predictions.ts";

/** A {@link TreeEnsemble} as plain JSON. */
export interface TreeEnsembleJson {
  schema: "vitrine/tree-ensemble";
  schemaVersion: 1;
  format: string;
  objective: string;
  features: { name: string; kind: ModelFeature["kind"]; levels: string[] | null }[];
  outputNames: string[];
  trees: PackedTrees;
  baseScores: PackedNumbers;
  link: { name: LinkName; units: string; slope: number; divisor: number };
  /** Base scores and leaf values as the library adds them up in float32; null for float64. */
  singlePrecision: { baseScores: PackedNumbers; leafValues: PackedNumbers; basesLast?: boolean | undefined } | null;
  /** Features × outputs; null where only trees count. */
  linearTerms: { weights: PackedNumbers } | null;
  /** Null where trees test the features alone. */
  derivedColumns: DerivedColumnsJson | null;
  categoryRule: CategoryRule;
  warnings: { name: string; message: string; subjects?: string[] | undefined }[];
  verification: Verification | null;
}

const packed = v.object({ type: v.picklist(PACKED_TYPES), base64: v.string() });
const texts = v.array(v.string());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(
  v.number(),
  v.finite(),
  v.check((x) => x > 0),
);
const distance = v.pipe(v.number(), v.finite(), v.minValue(0));
const trees = v.object({
  feature: packed,
  cover: packed,
  flags: packed,
  threshold: packed,
  numCategories: packed,
  categories: packed,
  leafValues: packed,
  leafWidth: v.pipe(count, v.minValue(1)),
  treeOutput: packed,
  linearLeaves: v.optional(v.nullable(v.object({ constants: packed, numTerms: packed, termFeature: packed, termCoefficient: packed }))),
});
const ensembleSchema: v.GenericSchema<unknown, TreeEnsembleJson> = v.object({
  schema: v.literal("vitrine/tree-ensemble"),
  schemaVersion: v.literal(1),
  format: v.string(),
  objective: v.string(),
  features: v.pipe(
    v.array(v.object({ name: v.string(), kind: v.picklist(["numeric", "categorical"]), levels: v.nullable(texts) })),
    v.minLength(1),
  ),
  outputNames: v.pipe(texts, v.minLength(1)),
  trees,
  baseScores: packed,
  link: v.object({ name: v.picklist(LINK_NAMES), units: v.string(), slope: positive, divisor: positive }),
  singlePrecision: v.nullable(v.object({ baseScores: packed, leafValues: packed, basesLast: v.optional(v.boolean()) })),
  linearTerms: v.nullable(v.object({ weights: packed })),
  derivedColumns: v.optional(v.nullable(derivedSchema), null),
  categoryRule: v.picklist(CATEGORY_RULES),
  warnings: v.array(v.object({ name: v.string(), message: v.string(), subjects: v.optional(texts) })),
  verification: v.nullable(
    v.object({
      ok: v.boolean(),
      maxAbsoluteError: distance,
      maxRelativeError: distance,
      worstRow: count,
      numRows: count,
      tolerance: v.pipe(v.number(), v.minValue(0)),
      scale: v.picklist(["raw", "response"]),
      diagnosis: v.exactOptional(v.string()),
    }),
  ),
});

/** Every field of an ensemble as JSON that restores it to the bit. */
export function ensembleToJson(parts: TreeEnsembleParts): TreeEnsembleJson {
  const { format, objective, nodes, link, singlePrecision: single, linearTerms, categoryRule } = parts;
  const order = depthFirst(nodes);
  return {
    schema: "vitrine/tree-ensemble",
    schemaVersion: 1,
    format,
    objective,
    features: parts.features.map(({ name, kind, levels }) => ({ name, kind, levels: levels && [...levels] })),
    outputNames: [...parts.outputNames],
    trees: packTrees(nodes, order),
    baseScores: packNumbers(parts.baseScores),
    link: { name: link.name, units: link.units, slope: link.slope, divisor: link.divisor },
    singlePrecision: single
      ? {
          baseScores: packNumbers(single.baseScores),
          leafValues: packNumbers(leavesInOrder(nodes, order, single.leafValues)),
          ...(single.basesLast === true ? { basesLast: true } : {}),
        }
      : null,
    linearTerms: linearTerms ? { weights: packNumbers(linearTerms.weights) } : null,
    derivedColumns: parts.derivedColumns ? derivedToJson(parts.derivedColumns) : null,
    categoryRule,
    warnings: parts.warnings.map(({ subjects, ...warning }) => (subjects ? { ...warning, subjects: [...subjects] } : warning)),
    verification: parts.verification ? { ...parts.verification } : null,
  };
}

/** The fields of an ensemble from its JSON, checked as those of a model file. @throws InputError at the first that cannot be */
export function ensembleFromJson(call: string, json: unknown): TreeEnsembleParts {
  const parsed = v.safeParse(ensembleSchema, json);
  if (!parsed.success) throw damaged(call, v.getDotPath(parsed.issues[0]) ?? "", describeReceived(parsed.issues[0].input));
  const saved = parsed.output;
  const { format, objective, features, outputNames, link, categoryRule, verification } = saved;
  checkFeatures(call, features);
  const derivedColumns = readDerived(call, saved);
  const nodes = readTrees(call, saved, derivedColumns);
  const baseScores = readFinite(call, "baseScores", saved.baseScores, outputNames.length);
  const single = saved.singlePrecision && {
    baseScores: Float32Array.from(readFinite(call, "singlePrecision.baseScores", saved.singlePrecision.baseScores, outputNames.length)),
    leafValues: Float32Array.from(
      readFinite(call, "singlePrecision.leafValues", saved.singlePrecision.leafValues, nodes.leafValues.length),
    ),
    ...(saved.singlePrecision.basesLast === true ? { basesLast: true } : {}),
  };
  checkSums(call, nodes, baseScores, single ? LARGEST_FLOAT32 : Number.MAX_VALUE);
  if (single)
    checkSums(call, { ...nodes, leafValues: Float64Array.from(single.leafValues) }, Float64Array.from(single.baseScores), LARGEST_FLOAT32);
  const weights =
    saved.linearTerms && readFinite(call, "linearTerms.weights", saved.linearTerms.weights, features.length * outputNames.length);
  return {
    format,
    objective,
    features,
    outputNames,
    nodes,
    baseScores,
    link: outputLink(link.name, link),
    ...(single ? { singlePrecision: single } : {}),
    linearTerms: weights && { weights },
    derivedColumns,
    categoryRule,
    warnings: saved.warnings.map(({ subjects, ...rest }): Warning => ({ ...rest, ...(subjects ? { subjects } : {}) })),
    verification,
  };
}

function checkFeatures(call: string, features: readonly ModelFeature[]): void {
  if (new Set(features.map(({ name }) => name)).size < features.length) throw damaged(call, "features", "a name twice");
  for (const [j, { kind, levels }] of features.entries()) {
    if (levels === null) continue;
    if (kind === "numeric") throw damaged(call, `features.${j}.levels`, "levels of a number");
    if (new Set(levels).size < levels.length) throw damaged(call, `features.${j}.levels`, "a level twice");
  }
}

function readDerived(call: string, { derivedColumns, features }: TreeEnsembleJson): DerivedColumns | null {
  if (derivedColumns === null) return null;
  const derived = derivedFromJson(
    derivedColumns,
    features.map(({ kind }) => kind === "categorical"),
  );
  if (typeof derived === "string") throw damaged(call, `derivedColumns.${derived}`, "what does not fit the rest");
  return derived;
}

function readTrees(call: string, { trees: saved, features, outputNames }: TreeEnsembleJson, derived: DerivedColumns | null): TreeNodes {
  const { leafWidth, linearLeaves, ...arrays } = saved;
  const read = (field: keyof typeof arrays): Float64Array => unpack(call, `trees.${field}`, arrays[field]);
  const own = features.map(({ name }) => name);
  const names = derived ? [...own, ...nameDerived(derived, own)] : own;
  const feature = readWhole(call, "trees.feature", arrays.feature, -1, names.length - 1);
  const leafValues = read("leafValues");
  const numLeaves = feature.reduce((leaves, j) => (j < 0 ? leaves + 1 : leaves), 0);
  if (leafValues.length !== numLeaves * leafWidth || leafWidth > outputNames.length) {
    throw damaged(call, "trees.leafValues", `${leafValues.length} numbers for ${numLeaves} leaves of ${leafWidth}`);
  }
  const drafted = draftPackedTrees(call, {
    feature,
    cover: read("cover"),
    flags: read("flags"),
    threshold: read("threshold"),
    numCategories: read("numCategories"),
    categories: read("categories"),
    leafValues,
    leafWidth,
    linearLeaves: linearLeaves ? readLinearLeaves(call, linearLeaves, numLeaves, leafWidth, features.length) : null,
    treeOutput: readWhole(call, "trees.treeOutput", arrays.treeOutput, 0, outputNames.length - leafWidth),
  });
  const nodes = joinTrees({ call, trees: drafted, numFeatures: names.length, leafWidth });
  const wrong = findCategorical(call, nodes, names).findIndex((tested, j) => tested && features[j]?.kind !== "categorical");
  if (wrong >= 0) throw damaged(call, `features.${wrong}.kind`, '"numeric" for a feature that trees test as a category');
  return nodes;
}

function readLinearLeaves(
  call: string,
  saved: NonNullable<PackedTrees["linearLeaves"]>,
  numLeaves: number,
  leafWidth: number,
  numFeatures: number,
): UnpackedLinearLeaves {
  const field = "trees.linearLeaves";
  if (leafWidth > 1) throw damaged(call, field, `linear leaves of ${leafWidth} values`);
  const termFeature = readWhole(call, `${field}.termFeature`, saved.termFeature, 0, numFeatures - 1);
  const numTerms = readWhole(call, `${field}.numTerms`, saved.numTerms, 0, termFeature.length);
  if (numTerms.length !== numLeaves) throw damaged(call, `${field}.numTerms`, `${numTerms.length} numbers for ${numLeaves} leaves`);
  const sum = numTerms.reduce((total, terms) => total + terms, 0);
  if (sum !== termFeature.length) throw damaged(call, `${field}.numTerms`, `${sum} terms, of which ${termFeature.length} are there`);
  return {
    constants: readFinite(call, `${field}.constants`, saved.constants, numLeaves),
    numTerms,
    termFeature,
    termCoefficient: readFinite(call, `${field}.termCoefficient`, saved.termCoefficient, sum),
  };
}

function unpack(call: string, field: string, numbers: PackedNumbers): Float64Array {
  const unpacked = unpackNumbers(numbers);
  if (unpacked === null) throw damaged(call, `${field}.base64`, `no base64 of ${numbers.type} numbers`);
  return unpacked;
}

function readWhole(call: string, field: string, numbers: PackedNumbers, least: number, most: number): Float64Array {
  const unpacked = unpack(call, field, numbers);
  const bad = unpacked.find((x) => !(Number.isInteger(x) && x >= least && x <= most));
  if (bad !== undefined) throw damaged(call, field, `${bad}, which is no whole number from ${least} to ${most}`);
  return unpacked;
}

function readFinite(call: string, field: string, numbers: PackedNumbers, length: number): Float64Array {
  const unpacked = unpack(call, field, numbers);
  if (unpacked.length !== length) throw damaged(call, field, `${unpacked.length} numbers instead of ${length}`);
  if (!unpacked.every(Number.isFinite)) throw damaged(call, field, "a number that is not finite");
  return unpacked;
}

function damaged(call: string, field: string, received: string): InputError {
  return new InputError({
    call,
    argument: field === "" ? "json" : `json.${field}`,
    expected: "what JSON.stringify(ensemble) wrote, parsed again",
    received,
    mend: `Save the ensemble again with JSON.stringify(ensemble), and restore it with ${call}(JSON.parse(text)).`,
  });
}
