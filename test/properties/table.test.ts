import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCsv, Table } from "../../src/table/index.ts";
import type { TableRecord } from "../../src/table/index.ts";

/** Letters that a CSV reader may trip over, among all others. */
const nastyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', ",", ";", "\n", "\r", "\t", " ", "\uFEFF", "'", "|", "="),
    fc.string({ minLength: 1, maxLength: 1, unit: "binary" }),
  ),
  maxLength: 8,
});
/** -0 counts as 0 in texts, so it is left out. */
const number = fc.double({ noNaN: true }).map((value) => value + 0);

/** The cells of one column, all of one kind, as `toRecords` gives them. */
const cells = (text: fc.Arbitrary<string>, numRows: number) =>
  fc.oneof(
    fc.array(fc.option(number), { minLength: numRows, maxLength: numRows }),
    fc.array(fc.option(text), { minLength: numRows, maxLength: numRows }),
  );

/** Rows of a table: any names, any texts, each cell missing now and then. */
function records(name: fc.Arbitrary<string>, text: fc.Arbitrary<string>): fc.Arbitrary<TableRecord[]> {
  return fc
    .tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 8 }))
    .chain(([names, numRows]) =>
      fc
        .tuple(...names.map(() => cells(text, numRows)))
        .map((columns) => Array.from({ length: numRows }, (_, row) => Object.fromEntries(names.map((each, j) => [each, columns[j][row]])))),
    );
}

/** Any name but the empty one, inherited ones as well. */
const anyName = fc.oneof(nastyText, fc.constantFrom("__proto__", "constructor", "toString")).filter((name) => name !== "");

/** CSV as RFC 4180 has it; every cell quoted, or only those that need it. */
function writeCsv(rows: readonly TableRecord[], delimiter: string, newline: string, quoteAll: boolean): string {
  const cell = (value: unknown): string => {
    const plain = value === null ? "" : String(value);
    return quoteAll || /["\n\r]/.test(plain) || plain.includes(delimiter) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map((row) => row.map(cell).join(delimiter)).join(newline);
}

describe("records", () => {
  test("a table gives back the records that it was made of", () => {
    fc.assert(
      fc.property(records(anyName, nastyText), (rows) => {
        const again = Table.fromRecords(rows).toRecords();
        expect(again.map(Object.entries)).toEqual(rows.map(Object.entries));
      }),
    );
  });

  test("levels and codes do not depend on the order of rows", () => {
    fc.assert(
      fc.property(records(anyName, nastyText), (rows) => {
        const backwards = Table.fromRecords(rows.toReversed()).take(rows.map((_, row) => rows.length - 1 - row));
        expect(backwards.columns).toEqual(Table.fromRecords(rows).columns);
      }),
    );
  });

  test("filter, take and rows agree", () => {
    fc.assert(
      fc.property(records(anyName, nastyText), fc.nat(9), fc.nat(9), (rows, start, end) => {
        const table = Table.fromRecords(rows);
        const sliced = table.rows(start, end).columns;
        expect(table.filter((_, index) => index >= start && index < end).columns).toEqual(sliced);
      }),
    );
  });

  test("a matrix of a table's values makes the same values", () => {
    fc.assert(
      fc.property(records(anyName, nastyText), (rows) => {
        const table = Table.fromRecords(rows);
        expect(Table.fromMatrix(table.values, table.columnNames).values).toEqual(table.values);
      }),
    );
  });
});

describe("CSV", () => {
  /** Starts with a letter, so that it neither looks like a number nor means missing; the rest is as nasty as can be. */
  const text = nastyText.map((rest) => `t${rest}`);

  test("a text written by RFC 4180 is read as it was, whatever its delimiter, line ends and quotes", () => {
    fc.assert(
      fc.property(
        records(text, text),
        fc.constantFrom(",", ";", "\t", "|", "~"),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.boolean(),
        fc.constantFrom("", "\uFEFF"),
        fc.boolean(),
        (rows, delimiter, newline, quoteAll, mark, hasLastNewline) => {
          // One empty cell alone, not ended, is no line at all.
          fc.pre(hasLastNewline || quoteAll || Object.keys(rows[0]).length > 1);
          const written = mark + writeCsv(rows, delimiter, newline, quoteAll) + (hasLastNewline ? newline : "");
          const again = parseCsv(written, { delimiter }).toRecords();
          expect(again.map(Object.entries)).toEqual(rows.map(Object.entries));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a reader of any text either makes a table or says by name what is wrong", () => {
    fc.assert(
      fc.property(nastyText, nastyText, nastyText, (first, second, third) => {
        let numRows = 1;
        try {
          numRows = parseCsv(`${first}\n${second},${third}\n`).numRows;
        } catch (error) {
          expect((error as Error).message).toMatch(/^parseCsv: .+ must be [^]+; got [^]+\. [^]+\.$/);
        }
        expect(numRows).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});
