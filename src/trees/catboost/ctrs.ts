import { describeReceived } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { CountTable, DerivedColumn, DerivedColumns, DerivedRule, TableKey } from "../derived/derived-columns.ts";
import { fitsTable } from "../derived/derived-json.ts";
import { readNumbers } from "../json-numbers.ts";
import { float64ThresholdForFloat32AtMost } from "../thresholds.ts";
import type { CatboostColumns } from "./features.ts";
import { type CatboostFile, type CtrElementJson, type CtrJson, readCtrTableJson } from "./file.ts";

const RULES: Readonly<Record<CtrJson["ctr_type"], DerivedRule>> = {
  Borders: "above",
  Buckets: "class",
  BinarizedTargetMeanValue: "mean",
  FloatTargetMeanValue: "mean",
  Counter: "share",
  FeatureFreq: "share",
};
/** What an empty place of CatBoost's own hash table has for a hash. */
const EMPTY = 2n ** 64n - 1n;

/** The derived columns of a model, one a CTR of the file and in its order. */
export interface CatboostCtrs {
  readonly derived: DerivedColumns;
  /** Borders of each; float32. */
  readonly borders: readonly Float64Array[];
}

/**
 * Reads the statistics of categories (CTRs) and the tables that they come from.
 *
 * @throws InputError where a table is missing or malformed, or a CTR reads what its table does not have.
 */
export function readCtrs(call: string, { ctrs, ctrData }: CatboostFile, columns: CatboostColumns): CatboostCtrs {
  const tables: CountTable[] = [];
  const denominators: number[] = [];
  const places = new Map<string, number>();
  const keys: TableKey[] = [];
  const keyPlaces = new Map<string, number>();
  const derived = ctrs.map((ctr, c): DerivedColumn => {
    const where = `ctr ${c}`;
    const rule = RULES[ctr.ctr_type];
    let table = places.get(ctr.identifier);
    if (table === undefined) {
      if (!Object.hasOwn(ctrData, ctr.identifier)) throw damagedFile(call, "ctr_data", `a table for ${where}`, "none", where);
      const json = readCtrTableJson(call, ctrData[ctr.identifier], `the table of ${where}`);
      table = tables.push(readTable(call, json.hash_map, json.hash_stride, `the table of ${where}`)) - 1;
      denominators.push(json.counter_denominator);
      places.set(ctr.identifier, table);
    }
    const { width } = tables[table];
    if (!fitsTable(rule, width === 2 && rule === "above" ? 0 : ctr.target_border_idx, width)) {
      throw damagedFile(call, "target_border_idx", `one of the ${width} counts of the table`, String(ctr.target_border_idx), where);
    }
    const elements = JSON.stringify(ctr.elements);
    const key = keyPlaces.get(elements) ?? keys.push(readKey(call, ctr.elements, columns, where)) - 1;
    keyPlaces.set(elements, key);
    return {
      key,
      table,
      rule,
      // Of two classes CatBoost always takes the second.
      target: width === 2 && rule === "above" ? 0 : rule === "mean" || rule === "share" ? 0 : ctr.target_border_idx,
      denominator: denominators[table],
      prior: Math.fround(ctr.prior_numerator),
      weight: Math.fround(ctr.prior_denomerator),
      shift: Math.fround(ctr.shift),
      scale: Math.fround(ctr.scale),
    };
  });
  const borders = ctrs.map(({ borders: list }, c) => readNumbers({ call, name: "borders", where: `ctr ${c}` }, list, list.length));
  return { derived: { named: columns.named, keys, tables, columns: derived }, borders };
}

function readKey(call: string, elements: readonly CtrElementJson[], columns: CatboostColumns, where: string): TableKey {
  const place = (byIndex: ReadonlyMap<number, number>, index: number | undefined): number => {
    const column = byIndex.get(index ?? -1);
    if (column === undefined) throw damagedFile(call, "elements", "features of the model", `index ${String(index)}`, where);
    return column;
  };
  const of = (kind: CtrElementJson["combination_element"]): readonly CtrElementJson[] =>
    elements.filter(({ combination_element: found }) => found === kind);
  if (elements.length === 0) throw damagedFile(call, "elements", "at least one feature", "none", where);
  return {
    categories: of("cat_feature_value").map((element) => place(columns.categorical, element.cat_feature_index)),
    above: of("float_feature").map((element) => {
      const feature = place(columns.numeric, element.float_feature_index);
      const border = element.border ?? NaN;
      if (Number.isNaN(border)) throw damagedFile(call, "border", "a number", "nothing", where);
      return { feature, threshold: float64ThresholdForFloat32AtMost(border), missingAbove: columns.missingAbove[feature] };
    }),
    equals: of("cat_feature_exact_value").map((element) => ({
      feature: place(columns.categorical, element.cat_feature_index),
      hash: (element.value ?? 0) | 0,
    })),
  };
}

/** A table whose file lists, for each hash as text, `stride - 1` numbers after it. */
function readTable(call: string, list: readonly unknown[], stride: number, where: string): CountTable {
  if (list.length % stride !== 0) throw damagedFile(call, "hash_map", `a multiple of ${stride} entries`, String(list.length), where);
  const width = stride - 1;
  const entries: { hash: bigint; start: number }[] = [];
  for (let start = 0; start < list.length; start += stride) {
    const text = list[start];
    if (typeof text !== "string" || !/^\d{1,20}$/.test(text) || BigInt(text) > EMPTY) {
      throw damagedFile(call, `hash_map[${start}]`, "a hash of 64 bits as text", describeReceived(text), where);
    }
    if (BigInt(text) !== EMPTY) entries.push({ hash: BigInt(text), start });
  }
  entries.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
  const repeated = entries.find(({ hash }, i) => i > 0 && hash === entries[i - 1].hash);
  if (repeated) throw damagedFile(call, "hash_map", "distinct hashes", `${repeated.hash} twice`, where);
  const counts = new Float64Array(entries.length * width);
  for (const [i, { start }] of entries.entries()) {
    const values = readNumbers({ call, name: `hash_map from ${start + 1}`, where }, list.slice(start + 1, start + stride), width);
    if (!values.every(Number.isFinite)) throw damagedFile(call, `hash_map from ${start + 1}`, "finite numbers", "others", where);
    counts.set(values, i * width);
  }
  return {
    high: Uint32Array.from(entries, ({ hash }) => Number(hash >> 32n)),
    low: Uint32Array.from(entries, ({ hash }) => Number(hash & 0xffffffffn)),
    counts,
    width,
  };
}
