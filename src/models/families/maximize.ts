/** Share of an interval that golden sections cut off. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;
/** About √eps: nearer, a smooth function is level within rounding. */
const TOLERANCE = 1e-9;

/** A place and the value there. */
export interface Peak {
  readonly at: number;
  readonly value: number;
}

/**
 * The peak of a function with one peak, by parabolas and golden sections; the bracket grows from `start` by `step` until it holds the peak,
 * or until `reach` away from it.
 *
 * @see Brent (1973), Algorithms for Minimization without Derivatives, ch. 5
 */
export function maximize(f: (x: number) => number, start: number, step: number, reach: number): Peak {
  const middle = { at: start, value: f(start) };
  const above = { at: start + step, value: f(start + step) };
  const isRising = above.value > middle.value;
  const [low, best, high] = isRising ? growBracket(f, middle, above, reach) : growBracket(f, above, middle, reach);
  return refine(f, Math.min(low, high), Math.max(low, high), best);
}

/** Walks uphill from `from` through `to` with doubled steps until the function falls: two ends and the best place between. */
function growBracket(f: (x: number) => number, from: Peak, to: Peak, reach: number): [number, Peak, number] {
  let [previous, best] = [from, to];
  let step = to.at - from.at;
  for (let walked = 0; walked < reach; walked += Math.abs(step)) {
    step *= 2;
    const next = { at: best.at + step, value: f(best.at + step) };
    if (!(next.value > best.value)) return [previous.at, best, next.at];
    [previous, best] = [best, next];
  }
  return [previous.at, best, best.at];
}

function refine(f: (x: number) => number, from: number, to: number, best: Peak): Peak {
  let [low, high] = [from, to];
  let [first, second, third] = [best, best, best];
  let lastStep = 0;
  let stepBefore = 0;
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    const tolerance = TOLERANCE * (1 + Math.abs(first.at));
    if (Math.abs(first.at - middle) <= 2 * tolerance - (high - low) / 2) break;
    const parabolic = Math.abs(stepBefore) > tolerance ? parabolicStep(first, second, third) : NaN;
    const landing = first.at + parabolic;
    const isGood = Math.abs(parabolic) < Math.abs(stepBefore / 2) && landing > low && landing < high;
    const golden = (first.at < middle ? high : low) - first.at;
    stepBefore = isGood ? lastStep : golden;
    lastStep = isGood ? parabolic : GOLDEN * golden;
    const at = first.at + (Math.abs(lastStep) >= tolerance ? lastStep : Math.sign(lastStep || 1) * tolerance);
    const tried = { at, value: f(at) };
    if (tried.value >= first.value) {
      if (at < first.at) high = first.at;
      else low = first.at;
      [first, second, third] = [tried, first, second];
    } else {
      if (at < first.at) low = at;
      else high = at;
      if (tried.value >= second.value || second.at === first.at) [second, third] = [tried, second];
      else if (tried.value >= third.value || third.at === first.at || third.at === second.at) third = tried;
    }
  }
  return first;
}

/** From the best place to the peak of the parabola through three; NaN where they lie on a line. */
function parabolicStep(first: Peak, second: Peak, third: Peak): number {
  const a = (first.at - second.at) * (third.value - first.value);
  const b = (first.at - third.at) * (second.value - first.value);
  const top = (first.at - third.at) * b - (first.at - second.at) * a;
  const bottom = 2 * (a - b);
  return bottom === 0 ? NaN : top / bottom;
}
