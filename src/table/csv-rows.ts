import Papa from "papaparse";
import { InputError } from "../errors.ts";

/** A CSV text made ready to be read: which characters end its cells and lines. */
export interface CsvSource {
  /** Without byte order mark and without the end of the last line. */
  readonly text: string;
  readonly delimiter: string;
  readonly newline: "\n" | "\r\n" | "\r";
}

/** Row 0 is the header; `place` says where the row stands, for errors. */
export type RowVisitor = (cells: readonly string[], row: number, place: () => string) => void;

/** Enough lines to tell the delimiter, even in a file of thousands of columns. */
const SAMPLE_LENGTH = 1 << 20;

/** Finds line ends and, unless it is given, the delimiter. */
export function openCsv(text: string, given?: string): CsvSource {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const found = findNewline(bare);
  const newline = found ?? "\n";
  const delimiter = given ?? guessDelimiter(bare, newline);
  const even = found === null ? evenNewlines(bare, delimiter) : bare;
  return { text: even.endsWith(newline) ? even.slice(0, -newline.length) : even, delimiter, newline };
}

/** Most rows that the text can have, without its header. */
export function countLines({ text, newline }: CsvSource): number {
  let lines = 0;
  for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, at + newline.length)) lines++;
  return lines;
}

/**
 * Visits the rows, each as long as the header. Blank lines are skipped, unless there is but one column: there they are empty cells.
 *
 * @throws {@link InputError} when a row has more or fewer cells than the header, or a quote is not closed
 */
export function visitRows(call: string, source: CsvSource, visit: RowVisitor): void {
  const { text, delimiter, newline } = source;
  let row = 0;
  let width = 0;
  let start = 0;
  const place = (): string => (row === 0 ? "the header" : `data row ${row} (line ${lineAt(source, start)})`);
  Papa.parse<string[]>(text, {
    delimiter,
    newline,
    step: ({ data, errors, meta }) => {
      if (errors.length > 0) throw refuseQuote(call, errors[0].code, place());
      if (row === 0) width = data.length;
      const isBlank = data.length === 1 && text.slice(start, meta.cursor).trim() === ""; // a quoted empty cell is not blank
      if (!isBlank || (width === 1 && row > 0)) {
        if (data.length !== width) throw refuseWidth(call, delimiter, width, data.length, place());
        visit(data, row, place);
        row++;
      }
      start = meta.cursor;
    },
  });
}

/** The text's one way to end a line; null when it has several. */
function findNewline(text: string): CsvSource["newline"] | null {
  if (!text.includes("\r")) return "\n";
  if (!text.includes("\n")) return "\r";
  return /\r(?!\n)|(?<!\r)\n/.test(text) ? null : "\r\n";
}

/** Ends every line alike, but for the line ends in quoted cells, which are text. */
function evenNewlines(text: string, delimiter: string): string {
  const code = delimiter.charCodeAt(0).toString(16).padStart(4, "0");
  const quotedCellOrNewline = new RegExp(`(?<![^\\u${code}\\r\\n])(?:"[^"]*")+|\\r\\n?`, "g");
  return text.replace(quotedCellOrNewline, (found) => (found.startsWith('"') ? found : "\n"));
}

function guessDelimiter(text: string, newline: CsvSource["newline"]): string {
  const sample = text.slice(0, SAMPLE_LENGTH);
  return Papa.parse<string[]>(sample, { newline, preview: 10, delimitersToGuess: [",", ";", "\t", "|"], skipEmptyLines: true }).meta
    .delimiter;
}

function lineAt({ text }: CsvSource, position: number): number {
  return (text.slice(0, position).match(/\r\n?|\n/g) ?? []).length + 1;
}

function refuseQuote(call: string, code: string, where: string): InputError {
  const open = code === "MissingQuotes";
  return new InputError({
    call,
    argument: "a quoted cell",
    expected: "closed by a quote, before the delimiter or the end of the line",
    received: open ? "a quote that is never closed" : "text after the closing quote",
    where,
    mend: 'Close it, and write a quote inside a quoted cell twice: "".',
  });
}

function refuseWidth(call: string, delimiter: string, width: number, found: number, where: string): InputError {
  return new InputError({
    call,
    argument: "each row",
    expected: `${width} ${width === 1 ? "cell" : "cells"} long, like the header`,
    received: `${found} ${found === 1 ? "cell" : "cells"}`,
    where,
    mend: `Quote the cells that hold the delimiter ${JSON.stringify(delimiter)}, or give the option delimiter if it is another.`,
  });
}
