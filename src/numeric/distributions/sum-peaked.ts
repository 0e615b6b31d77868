/** Terms smaller than this share of the largest no longer count: their sum is below a rounding. */
const NEGLIGIBLE = -42;

/** From this standard deviation on, steps of half of it are taken: exact to exp(−8π²), and the first term is out of reach. */
const WIDE = 12;

/** Terms on either side of the peak, and steps towards it, at most: ten times what any smooth peak takes. */
const MOST_STEPS = 1000;

/**
 * log of the sum of exp(logTerm(j)) over the whole numbers j ≥ first, for terms that rise to one peak and fall, smoothly in j.
 * A wide peak is summed at equal steps of half its width: by Poisson's summation formula that is as good as every term,
 * so the cost is bounded however many terms count.
 * @param logTerm - concave, also defined between the whole numbers
 * @param guess - where the peak may be
 * @param spreadAt - about the standard deviation of a peak at j, or an underestimate
 */
export function logSumPeaked(logTerm: (j: number) => number, first: number, guess: number, spreadAt: (peak: number) => number): number {
  let sum = 0;
  const { top, stride } = visitPeaked(logTerm, first, guess, spreadAt, (_, share) => {
    sum += share;
  });
  return sum > 0 ? top + Math.log(stride * sum) : top;
}

/** Where the terms of {@link visitPeaked} are highest, by how many whole numbers one visit stands, and the logarithm of the highest term. */
export interface Peak {
  readonly peak: number;
  readonly stride: number;
  readonly top: number;
}

/**
 * Visits the terms that count with their shares of the highest one, for sums of any smooth function of j weighted by the terms.
 * Nothing is visited where the highest term is 0 or no number.
 */
export function visitPeaked(
  logTerm: (j: number) => number,
  first: number,
  guess: number,
  spreadAt: (peak: number) => number,
  visit: (j: number, share: number) => void,
): Peak {
  const peak = climb(logTerm, first, Math.max(first, Math.round(guess)));
  const top = logTerm(peak);
  if (top === -Infinity || Number.isNaN(top)) return { peak, top, stride: 1 };
  const spread = spreadAt(peak);
  const stride = spread < WIDE ? 1 : Math.floor(spread / 2);
  visit(peak, 1);
  for (const step of [stride, -stride]) {
    for (let k = 1; k < MOST_STEPS && peak + k * step >= first; k++) {
      const share = logTerm(peak + k * step) - top;
      if (!(share > NEGLIGIBLE)) break;
      visit(peak + k * step, Math.exp(share));
    }
  }
  return { peak, top, stride };
}

/** The peak, by steps that double while they rise and halve when they do not. */
function climb(logTerm: (j: number) => number, first: number, start: number): number {
  let best = start;
  let height = logTerm(best);
  let step = 1;
  for (let direction = 1, count = 0; step >= 1 && count < MOST_STEPS; count++) {
    const next = Math.max(first, best + direction * step);
    const there = next === best ? -Infinity : logTerm(next);
    if (there > height) {
      best = next;
      height = there;
      step *= 2;
    } else if (direction === 1) direction = -1;
    else {
      direction = 1;
      step = Math.floor(step / 2);
    }
  }
  return best;
}
