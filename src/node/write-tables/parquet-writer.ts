import type { Column, Table } from "../../table/index.ts";
import { loadOptional } from "./load-optional.ts";
import { cellReader, type TableWriter } from "./table-writer.ts";

/** Parquet by hyparquet-writer: doubles and texts, Snappy-compressed, a row group a table. */
export async function parquetWriter(path: string): Promise<TableWriter> {
  const { ParquetWriter, fileWriter } = await loadOptional("hyparquet-writer", () => import("hyparquet-writer"));
  let writer: InstanceType<typeof ParquetWriter> | null = null;
  let types: ("DOUBLE" | "BYTE_ARRAY")[] = [];
  return {
    async write(table: Table) {
      if (!writer) {
        types = table.columns.map(({ kind }) => (kind === "numeric" ? "DOUBLE" : "BYTE_ARRAY"));
        writer = new ParquetWriter({ writer: fileWriter(path), schema: schemaOf(table), createdBy: "vitrine" });
      }
      const columnData = table.columns.map((column, j) => ({ name: column.name, data: cellsOf(column, table.numRows, types[j]) }));
      await writer.write({ columnData, rowGroupSize: table.numRows });
    },
    finish: () => writer?.finish(),
    close: () => undefined,
  };
}

type ParquetSchema = {
  name: string;
  num_children?: number;
  type?: "DOUBLE" | "BYTE_ARRAY";
  converted_type?: "UTF8";
  repetition_type?: "OPTIONAL";
}[];

function schemaOf(table: Table): ParquetSchema {
  return [
    { name: "root", num_children: table.numColumns },
    ...table.columns.map(({ name, kind }): ParquetSchema[number] =>
      kind === "numeric"
        ? { name, type: "DOUBLE", repetition_type: "OPTIONAL" }
        : { name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
    ),
  ];
}

function cellsOf(column: Column, numRows: number, type: "DOUBLE" | "BYTE_ARRAY"): (number | string | null)[] {
  const read = cellReader(column);
  return Array.from({ length: numRows }, (_, row) => {
    const cell = read(row);
    return type === "BYTE_ARRAY" && cell !== null ? String(cell) : cell;
  });
}
