/** Σ λᵢ Xᵢ of independent chi-squared variables, as the cumulant generating function has it. */
export interface ChiSquaredSum {
  readonly weights: Float64Array;
  readonly degrees: Float64Array;
}

/** Angle at which the contour leaves the vertical: towards where exp(−s x) falls, and not so far that it nears the branch cut. */
const BEND = 0.35;
/** Steps are halved until the integral changes by less than this share. */
const SETTLED = 1e-13;
const MOST_HALVINGS = 12;
/** The saddlepoint is known when it lies between numbers that differ by this share of their way to the ends. */
const NEAR_ENOUGH = 1e-3;
/** Beyond this share of the largest value the integrand counts for nothing. */
const NEGLIGIBLE = 1e-18;

/**
 * The smaller tail of Q = Σ λᵢ Xᵢ at x ≥ 0, Q of at least one positive weight: with K the cumulant generating function,
 * `P(Q > x) = 1/(2πi) ∫ exp(K(s) − s x) ds / s` along any path to the right of 0 and around the branch points 1/(2λ) of positive weights; a path to
 * the left of 0 gives −P(Q ≤ x). Through the saddlepoint the integrand has one peak and no cancellation; along a hyperbola that opens to the right
 * it falls at least exponentially, so that the trapezoidal rule converges geometrically.
 *
 * @see Trefethen and Weideman (2014), doi:10.1137/130932132
 */
export function contourIntegral(x: number, sum: ChiSquaredSum): { logLower: number | null; logUpper: number | null } {
  const { vertex, curvature, isUpper, size } = chooseVertex(x, sum);
  const top = cumulantsAt(vertex, sum).value - vertex * x;
  let step = Math.min(0.25, 0.5 / (size * Math.sqrt(curvature)));
  let integral = trapezoid({ x, sum, vertex, size, top }, step);
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    step /= 2;
    const finer = trapezoid({ x, sum, vertex, size, top }, step);
    const change = Math.abs(finer - integral);
    integral = finer;
    if (change <= SETTLED * Math.abs(finer)) break;
  }
  const log = top + Math.log(Math.abs(integral));
  return isUpper ? { logLower: null, logUpper: Math.min(0, log) } : { logLower: Math.min(0, log), logUpper: null };
}

interface Contour {
  readonly x: number;
  readonly sum: ChiSquaredSum;
  readonly vertex: number;
  readonly size: number;
  /** Logarithm of the integrand at the vertex, but for 1/s. */
  readonly top: number;
}

/** 1/π ∫₀^∞ Re[exp(K(s) − s x − top) / s · size cos(bend + i u)] du with s = vertex + size (sin(bend + i u) − sin bend). */
function trapezoid({ x, sum, vertex, size, top }: Contour, step: number): number {
  const [sine, cosine] = [Math.sin(BEND), Math.cos(BEND)];
  let total = 0;
  let largest = 0;
  let quiet = 0;
  for (let k = 0; quiet < 4; k++) {
    const [wide, tall] = [Math.cosh(k * step), Math.sinh(k * step)];
    const real = vertex + size * sine * (wide - 1);
    const imaginary = size * cosine * tall;
    const [logSize, phase] = logTransform(real, imaginary, sum);
    const scale = Math.exp(logSize - real * x - top);
    const angle = phase - imaginary * x;
    // The derivative size · (cosine · wide − i sine · tall), over s.
    const [above, below] = [size * cosine * wide, -size * sine * tall];
    const square = real * real + imaginary * imaginary;
    const [ratioReal, ratioImaginary] = [(above * real + below * imaginary) / square, (below * real - above * imaginary) / square];
    total += (k === 0 ? 0.5 : 1) * scale * (Math.cos(angle) * ratioReal - Math.sin(angle) * ratioImaginary);
    const magnitude = scale * Math.hypot(ratioReal, ratioImaginary);
    largest = Math.max(largest, magnitude);
    quiet = magnitude <= NEGLIGIBLE * largest ? quiet + 1 : 0;
  }
  return (total * step) / Math.PI;
}

/** K(s) = −½ Σ hᵢ log(1 − 2 λᵢ s) at a complex s, as its real and imaginary part. */
function logTransform(real: number, imaginary: number, { weights, degrees }: ChiSquaredSum): [number, number] {
  let logSize = 0;
  let phase = 0;
  for (let i = 0; i < weights.length; i++) {
    const [a, b] = [1 - 2 * weights[i] * real, -2 * weights[i] * imaginary];
    logSize -= 0.25 * degrees[i] * Math.log(a * a + b * b);
    phase -= 0.5 * degrees[i] * Math.atan2(b, a);
  }
  return [logSize, phase];
}

/** K and its derivatives on the real axis between the branch points. */
function cumulantsAt(s: number, { weights, degrees }: ChiSquaredSum): { value: number; slope: number; curvature: number } {
  let [value, slope, curvature] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const left = 1 - 2 * weights[i] * s;
    const ratio = weights[i] / left;
    value -= 0.5 * degrees[i] * Math.log(left);
    slope += degrees[i] * ratio;
    curvature += 2 * degrees[i] * ratio * ratio;
  }
  return { value, slope, curvature };
}

/** Where the contour crosses the real axis: at the saddlepoint, or as far from the pole at 0 as the peak is wide. */
function chooseVertex(x: number, sum: ChiSquaredSum): { vertex: number; curvature: number; isUpper: boolean; size: number } {
  const high = 1 / (2 * sum.weights.reduce((most, weight) => Math.max(most, weight), 0));
  const lowest = sum.weights.reduce((least, weight) => Math.min(least, weight), 0);
  const low = lowest < 0 ? 1 / (2 * lowest) : -Infinity;
  const origin = cumulantsAt(0, sum);
  const isUpper = origin.slope <= x;
  const far = 1 / Math.sqrt(origin.curvature);
  const saddle = findSaddle(x, sum, isUpper ? [0, high] : [low, 0]);
  const vertex = isUpper ? Math.max(saddle, Math.min(high / 4, far)) : Math.min(saddle, Math.max(low / 4, -far));
  // The hyperbola is as wide as the way to the nearest singularity.
  const size = isUpper ? Math.min(vertex, high - vertex) : Math.min(-vertex, vertex - low);
  return { vertex, curvature: cumulantsAt(vertex, sum).curvature, isUpper, size };
}

/** Where K′ = x between two ends, of which the lower may be −∞; K′ rises. Near enough is enough: the vertex may lie anywhere. */
function findSaddle(x: number, sum: ChiSquaredSum, [from, to]: readonly [number, number]): number {
  let [low, high] = [from, to];
  if (low === -Infinity) {
    low = -1 / (2 * sum.weights.reduce((most, weight) => Math.max(most, weight), 0));
    while (cumulantsAt(low, sum).slope > x) low *= 2;
  }
  for (let k = 0; k < 200 && high - low > NEAR_ENOUGH * Math.min(low - from, to - high); k++) {
    const middle = (low + high) / 2;
    if (cumulantsAt(middle, sum).slope < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
