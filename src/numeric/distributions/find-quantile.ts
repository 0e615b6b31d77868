/** Halvings and interpolations before the search ends where it is: float64 has no more than some 2100 halvings of a ratio, and needs 100. */
const MOST_STEPS = 300;

/**
 * The root of an increasing function on (0, ∞), to the last digit that the function can tell: 0 or Infinity if it lies beyond float64.
 * @param difference - negative below the root and positive above it; may be ±Infinity
 * @param start - a guess, positive and finite
 * @see Chandrupatla (1997), doi:10.1016/S0965-9978(96)00051-8 (inverse quadratic steps, safeguarded by halving)
 */
export function findPositiveRoot(difference: (x: number) => number, start: number): number {
  let low = start;
  let high = start;
  let atStart = difference(start);
  if (atStart === 0) return start;
  if (Number.isNaN(atStart)) return NaN;
  for (let factor = 2; ; factor *= factor) {
    const edge = atStart < 0 ? high * factor : low / factor;
    if (edge === 0 || edge === Infinity) return edgeRoot(difference, atStart < 0 ? high : low, edge);
    const beyond = difference(edge);
    if (Number.isNaN(beyond)) return NaN;
    if (atStart < 0) [low, high] = [high, edge];
    else [low, high] = [edge, low];
    if (beyond < 0 !== atStart < 0) return refineRoot(difference, low, high);
    atStart = beyond;
  }
}

/** Where the bracket has run out of float64: the root lies between the last finite point and the largest or smallest number. */
function edgeRoot(difference: (x: number) => number, inside: number, edge: number): number {
  if (edge === 0) return difference(Number.MIN_VALUE) >= 0 ? 0 : refineRoot(difference, Number.MIN_VALUE, inside);
  return difference(Number.MAX_VALUE) <= 0 ? Infinity : refineRoot(difference, inside, Number.MAX_VALUE);
}

/** Geometric halving while the ends are far apart, then Chandrupatla's method between them. */
function refineRoot(difference: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (high > 4 * low) {
    const middle = Math.sqrt(low) * Math.sqrt(high);
    if (difference(middle) < 0) low = middle;
    else high = middle;
  }
  return chandrupatla(difference, low, high);
}

function chandrupatla(difference: (x: number) => number, low: number, high: number): number {
  let [a, b, c] = [high, low, low];
  let [fa, fb, fc] = [difference(a), difference(b), NaN];
  let t = 0.5;
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = a + t * (b - a);
    const fx = difference(x);
    if (fx < 0 === fa < 0) [c, fc] = [a, fa];
    else [c, b, fc, fb] = [b, a, fb, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const tolerance = (2 ** -53 * Math.abs(best)) / Math.abs(b - c);
    if (fa === 0 || !(tolerance <= 0.5) || Math.abs(a - b) <= 2 ** -52 * Math.abs(best)) return best;
    t = Math.min(1 - tolerance, Math.max(tolerance, nextFraction(a, b, c, fa, fb, fc)));
  }
  return a;
}

/** How far from a to b to go: the inverse quadratic through three points where it can be trusted, else half way. */
function nextFraction(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
}
