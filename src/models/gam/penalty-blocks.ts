import { describeReceived, InputError, listNames } from "../../errors.ts";
import { symmetricEigen } from "../../numeric/index.ts";
import type { LearnedSmooth } from "../../table/index.ts";
import type { PenaltyBlock } from "./fitting/penalty-block.ts";
import type { GamOptions } from "./gam-options.ts";

/** Eigenvalues of a penalty below this share of the largest belong to what it leaves free: float64's epsilon to the power 0.66. */
const FREE = 4.7e-11;

/** The penalties of a model's smooths as fitting wants them. @throws {@link InputError} for smoothing parameters that fit no smooth */
export function penaltyBlocks(
  call: string,
  smooths: readonly LearnedSmooth[],
  { select = false, smoothing = {} }: Pick<GamOptions, "select" | "smoothing">,
): PenaltyBlock[] {
  checkLabels(call, smooths, smoothing);
  const numbers = new ParameterNumbers();
  return smooths.map((smooth): PenaltyBlock => {
    const { label, first, size } = smooth;
    const free = select ? freeDirections(smooth) : null;
    const matrices = free ? [...smooth.penalties, free.matrix] : smooth.penalties;
    const given = [...smooth.smoothing, ...(free ? [null] : [])];
    const fixed = Object.hasOwn(smoothing, label) ? readFixed(call, label, smoothing[label], given) : given;
    return {
      label,
      first,
      size,
      matrices,
      ranks: free ? [...smooth.ranks, free.dimension] : smooth.ranks,
      nullSpaceDimension: free ? 0 : smooth.nullSpaceDimension,
      parameters: matrices.map((_, k) => (fixed[k] === null ? numbers.of(smooth.group, k) : -1)),
      fixed,
      shape: smooth.shape,
    };
  });
}

/** Numbers smoothing parameters: smooths of a group have theirs in common. */
class ParameterNumbers {
  readonly #shared: Map<string, number> = new Map();
  #next = 0;

  of(group: string | null, position: number): number {
    if (group === null) return this.#next++;
    const key = `${position} ${group}`;
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    this.#shared.set(key, this.#next);
    return this.#next++;
  }
}

/** U U' with U what no penalty of a smooth touches; null where there is nothing. @see Marra and Wood (2011), doi:10.1016/j.csda.2011.02.004 */
function freeDirections({ penalties, size }: LearnedSmooth): { matrix: Float64Array; dimension: number } | null {
  if (penalties.length === 0) return null;
  const sum = penalties[0].map((_, cell) => penalties.reduce((total, matrix) => total + matrix[cell], 0));
  const { values, vectors } = symmetricEigen(sum, size);
  const columns = [...values.keys()].filter((j) => values[j] < FREE * values[0]);
  if (columns.length === 0) return null;
  const matrix = sum.map((_, cell) => {
    const [i, j] = [Math.floor(cell / size), cell % size];
    return columns.reduce((total, column) => total + vectors[i * size + column] * vectors[j * size + column], 0);
  });
  return { matrix, dimension: columns.length };
}

function checkLabels(call: string, smooths: readonly LearnedSmooth[], smoothing: Readonly<Record<string, unknown>>): void {
  const labels = smooths.map(({ label }) => label);
  const unknown = Object.keys(smoothing).find((label) => !labels.includes(label));
  if (unknown === undefined) return;
  throw new InputError({
    call,
    argument: "smoothing",
    expected: labels.length > 0 ? `smoothing parameters of ${listNames(labels)}` : "left out, as there are no smooths",
    received: JSON.stringify(unknown),
    mend: "Take the label that model.smooths shows.",
  });
}

function readFixed(
  call: string,
  label: string,
  received: number | readonly (number | null)[],
  given: readonly (number | null)[],
): (number | null)[] {
  const values: readonly unknown[] = Array.isArray(received) ? received : [received];
  if (values.length === given.length && values.every(isSmoothing)) return values.map((value, k) => value ?? given[k]);
  const expected = given.length === 1 ? "a number of at least 0" : `${given.length} numbers of at least 0, or null for those to be chosen`;
  throw new InputError({
    call,
    argument: `smoothing[${JSON.stringify(label)}]`,
    expected,
    received: describeReceived(received),
    mend: "Leave it out to have them chosen.",
  });
}

function isSmoothing(value: unknown): value is number | null {
  return value === null || (typeof value === "number" && value >= 0 && Number.isFinite(value));
}
