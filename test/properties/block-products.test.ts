import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BlockProducts,
  createRandom,
  denseRows,
  multiply,
  multiplyTransposed,
  rowQuadratics,
  sandwich,
  selectColumns,
  sliceRows,
  type BlockMatrix,
} from "../../src/numeric/index.ts";
import { denseArrays, denseMultiply, denseQuadratics, denseSandwich, denseTransposed } from "../support/dense-oracles.ts";
import { makeMatrix, matrixPlans } from "../support/random-matrices.ts";

/** Numbers lie in ±1, so that a sum of n products is off by less than n² times the rounding of one. */
const ROUNDING = 1e-11;
const plans = matrixPlans(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(15, 16, 17, 31, 32, 33)));

function numbers(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => 2 * random.next() - 1);
}

function symmetricOf(p: number, seed: number): Float64Array {
  const half = numbers(p * p, seed);
  return half.map((_, at) => half[at] + half[(at % p) * p + Math.floor(at / p)]);
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i] - expected[i]) <= ROUNDING)) expect(found[i], `at ${i}`).toBe(expected[i]);
  }
}

/** All products, panel by panel, with the working sums added in one call or in two. */
function panelProducts(matrix: BlockMatrix, panelRows: number, seed: number) {
  const { numRows: n, numColumns: p } = matrix;
  const [w, u, v, symmetric] = [numbers(n, seed), numbers(n, seed + 1), numbers(p, seed + 2), symmetricOf(p, seed + 3)];
  const products = new BlockProducts(matrix, { panelRows });
  const [product, quadratics] = [new Float64Array(n), new Float64Array(n)];
  for (let start = 0; start < n; start += products.panelRows) {
    const end = Math.min(start + products.panelRows, n);
    products.movePanel(start, end);
    products.multiply(v, product.subarray(start, end));
    products.rowQuadratic(symmetric, quadratics.subarray(start, end));
    if (seed % 2 === 0) products.addWorking(w.subarray(start, end), u.subarray(start, end));
    else {
      products.addSandwich(w.subarray(start, end));
      products.addTransposed(u.subarray(start, end));
    }
  }
  return { w, u, v, symmetric, product, quadratics, products };
}

describe("products of any mixture of blocks are those of the dense matrix", () => {
  test("panel by panel", () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 40 }), (plan, panelRows) => {
        const matrix = makeMatrix(plan);
        const x = denseArrays(matrix);
        const { w, u, v, symmetric, product, quadratics, products } = panelProducts(matrix, panelRows, plan.seed);
        expectClose(product, denseMultiply(x, v));
        expectClose(quadratics, denseQuadratics(x, symmetric));
        expectClose(products.transposed(), denseTransposed(x, u, matrix.numColumns));
        expectClose(products.sandwich(), denseSandwich(x, w, matrix.numColumns));
      }),
    );
  });

  test("in one call", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const matrix = makeMatrix(plan);
        const { numRows: n, numColumns: p } = matrix;
        const x = denseArrays(matrix);
        const [w, v, symmetric] = [numbers(n, 1), numbers(p, 2), symmetricOf(p, 3)];
        expectClose(multiply(matrix, v), denseMultiply(x, v));
        expectClose(multiplyTransposed(matrix, w), denseTransposed(x, w, p));
        expectClose(sandwich(matrix, w), denseSandwich(x, w, p));
        expectClose(rowQuadratics(matrix, symmetric), denseQuadratics(x, symmetric));
      }),
    );
  });
});

test("results do not depend on what an instance worked on before", () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const matrix = makeMatrix(plan);
      const { numRows: n, numColumns: p } = matrix;
      const run = (products: BlockProducts): Float64Array[] => {
        products.reset();
        const [product, quadratics] = [new Float64Array(n), new Float64Array(n)];
        products.movePanel(0, n);
        products.multiply(numbers(p, 1), product);
        products.rowQuadratic(symmetricOf(p, 2), quadratics);
        products.addWorking(numbers(n, 3), numbers(n, 4));
        return [product, quadratics, products.transposed(), products.sandwich()];
      };
      const used = new BlockProducts(matrix, { panelRows: n });
      used.movePanel(n >> 1, n);
      used.addWorking(numbers(n, 5).fill(NaN), numbers(n, 6).fill(Infinity));
      used.rowQuadratic(symmetricOf(p, 7), new Float64Array(n));
      expect(run(used)).toEqual(run(new BlockProducts(matrix, { panelRows: n })));
    }),
  );
});

test("the sandwich is symmetric to the bit", () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const matrix = makeMatrix(plan);
      const p = matrix.numColumns;
      const found = sandwich(matrix, numbers(matrix.numRows, plan.seed));
      for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) expect(found[i * p + j]).toBe(found[j * p + i]);
    }),
  );
});

describe("rows and columns of a block matrix", () => {
  test("denseRows writes any rows out", () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.nat(), (plan, a, b) => {
        const matrix = makeMatrix(plan);
        const [start, end] = [a % (plan.numRows + 1), b % (plan.numRows + 1)].sort((first, second) => first - second);
        expectClose(denseRows(matrix, start, end), denseArrays(matrix).slice(start, end).flat());
      }),
    );
  });

  test("sliceRows has the same rows, and its arrays are views", () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.nat(), (plan, a, b) => {
        const matrix = makeMatrix(plan);
        const [start, end] = [a % (plan.numRows + 1), b % (plan.numRows + 1)].sort((first, second) => first - second);
        const sliced = sliceRows(matrix, start, end);
        expect(sliced.numRows).toBe(end - start);
        expectClose(denseRows(sliced), denseRows(matrix, start, end));
        sliced.blocks.forEach((block, at) => {
          const whole = matrix.blocks[at];
          if (block.kind === "coded" && whole.kind === "coded") expect(block.codes.buffer).toBe(whole.codes.buffer);
        });
      }),
    );
  });

  test("selectColumns has the chosen columns in the order asked for", () => {
    fc.assert(
      fc.property(plans, fc.nat(), (plan, seed) => {
        const matrix = makeMatrix(plan);
        const random = createRandom(seed);
        const keys = Array.from({ length: matrix.numColumns }, () => random.next());
        const positions = [...keys.keys()].filter((j) => keys[j] < 0.6).sort((a, b) => keys[a] - keys[b]);
        const chosen = selectColumns(matrix, positions);
        expect(chosen.numColumns).toBe(positions.length);
        expect(denseArrays(chosen)).toEqual(denseArrays(matrix).map((row) => positions.map((j) => row[j])));
      }),
    );
  });
});
