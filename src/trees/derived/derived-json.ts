import * as v from "valibot";
import { PACKED_TYPES, type PackedNumbers, packNumbers, unpackNumbers } from "../../numeric/index.ts";
import { type CountTable, DERIVED_RULES, type DerivedColumn, type DerivedColumns, type TableKey } from "./derived-columns.ts";

interface PackedTable {
  high: PackedNumbers;
  low: PackedNumbers;
  counts: PackedNumbers;
  width: number;
}

/** {@link DerivedColumns} as plain JSON. */
export interface DerivedColumnsJson {
  named: (PackedNumbers | null)[];
  keys: {
    categories: number[];
    above: { feature: number; threshold: number; missingAbove: boolean }[];
    equals: { feature: number; hash: number }[];
  }[];
  tables: PackedTable[];
  columns: {
    key: number;
    table: number;
    rule: DerivedColumn["rule"];
    target: number;
    denominator: number;
    prior: number;
    weight: number;
    shift: number;
    scale: number;
  }[];
}

const packed = v.object({ type: v.picklist(PACKED_TYPES), base64: v.string() });
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());

/** What {@link derivedToJson} writes. */
export const derivedSchema: v.GenericSchema<unknown, DerivedColumnsJson> = v.object({
  named: v.array(v.nullable(packed)),
  keys: v.array(
    v.object({
      categories: v.array(index),
      above: v.array(v.object({ feature: index, threshold: finite, missingAbove: v.boolean() })),
      equals: v.array(v.object({ feature: index, hash: finite })),
    }),
  ),
  tables: v.array(v.object({ high: packed, low: packed, counts: packed, width: index })),
  columns: v.array(
    v.object({
      key: index,
      table: index,
      rule: v.picklist(DERIVED_RULES),
      target: index,
      denominator: finite,
      prior: finite,
      weight: finite,
      shift: finite,
      scale: finite,
    }),
  ),
});

/** JSON that restores derived columns to the bit. */
export function derivedToJson({ named, keys, tables, columns }: DerivedColumns): DerivedColumnsJson {
  return {
    named: named.map((list) => list && packNumbers(list)),
    keys: keys.map(({ categories, above, equals }) => ({
      categories: [...categories],
      above: above.map((limit) => ({ ...limit })),
      equals: equals.map((test) => ({ ...test })),
    })),
    tables: tables.map(({ high, low, counts, width }) => ({
      high: packNumbers(high),
      low: packNumbers(low),
      counts: packNumbers(counts),
      width,
    })),
    columns: columns.map((column) => ({ ...column })),
  };
}

/** Derived columns from their JSON; where something does not fit, the name of the field. */
export function derivedFromJson(json: DerivedColumnsJson, isCategorical: readonly boolean[]): DerivedColumns | string {
  const named = json.named.map((list) => list && unpackNumbers(list));
  const misnamed = named.findIndex((list, j) => (list === null) === isCategorical[j] || list?.some((hash) => (hash | 0) !== hash));
  if (named.length !== isCategorical.length || misnamed >= 0) return `named.${Math.max(0, misnamed)}`;
  const categorical = (feature: number): boolean => isCategorical[feature] ?? false;
  const badKey = json.keys.findIndex(
    ({ categories, above, equals }) =>
      !(categories.every(categorical) && equals.every((test) => categorical(test.feature))) ||
      above.some(({ feature }) => isCategorical[feature] !== false),
  );
  if (badKey >= 0) return `keys.${badKey}`;
  const tables: CountTable[] = [];
  for (const [t, saved] of json.tables.entries()) {
    const table = unpackTable(saved);
    if (table === null) return `tables.${t}`;
    tables.push(table);
  }
  const badColumn = json.columns.findIndex(({ key, table, rule, target }) => {
    return json.keys[key] === undefined || tables[table] === undefined || !fitsTable(rule, target, tables[table].width);
  });
  if (badColumn >= 0) return `columns.${badColumn}`;
  return { named: named.map((list) => list && Int32Array.from(list)), keys: json.keys satisfies TableKey[], tables, columns: json.columns };
}

/** Whether a rule finds in a table of a width what it reads. */
export function fitsTable(rule: DerivedColumn["rule"], target: number, width: number): boolean {
  if (rule === "share") return width === 1;
  if (rule === "mean") return width === 2;
  return width >= 2 && target < width;
}

function unpackTable({ high: packedHigh, low: packedLow, counts: packedCounts, width }: PackedTable): CountTable | null {
  const [high, low, counts] = [packedHigh, packedLow, packedCounts].map(unpackNumbers);
  if (!high || !low || !counts || high.length !== low.length || counts.length !== high.length * width) return null;
  if (!high.every(isWord) || !low.every(isWord) || !counts.every(Number.isFinite)) return null;
  const ascends = high.every((word, i) => i === 0 || word > high[i - 1] || (word === high[i - 1] && low[i] > low[i - 1]));
  return ascends ? { high: Uint32Array.from(high), low: Uint32Array.from(low), counts, width } : null;
}

function isWord(x: number): boolean {
  return x >>> 0 === x;
}
