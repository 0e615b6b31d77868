import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/table/index.ts";
import { messageOf } from "../../support/message-of.ts";

/** Rows of a text as records. */
const read = (...parameters: Parameters<typeof parseCsv>) => parseCsv(...parameters).toRecords();

/** The one column of these cells, called x; a second column keeps blank cells from being blank lines. */
const column = (cells: string[], options?: Parameters<typeof parseCsv>[1]) =>
  parseCsv(["x,row", ...cells.map((cell, row) => `${cell},${row}`)].join("\n"), options).column("x");

/** A call that is made later, with what the types may forbid. */
const csv = (text: unknown, options?: object) => () => parseCsv(text as string, options);

describe("what columns become", () => {
  test("numbers, with or without a point, exponent, sign and blanks", () => {
    expect(column(["12", "-0.5", "+1e3", ".5", "5.", "1E-2", " 7 ", "0"])).toEqual({
      kind: "numeric",
      name: "x",
      values: Float64Array.of(12, -0.5, 1000, 0.5, 5, 0.01, 7, 0),
      description: {},
    });
  });

  test("infinities are numbers", () => {
    expect(column(["Inf", "-inf", "Infinity", "-Infinity", "1"])).toMatchObject({
      values: Float64Array.of(Infinity, -Infinity, Infinity, -Infinity, 1),
    });
  });

  test.each(["0x10", "1_000", "1,5", "12%", "1e", ".", "-", "e5", "0b1", "1 2", "1e999"])("%j is a text", (cell) => {
    expect(column([`"${cell}"`])).toMatchObject({ kind: "categorical", levels: [cell] });
  });

  test.each(["007", "-01", "00", "01.5", "1234567890123456789"])("%j is a name, as a number would not keep its digits", (cell) => {
    expect(column(["1", cell])).toMatchObject({ kind: "categorical", levels: ["1", cell].sort() });
  });

  test.each(["0", "0.5", "-0.25", "0e1", "1234567890123456", "100000000000000000000", "0.12345678901234567890"])(
    "%j is a number",
    (cell) => {
      expect(column([cell])).toMatchObject({ kind: "numeric", values: Float64Array.of(Number(cell)) });
    },
  );

  test("true and false in any case are booleans", () => {
    expect(column(["TRUE", "", "False", "true"])).toMatchObject({ codes: Int32Array.of(1, -1, 0, 1), levels: ["false", "true"] });
    expect(column(["true"])).toMatchObject({ codes: Int32Array.of(1), levels: ["false", "true"] });
    expect(column(["true", "maybe"])).toMatchObject({ levels: ["maybe", "true"] });
  });

  test("texts are kept to the letter, with levels in the order of code units", () => {
    expect(column([" a", "b", "A10", "A2", "b"])).toMatchObject({ codes: Int32Array.of(0, 3, 1, 2, 3), levels: [" a", "A10", "A2", "b"] });
  });

  test("a text far down makes categories of the numbers above it, as they were written", () => {
    const text = "x,y,z\n1.0,1,5\n,2,6\n1,n,7\nold,4,8";
    expect(read(text)).toEqual([
      { x: "1.0", y: "1", z: 5 },
      { x: null, y: "2", z: 6 },
      { x: "1", y: "n", z: 7 },
      { x: "old", y: "4", z: 8 },
    ]);
  });

  test("cells that mean missing are missing in any column; a column of nothing else is numeric", () => {
    const marks = ["", "  ", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", " NA "];
    expect(column([...marks, "1"])).toMatchObject({ values: Float64Array.of(...marks.map(() => NaN), 1) });
    expect(column([...marks, "a"])).toMatchObject({ codes: Int32Array.of(...marks.map(() => -1), 0), levels: ["a"] });
    expect(column(marks)).toMatchObject({ kind: "numeric", values: new Float64Array(marks.length).fill(NaN) });
    expect(column(["?", "None", "-"])).toMatchObject({ levels: ["-", "?", "None"] });
  });
});

describe("options", () => {
  test("missing replaces the marks, but for the empty cell", () => {
    expect(column(["?", "", "NA", "-999"], { missing: ["?", "-999"] })).toMatchObject({
      codes: Int32Array.of(-1, -1, 0, -1),
      levels: ["NA"],
    });
  });

  test("a numeric type takes leading zeros and long numbers", () => {
    expect(column(["007", "12345678901234567890", "NA"], { types: { x: "numeric" } })).toMatchObject({
      values: Float64Array.of(7, Number("12345678901234567890"), NaN),
    });
  });

  test("a categorical type keeps numbers and booleans as texts", () => {
    expect(column(["2", "10", "1.0"], { types: { x: "categorical" } })).toMatchObject({ levels: ["1.0", "10", "2"] });
    expect(column(["TRUE", "true"], { types: { x: "categorical" } })).toMatchObject({ levels: ["TRUE", "true"] });
    expect(column(["", "NA"], { types: { x: "categorical" } })).toMatchObject({ codes: Int32Array.of(-1, -1), levels: [] });
  });

  test("levels set the order and keep what does not occur", () => {
    expect(column(["2", "", "1"], { levels: { x: [3, 2, 1] } })).toMatchObject({ codes: Int32Array.of(1, -1, 2), levels: ["3", "2", "1"] });
  });

  test("a delimiter may be any character", () => {
    expect(read('a:b\n1:"x:y"\r\n2:z', { delimiter: ":" })).toEqual([
      { a: 1, b: "x:y" },
      { a: 2, b: "z" },
    ]);
    expect(read("a.b\n1.2", { delimiter: "." })).toEqual([{ a: 1, b: 2 }]);
  });
});

describe("the shape of files", () => {
  test.each([",", ";", "\t", "|"])("finds the delimiter %j", (delimiter) => {
    expect(read(["a", "b", "c"].join(delimiter) + "\n" + ["1", "x y", "0.5"].join(delimiter))).toEqual([{ a: 1, b: "x y", c: 0.5 }]);
  });

  test("is not led astray by decimal commas", () => {
    expect(read("a;b\n1,5;2,5")).toEqual([{ a: "1,5", b: "2,5" }]);
  });

  test.each(["\n", "\r\n", "\r"])("ends lines with %j", (newline) => {
    const expected = [
      { a: 1, b: "x\ny" },
      { a: 2, b: "z" },
    ];
    expect(read(["a,b", '1,"x\ny"', "2,z", ""].join(newline))).toEqual(expected);
    expect(read(["a,b", '1,"x\ny"', '2,"z"'].join(newline))).toEqual(expected);
  });

  test("ends lines in several ways at once, and keeps those in quotes", () => {
    expect(read('a,b\r\n1,"x\r\n""y"\n2,z\r3,w"w\r\n')).toEqual([
      { a: 1, b: 'x\r\n"y' },
      { a: 2, b: "z" },
      { a: 3, b: 'w"w' },
    ]);
    expect(read("a\r\n1\n2\r\n")).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("skips a byte order mark, before a quote as well", () => {
    expect(read('\uFEFF"a",b\n1,2')).toEqual([{ a: 1, b: 2 }]);
  });

  test("skips blank lines, at the head as well", () => {
    expect(read("\n\na,b\n1,2\n\n  \n3,4\n\n")).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]);
  });

  test("blank lines are missing values where there is but one column", () => {
    expect(read("a\n1\n\n3\n")).toEqual([{ a: 1 }, { a: null }, { a: 3 }]);
    expect(read("a\n1\n\n")).toEqual([{ a: 1 }, { a: null }]);
  });

  test("reads thousands of columns", () => {
    const names = Array.from({ length: 5000 }, (_, j) => `column ${j}`);
    const table = parseCsv([names, names.map((_, j) => j), names.map(() => "")].map((row) => row.join(";")).join("\n"));
    expect([table.numRows, table.numColumns]).toEqual([2, 5000]);
    expect(table.column("column 4999")).toMatchObject({ values: Float64Array.of(4999, NaN) });
  });

  test("takes inherited names as names of columns", () => {
    const [record] = read("__proto__,constructor\n1,a");
    expect(Object.entries(record)).toEqual([
      ["__proto__", 1],
      ["constructor", "a"],
    ]);
  });
});

describe("what is refused", () => {
  const quote = 'Close it, and write a quote inside a quoted cell twice: "".';
  const mendWidth = 'Quote the cells that hold the delimiter ",", or give the option delimiter if it is another.';
  const refused: [string, () => unknown, string][] = [
    [
      "an empty text",
      csv("\uFEFF \n"),
      "text must be CSV text with a header row; got an empty text. Give the text of a file, its first line naming the columns.",
    ],
    [
      "no text",
      csv(undefined),
      "text must be CSV text with a header row; got nothing. Give the text of a file, its first line naming the columns.",
    ],
    ["a header alone", csv("a,b\n"), "text must be a header row and rows under it; got a header row alone. Give at least one row."],
    [
      "an empty name for the one column",
      csv('""\n1\n2'),
      "each name in the header must be not empty; got an empty name at column 1. " +
        "Name it in the file: row names written by R or pandas stand in such a column.",
    ],
    [
      "an empty name",
      csv("a,,b\n1,2,3"),
      "each name in the header must be not empty; got an empty name at column 2. " +
        "Name it in the file: row names written by R or pandas stand in such a column.",
    ],
    [
      "a name twice",
      csv("a,b,a\n1,2,3"),
      'each name in the header must be different from the others; got "a" twice at columns 1 and 3. Rename one of them in the file.',
    ],
    [
      "a row too long",
      csv("a,b\n1,2\n\n3,4,5\n"),
      `each row must be 2 cells long, like the header; got 3 cells at data row 2 (line 4). ${mendWidth}`,
    ],
    [
      "a row too short",
      csv('a,b\n"1\n",2\n3\n'),
      `each row must be 2 cells long, like the header; got 1 cell at data row 2 (line 4). ${mendWidth}`,
    ],
    [
      "a row too long for one column",
      csv("price\n1,5\n"),
      `each row must be 1 cell long, like the header; got 2 cells at data row 1 (line 2). ${mendWidth}`,
    ],
    [
      "a quote that is not closed",
      csv('a,b\n1,x\n2,"y\n3,z\n'),
      `a quoted cell must be closed by a quote, before the delimiter or the end of the line; ` +
        `got a quote that is never closed at data row 2 (line 3). ${quote}`,
    ],
    [
      "a quote that is not closed in the header",
      csv('a,"b\n1,x\n'),
      `a quoted cell must be closed by a quote, before the delimiter or the end of the line; ` +
        `got a quote that is never closed at the header. ${quote}`,
    ],
    [
      "a text after a closing quote",
      csv('a,b\n1,"x"y\n2,"z"\n'),
      `a quoted cell must be closed by a quote, before the delimiter or the end of the line; ` +
        `got text after the closing quote at data row 1 (line 2). ${quote}`,
    ],
    [
      "a text in a numeric column",
      csv("a,b\r\n1,2\r\nold,3\r\n", { types: { a: "numeric" } }),
      'column "a" must be numeric, as the option types says; got "old" at data row 2 (line 3). ' +
        "Clean the cell, or add it to the option missing.",
    ],
    [
      "a cell outside the levels",
      csv("a,b\nS,2\nXL,3", { levels: { a: ["S", "M"] } }),
      'column "a" must be among the levels "S", "M"; got "XL" at data row 2 (line 3). Add it to the levels, or to the option missing.',
    ],
    [
      "types of unknown columns",
      csv("a,b\n1,2", { types: { c: "numeric" } }),
      'types must be for columns of the header: "a", "b"; got "c". Check the spelling.',
    ],
    [
      "levels of unknown columns",
      csv("a,b\n1,2", { levels: { c: ["x"] } }),
      'levels must be for columns of the header: "a", "b"; got "c". Check the spelling.',
    ],
    [
      "an unknown type",
      csv("a\n1", { types: { a: "number" } }),
      'types of column "a" must be "numeric" or "categorical"; got "number". Leave it out to have it inferred.',
    ],
    [
      "levels of a numeric column",
      csv("a\n1", { types: { a: "numeric" }, levels: { a: [1] } }),
      'types of column "a" must be "categorical", as the column has levels; got "numeric". Take out its type or its levels.',
    ],
    [
      "levels twice",
      csv("a\n1", { levels: { a: ["x", "x"] } }),
      'levels of column "a" must be named once each; got "x" twice. Take out the repetition.',
    ],
    [
      "levels that mean missing",
      csv("a\n1", { levels: { a: ["x", "NA"] } }),
      'levels of column "a" must be other texts than those that mean missing; got "NA". ' +
        "Leave it out, or give the option missing without it.",
    ],
    [
      "an option with a slip of the pen",
      csv("a\n1", { delimeter: ";" }),
      'options must be made of "delimiter", "missing", "types", "levels"; got "delimeter". Correct the name, or leave it out.',
    ],
    [
      "marks that are no texts",
      csv("a\n1", { missing: [-999] }),
      'missing must be a list of texts; got an array of 1. Write the marks in quotes, for example ["?", "-999"].',
    ],
    ...[",,", "", "\n", '"', 5].map((delimiter): [string, () => unknown, string] => [
      `the delimiter ${JSON.stringify(delimiter)}`,
      csv("a\n1", { delimiter }),
      `delimiter must be one character that is neither a quote nor a line end; got ${JSON.stringify(delimiter)}. ` +
        'Use "," or ";", or "\\t" for a tab.',
    ]),
  ];
  test.each(refused)("%s", (_, call, sentence) => {
    expect(messageOf(call)).toBe(`parseCsv: ${sentence}`);
  });
});
