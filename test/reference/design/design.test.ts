import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyDesign, categorical, learnDesign, Table } from "../../../src/table/index.ts";
import type { ColumnValues } from "../../../src/table/from-columns.ts";
import type { ContrastName, Design } from "../../../src/table/index.ts";
import { recipeFromJson } from "../../../src/table/index.ts";
import { spellOutMatrix } from "../../support/dense-design.ts";

interface ReferenceColumn {
  readonly levels?: readonly string[];
  readonly values: readonly (number | string | null)[];
}

interface ReferenceCase {
  readonly formula: string;
  readonly contrasts: Record<string, ContrastName> | null;
  readonly table: string;
  readonly columnNames: readonly string[];
  readonly termLabels: readonly string[];
  readonly assign: readonly number[];
  readonly matrix: readonly number[][];
  readonly newMatrix: readonly number[][];
  readonly offset: readonly number[] | null;
  readonly newOffset: readonly number[] | null;
  readonly rows: readonly number[];
}

// Written by make-design.R beside this file, which names the version that it ran with.
const reference = JSON.parse(readFileSync(new URL("design.json", import.meta.url), "utf8"));
const tables: Record<string, Table> = Object.fromEntries(Object.entries(reference.tables).map(([name, table]) => [name, readTable(table)]));

/** R writes 15 digits, and makes polynomials and splines by QR where the library uses recurrences: some hundred roundings. */
const ROUNDING = 1e-12;

function readTable(columns: unknown): Table {
  const read = ({ levels, values }: ReferenceColumn): ColumnValues => (levels ? categorical(values, levels) : values);
  const entries = Object.entries(columns as Record<string, ReferenceColumn>).map(([name, column]) => [name, read(column)]);
  return Table.fromColumns(Object.fromEntries(entries));
}

function expectMatrix(design: Design, expected: readonly number[][]): void {
  const found = spellOutMatrix(design.matrix);
  expect(found).toHaveLength(expected.length);
  // Columns of a basis are to be compared with their own size: beyond the boundary it is that of the polynomials.
  const scales = design.columnNames.map((_, column) => Math.max(...expected.map((row) => Math.abs(row[column])), 1e-300));
  for (const [i, row] of expected.entries()) {
    for (const [column, value] of row.entries()) {
      const name = `row ${i}, ${design.columnNames[column]}: ${found[i][column]} for ${value}`;
      expect(Math.abs(found[i][column] - value) / scales[column], name).toBeLessThan(ROUNDING);
    }
  }
}

function expectOffset(design: Design, expected: readonly number[] | null): void {
  if (expected === null) expect(design.offset).toBeNull();
  else for (const [i, value] of expected.entries()) expect(design.offset![i]).toBeCloseTo(value, 12);
}

describe.each(reference.cases as ReferenceCase[])("$formula $contrasts", (one) => {
  const options = one.contrasts === null ? {} : { contrasts: one.contrasts };
  const { recipe, design } = learnDesign("test", one.formula, tables[one.table], options);

  test("R's columns and terms", () => {
    expect(design.columnNames).toEqual(one.columnNames);
    const terms = design.terms.filter(({ label }) => label !== "(Intercept)");
    expect(terms.map(({ label }) => label)).toEqual(one.termLabels);
    const assign = one.columnNames.map(() => 0);
    for (const [t, { positions }] of terms.entries()) for (const position of positions) assign[position] = t + 1;
    expect(assign).toEqual(one.assign);
  });

  test("R's model matrix and offset", () => {
    expectMatrix(design, one.matrix);
    expectOffset(design, one.offset);
    expect([...(design.rows ?? Array.from(one.rows.keys()))]).toEqual(one.rows);
  });

  test("R's matrix for new data, also by a recipe that went through JSON", () => {
    for (const kept of [recipe, recipeFromJson("test", JSON.parse(JSON.stringify(recipe)))]) {
      const later = applyDesign("test", kept, tables.new);
      expectMatrix(later, one.newMatrix);
      expectOffset(later, one.newOffset);
    }
  });
});
