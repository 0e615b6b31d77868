import { describe, expect, test } from "vitest";
import { categorical, isMatrix, Table } from "../../../src/table/index.ts";
import type { Column } from "../../../src/table/index.ts";
import { messageOf } from "../../support/message-of.ts";

const people = () =>
  Table.fromRecords([
    { age: 31, region: "north" },
    { age: null, region: "south" },
    { age: 54, region: null },
  ]);

/** The ages of people in these rows. */
const ages = (start: number, end?: number) => Array.from(people().select(["age"]).rows(start, end).values);

/** Lets a test pass what the types forbid. */
const any = (value: unknown) => value as never;

describe("making a table", () => {
  test("of records: columns in order of first appearance, a lacking name is missing", () => {
    const table = Table.fromRecords([{ b: 1 }, { a: "x", b: 2 }]);
    expect(table.columnNames).toEqual(["b", "a"]);
    expect(table.toRecords()).toEqual([
      { b: 1, a: null },
      { b: 2, a: "x" },
    ]);
  });

  test("of records: names that every object inherits are plain names", () => {
    const rows = JSON.parse('[{"__proto__": 1, "constructor": "a", "toString": true}, {"x": 2}]');
    const table = Table.fromRecords(rows);
    expect(table.columnNames).toEqual(["__proto__", "constructor", "toString", "x"]);
    const [first, second] = table.toRecords();
    expect(Object.entries(first)).toEqual([
      ["__proto__", 1],
      ["constructor", "a"],
      ["toString", "true"],
      ["x", null],
    ]);
    expect(Object.values(second)).toEqual([null, null, null, 2]);
    expect(table.has("hasOwnProperty")).toBe(false);
  });

  test("of columns: empty arrays make a table of no rows", () => {
    const table = Table.fromColumns({ a: [], b: new Float64Array(0) });
    expect([table.numRows, table.numColumns]).toEqual([0, 2]);
    expect(table.toRecords()).toEqual([]);
  });

  test("of columns: a list without indices is read through its iterator", () => {
    const list = {
      length: 2,
      *[Symbol.iterator]() {
        yield* [4, 5];
      },
    };
    expect(Table.fromColumns({ a: list as unknown as number[] }).values).toEqual(Float64Array.of(4, 5));
  });

  test("of columns: the columns of another table keep their levels", () => {
    const first = Table.fromColumns({ size: categorical(["M"], ["S", "M"]) });
    const again = Table.fromColumns({ size: first.column("size") as Column & { kind: "categorical" } });
    expect(again.column("size")).toEqual(first.column("size"));
  });

  test("of a matrix, row after row", () => {
    const table = Table.fromMatrix(Float64Array.of(1, 2, 3, 4, NaN, 6), ["a", "b"]);
    expect(table.numRows).toBe(3);
    expect(table.column("a")).toMatchObject({ kind: "numeric", values: Float64Array.of(1, 3, NaN) });
    expect(table.column("b")).toMatchObject({ kind: "numeric", values: Float64Array.of(2, 4, 6) });
  });
});

describe("a table as a matrix", () => {
  test("holds numbers and codes row after row, with NaN where missing", () => {
    expect(people().values).toEqual(Float64Array.of(31, 0, NaN, 1, 54, NaN));
  });

  test("is made once", () => {
    const table = people();
    expect(table.values).toBe(table.values);
  });

  test("isMatrix knows tables and matrices from other things", () => {
    expect(isMatrix(people())).toBe(true);
    expect(isMatrix({ values: new Float64Array(2), numRows: 1, numColumns: 2 })).toBe(true);
    for (const other of [null, 3, [], { values: [1], numRows: 1, numColumns: 1 }, { values: new Float64Array(1) }]) {
      expect(isMatrix(other)).toBe(false);
    }
  });
});

describe("choosing", () => {
  test("select orders columns as named", () => {
    expect(people().select(["region", "age"]).columnNames).toEqual(["region", "age"]);
  });

  test("rows takes from start up to end, and stops at the end of the table", () => {
    expect(ages(1)).toEqual([NaN, 54]);
    expect(ages(0, 1)).toEqual([31]);
    expect(ages(2, 100)).toEqual([54]);
    expect(ages(7, 100)).toEqual([]);
    expect(ages(2, 1)).toEqual([]);
  });

  test("take repeats and reorders rows", () => {
    expect(people().take([2, 0, 2]).toRecords()).toEqual([
      { age: 54, region: null },
      { age: 31, region: "north" },
      { age: 54, region: null },
    ]);
  });

  test("filter sees each row and its position", () => {
    const seen: unknown[] = [];
    const kept = people().filter((record, index) => {
      seen.push([index, record]);
      return record.age !== null && index > 0;
    });
    expect(kept.toRecords()).toEqual([{ age: 54, region: null }]);
    expect(seen).toEqual(
      people()
        .toRecords()
        .map((record, index) => [index, record]),
    );
  });

  test("levels stay when their last row goes", () => {
    expect(people().take([0]).column("region")).toMatchObject({ codes: Int32Array.of(0), levels: ["north", "south"] });
  });
});

describe("describe", () => {
  test("adds to what columns carry and leaves the table that it was called on", () => {
    const table = people();
    const labelled = table.describe({ age: { label: "Age" }, region: { levels: { north: "North" } } }).describe({ age: { unit: "years" } });
    expect(labelled.column("age").description).toEqual({ label: "Age", unit: "years" });
    expect(labelled.column("region").description).toEqual({ levels: { north: "North" } });
    expect(labelled.rows(0, 1).take([0]).select(["age"]).column("age").description).toEqual({ label: "Age", unit: "years" });
    expect(table.column("age").description).toEqual({});
  });

  const refused: [string, Record<string, object>, string][] = [
    ["an unknown column", { agee: {} }, 'dictionary must be among the columns "age", "region"; got "agee". Did you mean "age"?'],
    [
      "levels of numbers",
      { age: { levels: {} } },
      'the description of column "age" must be a label and a unit, as it is numeric; got names of levels. ' +
        "Make the column categorical to name its levels.",
    ],
    [
      "a unit of categories",
      { region: { unit: "km" } },
      'the description of column "region" must be a label and names of levels, as it is categorical; got a unit. ' +
        "Put the unit into the label.",
    ],
    [
      "a key with a slip of the pen",
      { age: { lable: "Age" } },
      'the description of column "age" must be an object of label, unit or levels; got one with "lable". Correct the name.',
    ],
    [
      "a label that is no text",
      { age: { label: 5 } },
      'the description of column "age" must be an object of label, unit or levels made of texts; got 5. Write it in quotes.',
    ],
    [
      "a bare label",
      { age: "Age" as unknown as object },
      'the description of column "age" must be an object of label, unit or levels; got "Age". A label alone is written { label: "…" }.',
    ],
  ];
  test.each(refused)("refuses %s", (_, dictionary, sentence) => {
    expect(messageOf(() => people().describe(dictionary))).toBe(`Table.describe: ${sentence}`);
  });
});

describe("what is refused", () => {
  const refused: [string, () => unknown, string][] = [
    [
      "no records",
      () => Table.fromRecords([]),
      "Table.fromRecords: rows must be an array of at least one row; got an empty array. " +
        "Without rows the columns are not known; Table.fromColumns makes a table of no rows.",
    ],
    [
      "records that are no array",
      () => Table.fromRecords(any("a,b")),
      'Table.fromRecords: rows must be an array of at least one row; got "a,b". ' +
        "Without rows the columns are not known; Table.fromColumns makes a table of no rows.",
    ],
    [
      "a record that is an array",
      () => Table.fromRecords(any([{ a: 1 }, [2]])),
      "Table.fromRecords: rows must be objects of name and value; got an array of 1 at index 1. " +
        "For rows as arrays use Table.fromMatrix or Table.fromColumns.",
    ],
    [
      "records without a name",
      () => Table.fromRecords([{}]),
      "Table.fromRecords: a table must be made of at least one column; got none. Give at least one named column.",
    ],
    [
      "columns that are no object",
      () => Table.fromColumns(any([[1]])),
      "Table.fromColumns: columns must be an object of name and values; got an array of 1. For rows as objects use Table.fromRecords.",
    ],
    [
      "a column that is a text",
      () => Table.fromColumns(any({ a: "abc" })),
      'Table.fromColumns: column "a" must be an array, a typed array or categorical(values, levels); got "abc". Give one value a row.',
    ],
    [
      "columns of different lengths",
      () => Table.fromColumns({ a: [1, 2], b: [1, 2], c: ["x"] }),
      'Table.fromColumns: column "c" must be 2 rows long, like column "a"; got 1. ' +
        "Give every column one value a row, null where it is missing.",
    ],
    [
      "codes outside the levels",
      () => Table.fromColumns({ a: { kind: "categorical", codes: Int32Array.of(0, 2), levels: ["x", "y"] } }),
      'Table.fromColumns: column "a" must be codes from -1 to 1; got 2 at index 1. Make the column with categorical(values, levels).',
    ],
    [
      "an empty name",
      () => Table.fromColumns({ a: [1], "": [1] }),
      'Table.fromColumns: names of columns must be texts of at least one letter; got "" at index 1. Give the column a name.',
    ],
    [
      "a matrix of other numbers",
      () => Table.fromMatrix(any([1, 2]), ["a"]),
      "Table.fromMatrix: values must be a Float64Array, row after row; got an array of 2. Use Float64Array.from(values).",
    ],
    [
      "a matrix of broken rows",
      () => Table.fromMatrix(new Float64Array(5), ["a", "b"]),
      "Table.fromMatrix: values must be whole rows of 2 numbers, one for each name; got 5 numbers. " +
        "Give as many names as the matrix has columns.",
    ],
    [
      "a matrix with a name twice",
      () => Table.fromMatrix(new Float64Array(4), ["a", "a"]),
      'Table.fromMatrix: names of columns must be different from each other; got "a" twice. Rename one of the two columns.',
    ],
    [
      "a matrix without names",
      () => Table.fromMatrix(new Float64Array(4), any(undefined)),
      "Table.fromMatrix: names must be an array of texts; got nothing. Name the columns in order.",
    ],
    [
      "an unknown column",
      () => people().column("Regoin"),
      'Table.column: name must be among the columns "age", "region"; got "Regoin". Did you mean "region"?',
    ],
    [
      "an unknown column like no other",
      () => people().column("premium"),
      'Table.column: name must be among the columns "age", "region"; got "premium". See table.columnNames.',
    ],
    [
      "an unknown column to select",
      () => people().select(["age", "AGE"]),
      'Table.select: names must be among the columns "age", "region"; got "AGE". Did you mean "age"?',
    ],
    [
      "a column selected twice",
      () => people().select(["age", "age"]),
      'Table.select: names of columns must be different from each other; got "age" twice. Rename one of the two columns.',
    ],
    [
      "no column selected",
      () => people().select([]),
      "Table.select: a table must be made of at least one column; got none. Give at least one named column.",
    ],
    ["a negative start", () => people().rows(-1), "Table.rows: start must be a whole number from 0; got -1. The first row is 0."],
    ["a broken end", () => people().rows(0, 1.5), "Table.rows: end must be a whole number from 0; got 1.5. The first row is 0."],
    [
      "a row that is not there",
      () => people().take([0, 3]),
      "Table.take: indices must be whole numbers from 0 to 2; got 3 at index 1. The first row is 0.",
    ],
  ];
  test.each(refused)("%s", (_, call, sentence) => {
    expect(messageOf(call)).toBe(sentence);
  });
});
