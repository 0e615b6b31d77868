import { open } from "node:fs/promises";
import type { Table } from "../../table/index.ts";
import { cellReader, type Cell, type TableWriter } from "./table-writer.ts";

/** Rows that become text at once. */
const ROWS_AT_ONCE = 1000;

/** CSV as `readCsv` reads it: UTF-8, commas, a header, quotes where they are needed; empty cells are missing. */
export function csvWriter(path: string): Promise<TableWriter> {
  return textWriter(path, {
    header: (names) => names.map(quote).join(","),
    line: (_, cells) => cells.map((cell) => (cell === null ? "" : quote(cellText(cell)))).join(","),
  });
}

/** A JSON object a line; missing is null. */
export function ndjsonWriter(path: string): Promise<TableWriter> {
  return textWriter(path, {
    header: () => null,
    // Not by assignment: a column may be named "__proto__".
    line: (names, cells) => JSON.stringify(Object.fromEntries(names.map((name, j) => [name, jsonCell(cells[j])]))),
  });
}

/** How rows become lines. */
interface LineFormat {
  header(names: readonly string[]): string | null;
  line(names: readonly string[], cells: readonly Cell[]): string;
}

async function textWriter(path: string, format: LineFormat): Promise<TableWriter> {
  const file = await open(path, "wx");
  let isFirst = true;
  return {
    async write(table: Table) {
      const header = isFirst ? format.header(table.columnNames) : null;
      if (header !== null) await file.write(`${header}\n`);
      isFirst = false;
      const readers = table.columns.map(cellReader);
      for (let first = 0; first < table.numRows; first += ROWS_AT_ONCE) {
        const count = Math.min(ROWS_AT_ONCE, table.numRows - first);
        const lines = Array.from({ length: count }, (_, i) =>
          format.line(
            table.columnNames,
            readers.map((read) => read(first + i)),
          ),
        );
        await file.write(`${lines.join("\n")}\n`);
      }
    },
    finish: () => undefined,
    close: () => file.close(),
  };
}

function cellText(cell: number | string): string {
  if (typeof cell === "string") return cell;
  return Number.isFinite(cell) ? String(cell) : cell > 0 ? "Inf" : "-Inf";
}

/** Infinities have no JSON: they become texts. */
function jsonCell(cell: Cell): Cell {
  return typeof cell === "number" && !Number.isFinite(cell) ? String(cell) : cell;
}

function quote(text: string): string {
  return /[",\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
