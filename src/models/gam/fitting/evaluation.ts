import { dot } from "../../../numeric/index.ts";
import type { PenaltyFrame, PenaltyTerm } from "./penalty-frame.ts";
import { multiplyByTerm } from "./penalty-frame.ts";
import type { Place } from "./settle.ts";

/** A criterion at one place, with its derivatives by the outer coordinates: log λ of each parameter, then log dispersion where that is sought. */
export interface Evaluation {
  readonly outer: Float64Array;
  readonly place: Place;
  readonly dispersion: number;
  /** What is minimized, in units of the log-likelihood. */
  readonly value: number;
  /** The criterion as it is reported. */
  readonly criterion: number;
  readonly gradient: Float64Array;
  /** Square, row-major; what depends on how the information changes with λ may be left out. */
  readonly hessian: Float64Array;
  /** For each term of the frame d coefficients / d log λ, in the coordinates of the frame. */
  readonly directions: readonly Float64Array[];
  /** The same by each of the family's own parameters that is an outer coordinate. */
  readonly ownDirections: readonly Float64Array[];
}

/** A function of the terms with its derivatives by their log λ. */
export interface TermDerivatives {
  readonly value: number;
  readonly gradient: Float64Array;
  /** Terms × terms, row-major. */
  readonly hessian: Float64Array;
}

/** −P λSβ of each term: how the coefficients answer to its log λ. */
export function directionsOf({ pulls, curvature }: Place): Float64Array[] {
  return pulls.map((pull) => curvature.solve(pull).map((value) => -value));
}

/** Sums derivatives by terms into those by parameters; terms of fixed λ have none. `size`: of the result, which may have more coordinates. */
export function gatherGradient(frame: PenaltyFrame, ofTerms: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size);
  frame.terms.forEach(({ parameter }, k) => {
    if (parameter >= 0) out[parameter] += ofTerms[k];
  });
  return out;
}

/** The same for second derivatives, square and row-major. */
export function gatherHessian(frame: PenaltyFrame, ofTerms: Float64Array, size: number): Float64Array {
  const { terms } = frame;
  const out = new Float64Array(size * size);
  for (let k = 0; k < terms.length; k++) {
    for (let l = 0; l < terms.length; l++) {
      const [i, j] = [terms[k].parameter, terms[l].parameter];
      if (i >= 0 && j >= 0) out[i * size + j] += ofTerms[k * terms.length + l];
    }
  }
  return out;
}

/** λ tr(M S) of a symmetric M, for each term. */
export function termTraces(matrix: Float64Array, { terms, width: total }: PenaltyFrame): Float64Array {
  return Float64Array.from(terms, ({ start, width, isDiagonal, values, smoothing }) => {
    let trace = 0;
    for (let i = 0; i < width; i++) {
      const row = (start + i) * total + start;
      if (isDiagonal) trace += matrix[row + i] * values[i];
      else for (let j = 0; j < width; j++) trace += matrix[row + j] * values[i * width + j];
    }
    return smoothing * trace;
  });
}

/** tr(A λS_k B λS_l) of symmetric A and B, for each pair of terms; row-major. */
export function pairTraces(a: Float64Array, b: Float64Array, { terms, width: total }: PenaltyFrame): Float64Array {
  const count = terms.length;
  const left = terms.map((term) => multiplyByTerm(a, total, term));
  const right = a === b ? left : terms.map((term) => multiplyByTerm(b, total, term));
  const out = new Float64Array(count * count);
  for (let k = 0; k < count; k++) {
    for (let l = 0; l < count; l++) {
      if (a === b && l < k) out[k * count + l] = out[l * count + k];
      else out[k * count + l] = traceBetween(left[k], terms[k], right[l], terms[l]);
    }
  }
  return out;
}

/** tr(A B) of two products with a term each, of which only the other's coordinates count. */
function traceBetween(a: Float64Array, ofA: PenaltyTerm, b: Float64Array, ofB: PenaltyTerm): number {
  let trace = 0;
  for (let i = 0; i < ofB.width; i++) {
    for (let j = 0; j < ofA.width; j++) trace += a[(ofB.start + i) * ofA.width + j] * b[(ofA.start + j) * ofB.width + i];
  }
  return trace;
}

/**
 * ½ log |X'WX + ΣλS| less ½ log |ΣλS|₊, and derivatives in which X'WX stays: exact with `product`, X'(h dW/dη), for the gradient.
 * @param inverse of the matrix whose determinant it is
 */
export function determinantPart(
  { frame, rest }: Place,
  { logDeterminant, inverse }: { readonly logDeterminant: number; readonly inverse: Float64Array },
  { product, directions }: { readonly product: Float64Array; readonly directions: readonly Float64Array[] },
): TermDerivatives {
  const { slopes, curvatures } = frame;
  const count = slopes.length;
  const traces = termTraces(inverse, frame);
  const hessian = pairTraces(inverse, inverse, frame).map((value, cell) => -0.5 * (value + curvatures[cell]));
  for (let k = 0; k < count; k++) hessian[k * count + k] += 0.5 * traces[k];
  return {
    // The determinant where the step that is left would lead.
    value: 0.5 * (logDeterminant + dot(product, rest) - frame.logDeterminant),
    gradient: slopes.map((slope, k) => 0.5 * (traces[k] + dot(product, directions[k]) - slope)),
    hessian,
  };
}
