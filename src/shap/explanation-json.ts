import * as v from "valibot";
import { InputError } from "../errors.ts";
import { type JsonNumber, readJsonNumber, writeJsonNumber } from "../numeric/index.ts";
import { Table } from "../table/index.ts";
import type { Column, ColumnDescription } from "../table/index.ts";
import { ATTRIBUTION_INDEXES, type AttributionIndex } from "./attribution-indexes.ts";
import type { Explanation, ExplanationParts, SamplingSummary } from "./explanation.ts";

/** A column as JSON. */
type ColumnJson =
  | { kind: "numeric"; name: string; description: ColumnDescription; values: JsonNumber[] }
  | { kind: "categorical"; name: string; description: ColumnDescription; levels: string[]; codes: number[] };

/** An explanation as plain JSON. */
export interface ExplanationJson {
  schema: "vitrine/explanation";
  schemaVersion: 1;
  /** Laid out as in {@link Explanation}; so are the next three. */
  values: JsonNumber[];
  baseValues: JsonNumber[];
  predictions: JsonNumber[];
  standardErrors?: JsonNumber[] | undefined;
  backgroundErrors?: JsonNumber[] | undefined;
  /** Rows × outputs. */
  certifiedErrors?: JsonNumber[] | undefined;
  data: { columns: ColumnJson[] };
  features: { name: string; label: string; columns: string[] }[];
  outputNames: string[];
  scale: string;
  units: string;
  method: string;
  /** Shapley values where it is not said. */
  index?: AttributionIndex | undefined;
  background: { numRows: number; totalWeight: number } | null;
  sampling?: SamplingSummary | undefined;
  warnings: { name: string; message: string; subjects?: string[] | undefined }[];
}

const jsonNumber = v.nullable(v.union([v.number(), v.picklist(["Infinity", "-Infinity", "-0"])]));
const numbers = v.array(jsonNumber);
const names = v.array(v.string());
const description = v.object({
  label: v.exactOptional(v.string()),
  unit: v.exactOptional(v.string()),
  levels: v.exactOptional(v.record(v.string(), v.string())),
});
const column = v.variant("kind", [
  v.object({ kind: v.literal("numeric"), name: v.string(), description, values: numbers }),
  v.object({
    kind: v.literal("categorical"),
    name: v.string(),
    description,
    levels: names,
    codes: v.array(v.pipe(v.number(), v.integer(), v.minValue(-1))),
  }),
]);
const explanationSchema: v.GenericSchema<unknown, ExplanationJson> = v.object({
  schema: v.literal("vitrine/explanation"),
  schemaVersion: v.literal(1),
  values: numbers,
  baseValues: numbers,
  predictions: numbers,
  standardErrors: v.optional(numbers),
  backgroundErrors: v.optional(numbers),
  certifiedErrors: v.optional(numbers),
  data: v.object({ columns: v.array(column) }),
  features: v.array(v.object({ name: v.string(), label: v.string(), columns: names })),
  outputNames: names,
  scale: v.string(),
  units: v.string(),
  method: v.string(),
  index: v.optional(v.picklist(ATTRIBUTION_INDEXES)),
  background: v.nullable(v.object({ numRows: v.number(), totalWeight: v.number() })),
  sampling: v.optional(
    v.object({
      estimator: v.string(),
      absentFeatures: v.string(),
      budget: v.number(),
      coalitions: v.number(),
      terms: v.number(),
      rowsAsked: v.number(),
      rowsSent: v.number(),
      seed: v.number(),
      farRows: v.nullable(v.number()),
      noise: v.number(),
    }),
  ),
  warnings: v.array(v.object({ name: v.string(), message: v.string(), subjects: v.optional(names) })),
});

/** Every field of an explanation as JSON that restores it to the bit. */
export function explanationToJson(explanation: Explanation): ExplanationJson {
  const { data, features, outputNames, scale, units, method, index, background, sampling, warnings, standardErrors, backgroundErrors } =
    explanation;
  return {
    schema: "vitrine/explanation",
    schemaVersion: 1,
    values: writeNumbers(explanation.values),
    baseValues: writeNumbers(explanation.baseValues),
    predictions: writeNumbers(explanation.predictions),
    ...(standardErrors ? { standardErrors: writeNumbers(standardErrors) } : {}),
    ...(backgroundErrors ? { backgroundErrors: writeNumbers(backgroundErrors) } : {}),
    ...(explanation.certifiedErrors ? { certifiedErrors: writeNumbers(explanation.certifiedErrors) } : {}),
    data: { columns: data.columnNames.map((name) => writeColumn(data.column(name))) },
    features: features.map((feature) => ({ ...feature, columns: [...feature.columns] })),
    outputNames: [...outputNames],
    scale,
    units,
    method,
    ...(index === "shapley" ? {} : { index }),
    background: background ? { ...background } : null,
    ...(sampling ? { sampling: { ...sampling } } : {}),
    warnings: warnings.map(({ subjects, ...warning }) => (subjects ? { ...warning, subjects: [...subjects] } : warning)),
  };
}

/** The fields of an explanation from its JSON, checked. */
export function explanationFromJson(json: unknown): ExplanationParts {
  const parsed = v.safeParse(explanationSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const expected = issue.received === "undefined" ? "there" : `${issue.expected ?? "valid"}`;
    throw jsonError(v.getDotPath(issue) ?? "the whole value", expected, issue.received === "undefined" ? "nothing" : issue.received);
  }
  const {
    schema: _schema,
    schemaVersion: _version,
    data,
    standardErrors,
    backgroundErrors,
    certifiedErrors,
    sampling,
    index,
    ...fields
  } = parsed.output;
  const table = Table.of(data.columns.map(readColumn));
  const cells = table.numRows * fields.outputNames.length;
  checkLength("values", fields.values, cells * fields.features.length);
  checkLength("baseValues", fields.baseValues, cells);
  checkLength("predictions", fields.predictions, cells);
  if (standardErrors) checkLength("standardErrors", standardErrors, fields.values.length);
  if (backgroundErrors) checkLength("backgroundErrors", backgroundErrors, fields.values.length);
  if (certifiedErrors) checkLength("certifiedErrors", certifiedErrors, cells);
  return {
    ...fields,
    ...(sampling ? { sampling } : {}),
    ...(index ? { index } : {}),
    data: table,
    values: readNumbers(fields.values),
    baseValues: readNumbers(fields.baseValues),
    predictions: readNumbers(fields.predictions),
    ...(standardErrors ? { standardErrors: readNumbers(standardErrors) } : {}),
    ...(backgroundErrors ? { backgroundErrors: readNumbers(backgroundErrors) } : {}),
    ...(certifiedErrors ? { certifiedErrors: readNumbers(certifiedErrors) } : {}),
  };
}

function writeColumn(source: Column): ColumnJson {
  const { name } = source;
  const { label, unit, levels } = source.description;
  const words = {
    ...(label === undefined ? {} : { label }),
    ...(unit === undefined ? {} : { unit }),
    ...(levels ? { levels: { ...levels } } : {}),
  };
  if (source.kind === "numeric") return { kind: "numeric", name, description: words, values: writeNumbers(source.values) };
  return { kind: "categorical", name, description: words, levels: [...source.levels], codes: [...source.codes] };
}

function readColumn(source: ColumnJson): Column {
  if (source.kind === "numeric") return { ...source, values: readNumbers(source.values) };
  const outside = source.codes.find((code) => code >= source.levels.length);
  if (outside !== undefined)
    throw jsonError(`data column ${JSON.stringify(source.name)}`, `codes below ${source.levels.length}`, String(outside));
  return { ...source, codes: Int32Array.from(source.codes) };
}

function writeNumbers(all: Float64Array): JsonNumber[] {
  return Array.from(all, writeJsonNumber);
}

function readNumbers(all: readonly JsonNumber[]): Float64Array {
  return Float64Array.from(all, readJsonNumber);
}

function checkLength(field: string, found: readonly unknown[], expected: number): void {
  if (found.length !== expected) throw jsonError(field, `${expected} numbers (rows × features × outputs)`, `${found.length}`);
}

function jsonError(place: string, expected: string, received: string): InputError {
  return new InputError({
    call: "Explanation.fromJSON",
    argument: place,
    expected,
    received,
    mend: "Give what Explanation.toJSON wrote, unchanged.",
  });
}
