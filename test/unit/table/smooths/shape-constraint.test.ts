import { describe, expect, test } from "vitest";
import { createRandom, sandwich, multiplyTransposed, multiply, solveQuadraticProgram } from "../../../../src/numeric/index.ts";
import { applyDesign, learnDesign, Table } from "../../../../src/table/index.ts";

const random = createRandom(4);
const NUM_ROWS = 150;
const x = Float64Array.from({ length: NUM_ROWS }, () => random.next());
// Beyond the data too, where curves go on as straight lines.
const grid = Table.fromColumns({ x: Array.from({ length: 501 }, (_, k) => (k - 50) / 400) });

/** The curve nearest to a wave with a trend that the smooth's inequalities allow, on the grid, and how many of them it touches. */
function fitShape(options: string, slope: number, bend: number): { curve: Float64Array; numActive: number } {
  const table = Table.fromColumns({ y: x.map((value) => Math.sin(9 * value) + slope * value + bend * value ** 2), x });
  const { recipe, design, response, smooths } = learnDesign("fitGam", `y ~ s(x, k = 12, ${options})`, table, { smooths: "learn" });
  if (response.kind !== "numeric") throw new Error("the response is a number");
  const p = design.columnNames.length;
  const hessian = sandwich(design.matrix, new Float64Array(NUM_ROWS).fill(1));
  for (let k = 0; k < p; k++) hessian[k * p + k] += 1e-6;
  const [{ first, size, shape }] = smooths;
  const constraints = new Float64Array(shape!.numRows * p);
  for (let row = 0; row < shape!.numRows; row++) {
    constraints.set(shape!.matrix.subarray(row * size, (row + 1) * size), row * p + first);
  }
  const found = solveQuadraticProgram({
    hessian,
    linear: multiplyTransposed(design.matrix, response.values),
    constraints,
    bounds: new Float64Array(shape!.numRows),
  });
  expect(found.status).toBe("solved");
  return { curve: multiply(applyDesign("predict", recipe, grid).matrix, found.x), numActive: found.active.length };
}

describe("a shape is linear inequalities on coefficients", () => {
  test.each([
    ["increasing", 1, 0],
    ["decreasing", -1, 0],
    ["convex", 0, 1],
    ["concave", 0, -1],
    ["increasing-convex", 1, 1],
    ["increasing-concave", 1, -1],
    ["decreasing-convex", -1, 1],
    ["decreasing-concave", -1, -1],
  ])("%s", (shape, slope, bend) => {
    const { curve, numActive } = fitShape(`shape = "${shape}"`, slope, bend);
    expect(numActive).toBeGreaterThan(0);
    const steps = curve.slice(1).map((value, k) => value - curve[k]);
    const changes = steps.slice(1).map((value, k) => value - steps[k]);
    // Rounding of the solution, whose numbers are near 1.
    for (const step of steps) expect(slope * step).toBeGreaterThan(-1e-9);
    for (const change of changes) expect(bend * change).toBeGreaterThan(-1e-9);
    expect(Math.max(...steps.map(Math.abs))).toBeGreaterThan(1e-4);
  });

  test("with knots at uneven distances, where differences of coefficients alone would not do", () => {
    const knots = [-0.9, -0.6, -0.3, 0, 0.1, 0.15, 0.2, 0.35, 0.4, 0.7, 0.72, 0.9, 1, 1.4, 1.5, 2.2];
    const { curve } = fitShape(`shape = "convex", knots = c(${knots.join(", ")})`, 0, 1);
    const steps = curve.slice(1).map((value, k) => value - curve[k]);
    for (let k = 1; k < steps.length; k++) expect(steps[k] - steps[k - 1]).toBeGreaterThan(-1e-9);
  });
});
