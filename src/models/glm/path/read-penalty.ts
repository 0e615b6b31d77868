import { describeReceived, InputError } from "../../../errors.ts";
import type { DesignRecipe } from "../../../table/index.ts";
import { checkRecord } from "../check-record.ts";
import { readBound, unknownName } from "../constraints.ts";
import { rescaleFactors } from "./column-penalty.ts";
import type { ColumnPenalty } from "./column-penalty.ts";

/** A penalty as users write it. */
export interface PenaltyWords {
  readonly l1Ratio?: number | undefined;
  readonly standardize?: boolean | undefined;
  readonly factors?: Readonly<Record<string, number>> | undefined;
  readonly bounds?: Readonly<Record<string, readonly [low: number, high: number]>> | undefined;
}

/**
 * What a penalty means for the columns of a design.
 *
 * @param prefix - what stands before the names of options in errors: `penalty.` or nothing
 * @throws {@link InputError} for unknown terms and coefficients, and factors and bounds that are none
 */
export function readPenalty(call: string, prefix: string, words: PenaltyWords, recipe: DesignRecipe): ColumnPenalty {
  const { l1Ratio = 1, standardize = true, factors = {}, bounds = {} } = words;
  const p = recipe.columnNames.length;
  const intercept = recipe.hasIntercept ? recipe.terms[0].positions[0] : -1;
  const raw = new Float64Array(p).fill(1);
  const penalized = recipe.terms.filter(({ positions }) => positions[0] !== intercept);
  checkRecord(call, `${prefix}factors`, factors, "factors by label of a term");
  checkRecord(call, `${prefix}bounds`, bounds, "[low, high] by coefficient");
  for (const [label, factor] of Object.entries(factors)) {
    const term = penalized.find((candidate) => candidate.label === label);
    const labels = penalized.map((candidate) => candidate.label);
    if (term === undefined) throw unknownName(call, `${prefix}factors`, "made of labels of terms", label, labels);
    checkFactor(call, `${prefix}factors[${JSON.stringify(label)}]`, factor);
    for (const position of term.positions) raw[position] = factor;
  }
  const lower = new Float64Array(p).fill(Number.NEGATIVE_INFINITY);
  const upper = new Float64Array(p).fill(Number.POSITIVE_INFINITY);
  const names = recipe.columnNames.filter((_, j) => j !== intercept);
  for (const [name, bound] of Object.entries(bounds)) {
    if (!names.includes(name))
      throw unknownName(call, `${prefix}bounds`, "made of names of coefficients other than the intercept", name, names);
    const position = recipe.columnNames.indexOf(name);
    [lower[position], upper[position]] = readPenalizedBound(call, `${prefix}bounds[${JSON.stringify(name)}]`, bound);
  }
  return { l1Ratio, standardize, intercept, factors: rescaleFactors(raw, intercept), lower, upper };
}

function checkFactor(call: string, argument: string, factor: unknown): void {
  if (typeof factor === "number" && factor >= 0) return;
  const mend = "Use 0 for a term without a penalty, Infinity for one to leave out.";
  throw new InputError({ call, argument, expected: "a number of at least 0", received: describeReceived(factor), mend });
}

/** A penalty draws coefficients to zero, so zero must be allowed. */
function readPenalizedBound(call: string, argument: string, bound: unknown): readonly [number, number] {
  const [low, high] = readBound(call, argument, bound);
  if (low <= 0 && high >= 0) return [low, high];
  throw new InputError({
    call,
    argument,
    expected: "[low, high] with low at most 0 and high at least 0",
    received: `[${low}, ${high}]`,
    mend: "Use fitGlm with constraints for bounds that exclude 0.",
  });
}
