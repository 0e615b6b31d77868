import { describeReceived, InputError } from "../errors.ts";
import type { CategoricalColumn, Column } from "./column.ts";
import { inferColumn } from "./infer-column.ts";
import { codesByLevel } from "./levels.ts";

/** As much of an Apache Arrow vector as is read here. */
export interface ArrowVectorLike {
  readonly length: number;
  get(index: number): unknown;
  /** Arrow's own number of the type; -1 is a dictionary. */
  readonly type?: { readonly typeId?: number };
  /** The chunks; each has its own dictionary when the type is one. */
  readonly data?: readonly { readonly dictionary?: ArrowVectorLike }[];
}

/** As much of an Apache Arrow table as is read here; the tables of `apache-arrow` and of what builds on it have it. */
export interface ArrowTableLike {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  readonly numRows: number;
  getChild(name: string): ArrowVectorLike | null;
}

const DICTIONARY = -1;

/** The columns of an Arrow table; dictionaries become categories in the dictionary's order, all else as for plain values. */
export function columnsFromArrow(call: string, table: ArrowTableLike): Column[] {
  if (!isArrowTable(table)) {
    throw new InputError({
      call,
      argument: "table",
      expected: "an Apache Arrow table",
      received: describeReceived(table),
      mend: "For other shapes use Table.fromRecords or Table.fromColumns.",
    });
  }
  return table.schema.fields.map(({ name }) => {
    const vector = table.getChild(name);
    if (vector === null) {
      throw new InputError({
        call,
        argument: `column ${JSON.stringify(name)}`,
        expected: "in the table, as its schema says",
        received: "null from getChild",
        mend: "Make the Arrow table again.",
      });
    }
    const dictionaries = vector.type?.typeId === DICTIONARY ? findDictionaries(vector) : [];
    return dictionaries.length > 0 ? readDictionary(name, vector, dictionaries) : inferColumn(call, name, readAll(vector));
  });
}

/** Whether data looks like an Arrow table; no Arrow library is asked. */
export function isArrowTable(data: unknown): data is ArrowTableLike {
  if (typeof data !== "object" || data === null) return false;
  const { schema, getChild } = data as Partial<ArrowTableLike>;
  return typeof getChild === "function" && Array.isArray(schema?.fields);
}

/** Through `get`, as `toArray` forgets which values are null and leaves times in their raw unit. */
function readAll(vector: ArrowVectorLike): unknown[] {
  return Array.from({ length: vector.length }, (_, row) => vector.get(row));
}

/** Each dictionary once; batches mostly share one. */
function findDictionaries(vector: ArrowVectorLike): ArrowVectorLike[] {
  const all = (vector.data ?? []).flatMap(({ dictionary }) => (dictionary ? [dictionary] : []));
  return [...new Set(all)];
}

function readDictionary(name: string, vector: ArrowVectorLike, dictionaries: readonly ArrowVectorLike[]): CategoricalColumn {
  const texts = dictionaries.flatMap(readAll).filter((value) => value !== null);
  const levels = [...new Set(texts.map(String))];
  const byLevel = codesByLevel(levels);
  const codes = Int32Array.from({ length: vector.length }, (_, row) => {
    const value = vector.get(row);
    return value === null ? -1 : (byLevel.get(String(value)) ?? -1);
  });
  return { kind: "categorical", name, codes, levels, description: {} };
}
