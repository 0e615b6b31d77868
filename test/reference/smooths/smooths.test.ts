import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluateSmoothBasis, learnSmoothBasis, smoothBasisSize } from "../../../src/numeric/index.ts";
import type { BasisPoints, LearnedBasis, SmoothBasis, SmoothBasisKind, SmoothBasisOptions } from "../../../src/numeric/index.ts";
import { findDistinctPoints } from "../../support/distinct-points.ts";

interface ReferenceSmooth {
  readonly name: string;
  readonly kind: SmoothBasisKind;
  readonly options: SmoothBasisOptions;
  readonly columns: readonly string[];
  readonly X: readonly (readonly number[])[];
  readonly S: readonly (readonly (readonly number[])[])[];
  readonly ranks: readonly number[];
  readonly nullSpaceDimension: number;
  readonly newRows: readonly number[];
  readonly newX: readonly (readonly number[])[];
}

// Written by make-smooths.R beside this file, which names the versions that it ran with.
const reference = JSON.parse(readFileSync(new URL("smooths.json", import.meta.url), "utf8"));
const cases = reference.cases as readonly ReferenceSmooth[];

/** Of the largest entry of a matrix: R writes 15 digits, and solves by other routes. */
const ROUNDING = 1e-10;
/** mgcv stops its eigenvectors short of full accuracy: by so much of a column. Ours are held to LAPACK's in test/unit. */
const EIGENVECTORS = 1e-8;

function readColumns(names: readonly string[], table: Record<string, number[]>): Float64Array[] {
  return names.map((name) => Float64Array.from(table[name]));
}

/** Learns a case's basis, by way of JSON, as a model file does. */
function learn({ kind, options, columns }: ReferenceSmooth): LearnedBasis {
  const points: BasisPoints = findDistinctPoints(readColumns(columns, reference.data));
  const learned = learnSmoothBasis(kind, points, options);
  return { ...learned, basis: JSON.parse(JSON.stringify(learned.basis)) as SmoothBasis };
}

function expectMatrix(found: Float64Array, expected: readonly (readonly number[])[], tolerance: number, what: string): void {
  const flat = expected.flat();
  expect(found.length, what).toBe(flat.length);
  const scale = flat.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = flat.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0);
  expect(worst / scale, what).toBeLessThan(tolerance);
}

/** Eigenvectors are free in sign: 1 or −1 for each function, as it goes along with mgcv's or against it. */
function findSigns(found: Float64Array, expected: readonly (readonly number[])[]): number[] {
  return expected[0].map((_, c) => (expected.reduce((sum, row, i) => sum + row[c] * found[i * row.length + c], 0) < 0 ? -1 : 1));
}

function turn(matrix: readonly (readonly number[])[], ofRows: readonly number[], ofColumns: readonly number[]): number[][] {
  return matrix.map((row, i) => row.map((value, c) => value * (ofRows[i] ?? 1) * ofColumns[c]));
}

describe("bases of mgcv", () => {
  test.each(cases.map((given) => [given.name, given] as const))("%s", (_, given) => {
    const { basis, penalties, ranks, nullSpaceDimension } = learn(given);
    expect(smoothBasisSize(basis)).toBe(given.X[0].length);
    expect({ ranks, nullSpaceDimension }).toEqual({ ranks: given.ranks, nullSpaceDimension: given.nullSpaceDimension });
    const tolerance = given.kind === "thinPlate" ? EIGENVECTORS : ROUNDING;
    const rows = evaluateSmoothBasis(basis, readColumns(given.columns, reference.data));
    const signs = given.kind === "thinPlate" ? findSigns(rows, given.X) : given.X[0].map(() => 1);
    expectMatrix(rows, turn(given.X, [], signs), tolerance, "rows");
    const fresh = readColumns(given.columns, reference.new).map((column) => Float64Array.from(given.newRows, (row) => column[row]));
    expectMatrix(evaluateSmoothBasis(basis, fresh), turn(given.newX, [], signs), tolerance, "new rows");
    expect(penalties).toHaveLength(given.S.length);
    for (const [m, penalty] of penalties.entries()) expectMatrix(penalty, turn(given.S[m], signs, signs), tolerance, `penalty ${m}`);
  });
});
