import { CtrHash } from "./ctr-hash.ts";

/**
 * What a library makes of categories before its trees see a row. A category is known by a hash of its text. Trees test either its place
 * among the categories that the model names, or columns that tables derive from the hashes of one feature or of several together: these
 * columns stand after the model's features.
 */
export interface DerivedColumns {
  /** The hashes of the categories that tests name, in the order of their codes; one list a feature, null for numeric ones. */
  readonly named: readonly (Int32Array | null)[];
  readonly keys: readonly TableKey[];
  readonly tables: readonly CountTable[];
  readonly columns: readonly DerivedColumn[];
}

/** What the rows of a table are looked up by. */
export interface TableKey {
  /** Features whose categories count. */
  readonly categories: readonly number[];
  /** Whether numeric features are above a limit, in float64. */
  readonly above: readonly { readonly feature: number; readonly threshold: number; readonly missingAbove: boolean }[];
  /** Whether features have one category, by its hash. */
  readonly equals: readonly { readonly feature: number; readonly hash: number }[];
}

/** Counts from training by the hash of a key. */
export interface CountTable {
  /** High and low words of the hashes, ascending. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** Hashes × width. */
  readonly counts: Float64Array;
  readonly width: number;
}

/**
 * How counts become a number, `((good + prior) / (all + weight) + shift) × scale` in float32. Of the counts of classes: `above` takes those
 * of classes after `target` as good, `class` those of class `target`, and all together as all. `mean` takes a sum and a count; `share` a
 * count of `denominator`.
 */
export interface DerivedColumn {
  readonly key: number;
  readonly table: number;
  readonly rule: DerivedRule;
  readonly target: number;
  readonly denominator: number;
  readonly prior: number;
  readonly weight: number;
  readonly shift: number;
  readonly scale: number;
}

export type DerivedRule = "above" | "class" | "mean" | "share";
/** All rules. */
export const DERIVED_RULES: readonly DerivedRule[] = ["above", "class", "mean", "share"];

/** The features that a derived column depends on, ascending. */
export function sourcesOf({ keys, columns }: DerivedColumns, column: number): number[] {
  const { categories, above, equals } = keys[columns[column].key];
  const all = [...categories, ...above.map(({ feature }) => feature), ...equals.map(({ feature }) => feature)];
  return [...new Set(all)].sort((a, b) => a - b);
}

/**
 * Fills in the codes and the derived columns of rows.
 *
 * @param values - rows × (features + derived columns), with numeric features in place; changed in place.
 * @param hashes - Of each categorical feature, one a row; null for numeric ones.
 */
export function deriveColumns(derived: DerivedColumns, values: Float64Array, hashes: readonly (Int32Array | null)[]): void {
  const { named, keys, columns } = derived;
  const width = named.length + columns.length;
  const numRows = values.length / width;
  for (const [j, list] of named.entries()) {
    const own = hashes[j];
    if (list === null || own === null) continue;
    const codes = new Map(Array.from(list, (hash, code) => [hash, code]));
    for (let row = 0; row < numRows; row++) values[row * width + j] = codes.get(own[row]) ?? -1;
  }
  const usesOf = keys.map((): { readonly column: DerivedColumn; readonly cell: number }[] => []);
  columns.forEach((column, c) => usesOf[column.key].push({ column, cell: named.length + c }));
  for (const [k, key] of keys.entries()) {
    const uses = usesOf[k];
    const hash = new CtrHash();
    for (let row = 0; row < numRows; row++) {
      hashKey(hash, key, values, row * width, hashes, row);
      for (const { column, cell } of uses) values[row * width + cell] = countValue(derived, column, hash);
    }
  }
}

function hashKey(
  hash: CtrHash,
  { categories, above, equals }: TableKey,
  values: Float64Array,
  start: number,
  hashes: readonly (Int32Array | null)[],
  row: number,
): void {
  hash.clear();
  for (const feature of categories) hash.add((hashes[feature] as Int32Array)[row]);
  for (const { feature, threshold, missingAbove } of above) {
    const x = values[start + feature];
    hash.add((Number.isNaN(x) ? missingAbove : !(x <= threshold)) ? 1 : 0);
  }
  for (const { feature, hash: wanted } of equals) hash.add((hashes[feature] as Int32Array)[row] === wanted ? 1 : 0);
}

/** The number that a column has for a key; for one that training did not meet, what no counts give. */
function countValue({ tables }: DerivedColumns, column: DerivedColumn, hash: CtrHash): number {
  const { rule, target, denominator } = column;
  const table = tables[column.table];
  const { counts, width } = table;
  const place = findHash(table, hash.high, hash.low);
  if (rule === "share") return toValue(column, place < 0 ? 0 : counts[place], denominator);
  if (place < 0) return toValue(column, 0, 0);
  const start = place * width;
  if (rule === "mean") return toValue(column, counts[start], counts[start + 1]);
  let good = 0;
  let all = 0;
  for (let k = 0; k < width; k++) {
    all += counts[start + k];
    if (rule === "above" ? k > target : k === target) good += counts[start + k];
  }
  return toValue(column, good, all);
}

function toValue({ prior, weight, shift, scale }: DerivedColumn, good: number, all: number): number {
  const rate = Math.fround(Math.fround(Math.fround(good) + prior) / Math.fround(Math.fround(all) + weight));
  return Math.fround(Math.fround(rate + shift) * scale);
}

/** Where a hash stands; -1 where it does not. */
function findHash({ high, low }: CountTable, wantedHigh: number, wantedLow: number): number {
  let first = 0;
  let last = high.length - 1;
  while (first <= last) {
    const middle = (first + last) >> 1;
    const order = high[middle] - wantedHigh || low[middle] - wantedLow;
    if (order === 0) return middle;
    if (order < 0) first = middle + 1;
    else last = middle - 1;
  }
  return -1;
}

/** Names of derived columns: those of the features they come from. */
export function nameDerived(derived: DerivedColumns, names: readonly string[]): string[] {
  return derived.columns.map(
    (_, c) =>
      `${sourcesOf(derived, c)
        .map((j) => names[j])
        .join(" × ")} (statistic ${c})`,
  );
}

/** Tells of a hash whether training met that category of a feature, as far as named ones and the tables of that feature alone know. */
export function categoryChecker({ named, keys, tables, columns }: DerivedColumns, feature: number): (hash: number) => boolean {
  const alone = columns.filter(({ key }) => {
    const { categories, above, equals } = keys[key];
    return categories.length === 1 && categories[0] === feature && above.length + equals.length === 0;
  });
  const own = Array.from(new Set(alone.map(({ table }) => table)), (table) => tables[table]);
  const list = new Set(named[feature]);
  const key = new CtrHash();
  return (hash) => {
    key.clear();
    key.add(hash);
    return list.has(hash) || own.some((table) => findHash(table, key.high, key.low) >= 0);
  };
}
