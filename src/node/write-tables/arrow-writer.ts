import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Column, Table } from "../../table/index.ts";
import { loadOptional } from "./load-optional.ts";
import { cellReader, type TableWriter } from "./table-writer.ts";

/** Arrow's file format by apache-arrow: doubles and texts, a record batch a table. */
export async function arrowWriter(path: string): Promise<TableWriter> {
  const arrow = await loadOptional("apache-arrow", () => import("apache-arrow"));
  const writer = new arrow.RecordBatchFileWriter();
  const file = createWriteStream(path, { flags: "wx" });
  const done = finished(file);
  // Rejections are met in `finish`.
  done.catch(() => undefined);
  writer.toNodeStream().pipe(file);
  let kinds: Column["kind"][] = [];
  return {
    write(table: Table) {
      if (kinds.length === 0) kinds = table.columns.map(({ kind }) => kind);
      const vectors = table.columns.map((column, j) => {
        const read = cellReader(column);
        const cells = Array.from({ length: table.numRows }, (_, row) => read(row));
        const type = kinds[j] === "numeric" ? new arrow.Float64() : new arrow.Utf8();
        const fitting = kinds[j] === "numeric" ? cells : cells.map((cell) => (cell === null ? null : String(cell)));
        return [column.name, arrow.vectorFromArray(fitting, type)] as const;
      });
      for (const batch of new arrow.Table(Object.fromEntries(vectors)).batches) writer.write(batch);
    },
    async finish() {
      writer.finish();
      await done;
    },
    close: () => void file.destroy(),
  };
}
