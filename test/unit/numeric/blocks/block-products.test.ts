import { describe, expect, test } from "vitest";
import {
  BlockProducts,
  createRandom,
  multiply,
  multiplyTransposed,
  rowQuadratics,
  sandwich,
  type BlockMatrix,
  type MatrixBlock,
} from "../../../../src/numeric/index.ts";
import { denseArrays, denseMultiply, denseQuadratics, denseSandwich, denseTransposed } from "../../../support/dense-oracles.ts";

const random = createRandom(11);

function numbers(length: number): Float64Array {
  return Float64Array.from({ length }, () => 2 * random.next() - 1);
}

function columnsFrom(first: number, width: number): Int32Array {
  return Int32Array.from({ length: width }, (_, k) => first + k);
}

function smooth(numRows: number, numCodes: number, first: number, width: number): MatrixBlock {
  return {
    kind: "coded",
    columns: columnsFrom(first, width),
    codes: Int32Array.from({ length: numRows }, () => random.integer(numCodes)),
    numCodes,
    multiplier: first % 2 === 0 ? null : numbers(numRows),
    columnOfCode: null,
    matrix: numbers(numCodes * width),
  };
}

function expectAllProducts(matrix: BlockMatrix): void {
  const { numRows: n, numColumns: p } = matrix;
  const x = denseArrays(matrix);
  const [w, v, half] = [numbers(n), numbers(p), numbers(p * p)];
  const symmetric = half.map((value, at) => value + half[(at % p) * p + Math.floor(at / p)]);
  const expectClose = (found: Float64Array, expected: number[]): void => {
    // Sums of thousands of numbers within ±1: rounding stays far below 1e-10.
    expect(found.length).toBe(expected.length);
    expected.forEach((value, at) => expect(Math.abs(found[at] - value)).toBeLessThan(1e-10));
  };
  expectClose(multiply(matrix, v), denseMultiply(x, v));
  expectClose(multiplyTransposed(matrix, w), denseTransposed(x, w, p));
  expectClose(sandwich(matrix, w), denseSandwich(x, w, p));
  expectClose(rowQuadratics(matrix, symmetric), denseQuadratics(x, symmetric));
}

describe("BlockProducts", () => {
  test.each([-1, 0, 1])("panels of the size it chooses, and %i rows more", (more) => {
    const make = (numRows: number): BlockMatrix => ({
      numRows,
      numColumns: 10,
      blocks: [
        { kind: "dense", columns: columnsFrom(0, 5), values: [null, ...Array.from({ length: 4 }, () => numbers(numRows))] },
        smooth(numRows, 7, 5, 5),
      ],
    });
    const { panelRows } = new BlockProducts(make(100_000));
    expectAllProducts(make(panelRows + more));
    expectAllProducts(make(2 * panelRows + more));
  });

  test("two functions with so many codes that their pairs would not fit in a cache", () => {
    expectAllProducts({ numRows: 500, numColumns: 9, blocks: [smooth(500, 1100, 0, 4), smooth(500, 1200, 4, 5)] });
    expectAllProducts({ numRows: 500, numColumns: 9, blocks: [smooth(500, 1100, 1, 4), smooth(500, 1200, 5, 4), smooth(500, 3, 0, 1)] });
  });

  test("a function with a code of its own for nearly each row", () => {
    const dense: MatrixBlock = { kind: "dense", columns: columnsFrom(12, 1), values: [numbers(300)] };
    expectAllProducts({ numRows: 300, numColumns: 13, blocks: [smooth(300, 5000, 0, 5), smooth(300, 6000, 5, 7), dense] });
  });

  test("many columns of numbers, so that tiles of several groups meet", () => {
    const dense: MatrixBlock = { kind: "dense", columns: columnsFrom(1, 37), values: Array.from({ length: 37 }, () => numbers(300)) };
    const ones: MatrixBlock = { kind: "dense", columns: columnsFrom(0, 1), values: [null] };
    expectAllProducts({ numRows: 300, numColumns: 38, blocks: [ones, dense] });
  });

  test("no rows, and no columns", () => {
    const none: BlockMatrix = { numRows: 0, numColumns: 2, blocks: [{ kind: "dense", columns: columnsFrom(0, 2), values: [null, null] }] };
    expect([...sandwich(none, new Float64Array(0)), ...multiplyTransposed(none, new Float64Array(0))]).toEqual([0, 0, 0, 0, 0, 0]);
    const empty: BlockMatrix = { numRows: 3, numColumns: 0, blocks: [] };
    expect([...multiply(empty, new Float64Array(0)), ...rowQuadratics(empty, new Float64Array(0))]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(sandwich(empty, new Float64Array(3))).toHaveLength(0);
  });

  test("sums go on over panels until they are reset", () => {
    const matrix: BlockMatrix = { numRows: 10, numColumns: 5, blocks: [smooth(10, 4, 0, 5)] };
    const [w, products] = [numbers(10), new BlockProducts(matrix)];
    products.movePanel(0, 10);
    products.addWorking(w, w);
    const [once, transposed] = [products.sandwich(), products.transposed()];
    products.addWorking(w, w);
    products.sandwich().forEach((value, at) => expect(value).toBeCloseTo(2 * once[at], 12));
    products.transposed().forEach((value, at) => expect(value).toBeCloseTo(2 * transposed[at], 12));
    products.reset();
    expect([...products.sandwich(), ...products.transposed()].every((value) => value === 0)).toBe(true);
    products.addWorking(w, w);
    expect(products.sandwich()).toEqual(once);
    expect(products.transposed()).toEqual(transposed);
  });

  test("vectors longer than the panel are read to its end", () => {
    const matrix: BlockMatrix = { numRows: 8, numColumns: 5, blocks: [smooth(8, 4, 0, 5)] };
    const [long, products] = [numbers(20), new BlockProducts(matrix)];
    products.movePanel(0, 8);
    products.addWorking(long, long);
    expect(products.sandwich()).toEqual(sandwich(matrix, long.slice(0, 8)));
  });

  test("a matrix S that was changed in place is read anew", () => {
    const matrix: BlockMatrix = { numRows: 8, numColumns: 5, blocks: [smooth(8, 4, 0, 5)] };
    const symmetric = new Float64Array(25).fill(1);
    const [products, out] = [new BlockProducts(matrix), new Float64Array(8)];
    products.movePanel(0, 8);
    products.rowQuadratic(symmetric, out);
    const before = out.slice();
    symmetric.fill(2);
    products.rowQuadratic(symmetric, out);
    out.forEach((value, i) => expect(value).toBeCloseTo(2 * before[i], 12));
  });

  test("refuses codes that its tables have no cells for", () => {
    const block: MatrixBlock = {
      kind: "coded",
      columns: columnsFrom(0, 2),
      codes: Int32Array.of(0, 2, 1),
      numCodes: 2,
      multiplier: null,
      columnOfCode: Int32Array.of(0, 1),
      matrix: null,
    };
    expect(() => new BlockProducts({ numRows: 3, numColumns: 2, blocks: [block] })).toThrow("code 2 at row 1 is not from 0 to 1");
  });

  test("keeps panels that it has read: later passes give the same sums, to the bit", () => {
    const waves = (seed: number): Float64Array => Float64Array.from({ length: 50 }, (_, i) => Math.sin(seed + i * i));
    const matrix: BlockMatrix = {
      numRows: 50,
      numColumns: 6,
      blocks: [
        { kind: "dense", columns: Int32Array.of(0, 2, 3, 4, 5), values: [null, ...[1, 2, 3, 4].map(waves)] },
        {
          kind: "coded",
          columns: Int32Array.of(1),
          codes: Int32Array.from({ length: 50 }, (_, i) => i % 3),
          numCodes: 3,
          multiplier: waves(9),
          columnOfCode: Int32Array.of(0, -1, 0),
          matrix: null,
        },
      ],
    };
    const pass = (products: BlockProducts): Float64Array[] => {
      products.reset();
      const fitted = new Float64Array(50);
      for (let start = 0; start < 50; start += products.panelRows) {
        const end = Math.min(start + products.panelRows, 50);
        products.movePanel(start, end);
        products.multiply(waves(5).subarray(0, 6), fitted.subarray(start, end));
        products.addWorking(waves(6).subarray(start, end), waves(7).subarray(start, end));
      }
      return [fitted, products.transposed(), products.sandwich()];
    };
    const plain = pass(new BlockProducts(matrix, { panelRows: 16 }));
    const keeping = new BlockProducts(matrix, { panelRows: 16, keep: true });
    for (let time = 0; time < 3; time++) expect(pass(keeping)).toEqual(plain);
    expect(() => keeping.movePanel(8, 24)).toThrow(RangeError);
    keeping.movePanel(0, 5);
    keeping.movePanel(0, 16);
    expect(pass(keeping)).toEqual(plain);
  });
});
