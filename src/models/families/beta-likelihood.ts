import { digamma, logGamma, tetragamma, trigamma } from "../../numeric/index.ts";
import type { MeanLikelihood } from "./likelihood.ts";

/**
 * Beta responses with shapes a = mean × precision and b = (1 − mean) × precision. Parameter: log(precision).
 * The mean that makes a response most likely is not the response itself: the saturated likelihood is the largest that any mean gives.
 *
 * @see Ferrari and Cribari-Neto (2004), doi:10.1080/0266476042000214501; Wood, Pya and Säfken (2016), doi:10.1080/01621459.2016.1180986 (supplement)
 */
export function betaLikelihood(precision: number): MeanLikelihood {
  const logGammaOfPrecision = logGamma(precision);
  const at = (y: number, a: number, b: number): number =>
    logGammaOfPrecision - logGamma(a) - logGamma(b) + (a - 1) * Math.log(y) + (b - 1) * Math.log1p(-y);
  const saturated = (y: number): number => {
    const a = likeliestShape(logitOf(y), precision);
    return at(y, a, precision - a);
  };
  return {
    slopes: (y, mean, complement, out) => {
      const [a, b] = [mean * precision, complement * precision];
      out[0] = precision * (logitOf(y) - digamma(a) + digamma(b));
      out[1] = -precision * precision * (trigamma(a) + trigamma(b));
      out[2] = -precision * precision * precision * (tetragamma(a) - tetragamma(b));
    },
    expected: (mean, complement, out) => {
      const [a, b] = [mean * precision, complement * precision];
      out[0] = precision * precision * (trigamma(a) + trigamma(b));
      out[1] = precision * precision * precision * (tetragamma(a) - tetragamma(b));
    },
    unitDeviance: (y, mean, complement) => Math.max(0, 2 * (saturated(y) - at(y, mean * precision, complement * precision))),
    saturated,
    byParameters: byPrecision(precision),
  };
}

function logitOf(y: number): number {
  return Math.log(y) - Math.log1p(-y);
}

function byPrecision(precision: number): MeanLikelihood["byParameters"] {
  const ofPrecision = digamma(precision);
  const bendOfPrecision = trigamma(precision);
  return (y, mean, complement, out) => {
    const [a, b] = [mean * precision, complement * precision];
    const [psiA, psiB, bendA, bendB] = [digamma(a), digamma(b), trigamma(a), trigamma(b)];
    const cubic = mean * tetragamma(a) + complement * tetragamma(b);
    const first = precision * (ofPrecision + mean * (Math.log(y) - psiA) + complement * (Math.log1p(-y) - psiB));
    const squares = precision * precision;
    out.first[0] = first;
    out.second[0] = squares * (bendOfPrecision - mean * mean * bendA - complement * complement * bendB) + first;
    out.slope[0] = precision * (logitOf(y) - psiA + psiB) - squares * (mean * bendA - complement * bendB);
    out.curvature[0] = -squares * (2 * (bendA + bendB) + precision * cubic);
    out.expected[0] = -out.curvature[0];
  };
}

const MOST_STEPS = 60;
/** A last step of this share of the shape leaves an error of its square, and one of that square again in the likelihood, which is flat there. */
const SETTLED = 1e-5;

/**
 * The shape a that solves ψ(a) − ψ(precision − a) = logit, by Newton's method for log a inside a bracket; the smaller of the two shapes is sought.
 * @see Minka (2000), Estimating a Dirichlet distribution, appendix C (the start)
 */
function likeliestShape(logit: number, precision: number): number {
  if (logit > 0) return precision - likeliestShape(-logit, precision);
  let [low, high] = [0, precision / 2];
  let a = Math.min(invertDigamma(logit + digamma(precision)), high);
  for (let step = 0; step < MOST_STEPS; step++) {
    const b = precision - a;
    const excess = digamma(a) - digamma(b) - logit;
    if (excess > 0) high = a;
    else low = a;
    const newton = a * Math.exp(-excess / (a * (trigamma(a) + trigamma(b))));
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const isSettled = Math.abs(next - a) <= SETTLED * a;
    a = next;
    if (isSettled) break;
  }
  return a;
}

/** About where ψ takes a value. */
function invertDigamma(value: number): number {
  return value >= -2.22 ? Math.exp(value) + 0.5 : -1 / (value - digamma(1));
}
