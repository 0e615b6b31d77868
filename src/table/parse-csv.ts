import { describeReceived, InputError, listNames } from "../errors.ts";
import type { Column } from "./column.ts";
import { detachText, foldBooleans, inferNumber, levelReader, numberReader, parseNumber, textReader } from "./csv-cells.ts";
import type { CellReader } from "./csv-cells.ts";
import { checkHeader } from "./csv-header.ts";
import { checkCsvOptions, checkNamedColumns } from "./csv-options.ts";
import type { CheckedCsvOptions, CsvOptions } from "./csv-options.ts";
import { countLines, openCsv, visitRows } from "./csv-rows.ts";
import type { CsvSource } from "./csv-rows.ts";
import { Table } from "./table.ts";

const CALL = "parseCsv";

/**
 * Reads a table from CSV text with a header row.
 *
 * A column whose cells are all numbers (`12`, `-0.5`, `1e-3`, `Inf`) becomes numeric; one of `true` and `false` in any case becomes
 * categorical with the levels "false", "true"; any other becomes categorical with its texts as levels, sorted by code unit. Digits that
 * a number would not keep make a column categorical, for they are names: leading zeros (`007`), or more digits than a double has
 * (`1234567890123456789`). Empty and blank cells are missing, as are `NA`, `N/A`, `n/a`, `#N/A`, `NaN`, `nan`, `NULL` and `null`.
 * Blanks around numbers do not count; around texts they do. Blank lines are skipped, except that in a file of one column they are
 * missing values.
 *
 * @param text - with lines that end in any way, quoted as in RFC 4180; a byte order mark is skipped
 * @throws {@link InputError} when there is no header or no row, names are empty or stand twice, a row is not as long as the header, a
 * quote is not closed, or a cell does not fit the type or the levels that the options say
 * @example
 * parseCsv("age,region\n31,north\n,south").toRecords(); // [{ age: 31, region: "north" }, { age: null, region: "south" }]
 */
export function parseCsv(text: string, options: CsvOptions = {}): Table {
  const checked = checkCsvOptions(CALL, options);
  if (typeof text !== "string" || text.trim() === "") {
    const received = typeof text === "string" ? "an empty text" : describeReceived(text);
    throw refuseText("CSV text with a header row", received, "Give the text of a file, its first line naming the columns.");
  }
  const { drafts, numRows } = readDrafts(openCsv(text, checked.delimiter), checked);
  if (numRows === 0) throw refuseText("a header row and rows under it", "a header row alone", "Give at least one row.");
  return Table.of(
    drafts.map((draft) => finishDraft(draft, numRows)),
    CALL,
  );
}

/** A column while it is read. */
interface ColumnDraft {
  readonly name: string;
  /** Whether the options say what it is, so that a cell that does not fit is a mistake. */
  readonly isGiven: boolean;
  /** None before the first cell that is not missing. */
  reader: CellReader | null;
}

function readDrafts(source: CsvSource, options: CheckedCsvOptions): { drafts: ColumnDraft[]; numRows: number } {
  const capacity = countLines(source);
  let drafts: ColumnDraft[] = [];
  let numRows = 0;
  const mixed = new Set<ColumnDraft>();
  visitRows(CALL, source, (cells, row, place) => {
    numRows = row;
    if (row === 0) {
      drafts = draftColumns(cells, options, capacity);
      return;
    }
    for (let j = 0; j < cells.length; j++) {
      const cell = cells[j];
      if (options.missing.has(cell.trim())) continue;
      const draft = drafts[j];
      draft.reader ??= inferReader(cell, capacity);
      if (draft.reader.add(row - 1, cell)) continue;
      if (draft.isGiven) throw refuseCell(draft.name, cell, options, place());
      mixed.add(draft);
    }
  });
  if (mixed.size > 0) readAsTexts(source, options, drafts, mixed, capacity);
  return { drafts, numRows };
}

/** A second reading for columns that began as numbers and then had texts: their first cells are needed as they were written. */
function readAsTexts(
  source: CsvSource,
  options: CheckedCsvOptions,
  drafts: ColumnDraft[],
  mixed: Set<ColumnDraft>,
  capacity: number,
): void {
  const columns = [...mixed].map((draft) => {
    const reader = textReader(capacity);
    draft.reader = reader;
    return { reader, j: drafts.indexOf(draft) };
  });
  visitRows(CALL, source, (cells, row) => {
    if (row === 0) return;
    for (const { reader, j } of columns) if (!options.missing.has(cells[j].trim())) reader.add(row - 1, cells[j]);
  });
}

function draftColumns(header: readonly string[], options: CheckedCsvOptions, capacity: number): ColumnDraft[] {
  checkHeader(CALL, header);
  checkNamedColumns(CALL, options, header);
  return header.map(detachText).map((name) => {
    const levels = options.levels.get(name);
    const type = options.types.get(name);
    if (levels !== undefined) return { name, isGiven: true, reader: levelReader(capacity, levels) };
    if (type === "categorical") return { name, isGiven: true, reader: textReader(capacity) };
    return { name, isGiven: type === "numeric", reader: type === "numeric" ? numberReader(capacity, parseNumber) : null };
  });
}

/** What the first cell looks like, all others are held to. */
function inferReader(cell: string, capacity: number): CellReader {
  return Number.isNaN(inferNumber(cell.trim())) ? textReader(capacity) : numberReader(capacity, inferNumber);
}

function finishDraft({ name, isGiven, reader }: ColumnDraft, numRows: number): Column {
  const column = (reader ?? numberReader(numRows, inferNumber)).finish(name, numRows);
  return isGiven ? column : foldBooleans(column);
}

function refuseText(expected: string, received: string, mend: string): InputError {
  return new InputError({ call: CALL, argument: "text", expected, received, mend });
}

function refuseCell(name: string, cell: string, options: CheckedCsvOptions, where: string): InputError {
  const levels = options.levels.get(name);
  return new InputError({
    call: CALL,
    argument: `column ${JSON.stringify(name)}`,
    expected: levels ? `among the levels ${listNames(levels)}` : "numeric, as the option types says",
    received: describeReceived(cell),
    where,
    mend: levels ? "Add it to the levels, or to the option missing." : "Clean the cell, or add it to the option missing.",
  });
}
