import { evaluateSmoothBasis, learnSmoothBasis, transformSymmetric } from "../../numeric/index.ts";
import { learnMargin } from "./learn-margin.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import type { SmoothTask } from "./smooth-context.ts";

const DEFAULT_WEIGHTS = 5;

/**
 * A P-spline whose smoothness varies along it: squared second differences of the coefficients are weighted by a P-spline of m functions,
 * each with a smoothing parameter.
 *
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x, section 5.1; Eilers and Marx (1996), doi:10.1214/ss/1038425655
 */
export function learnAdaptive(task: SmoothTask): RawSmooth {
  const [spec] = task.spec.margins;
  const { margin, width } = learnMargin(task, spec);
  const numDifferences = width - 2;
  const differences = new Float64Array(numDifferences * width);
  for (let i = 0; i < numDifferences; i++) differences.set([1, -2, 1], i * width + i);
  const weights = spec.penalized ? weighDifferences(numDifferences, width, spec.order?.[0] ?? DEFAULT_WEIGHTS) : [];
  return {
    margins: [margin],
    order: null,
    penalties: weights.map((diagonal) => transformSymmetric(makeDiagonal(diagonal), numDifferences, differences, width)),
    ranks: weights.map((diagonal) => diagonal.filter((weight) => weight > 0).length),
    nullSpaceDimension: spec.penalized ? 2 : width,
    constrained: "all",
    multipliers: [],
  };
}

/** The weights of differences, a list for each penalty: functions of their position that sum to one (of two: one, and what grows). */
function weighDifferences(count: number, width: number, functions: number): Float64Array[] {
  if (functions === 1) return [new Float64Array(count).fill(1)];
  if (functions === 2) return [new Float64Array(count).fill(1), Float64Array.from({ length: count }, (_, i) => (i + 1) / width)];
  const positions = Float64Array.from({ length: count }, (_, i) => i + 1);
  const { basis } = learnSmoothBasis(
    "pSpline",
    { coordinates: [positions], counts: new Float64Array(count).fill(1) },
    { size: functions, order: functions === 3 ? [1, 2] : [2, 2] },
  );
  const values = evaluateSmoothBasis(basis, [positions]);
  // Beyond their support B-splines are 0 but for rounding.
  return Array.from({ length: functions }, (_, j) =>
    Float64Array.from(positions, (_position, i) => Math.max(0, values[i * functions + j])),
  );
}

function makeDiagonal(values: Float64Array): Float64Array {
  const size = values.length;
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) out[i * size + i] = values[i];
  return out;
}
