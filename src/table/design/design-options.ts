import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import type { MissingPolicy } from "./complete-rows.ts";
import { CONTRAST_NAMES } from "./contrasts.ts";
import type { ContrastName } from "./contrasts.ts";
import type { UnseenPolicy, UnusedPolicy } from "./factor-levels.ts";

/** Numbers of the same rows that stand in no formula: weights, offsets, exposures. */
export interface NumbersAlongside {
  readonly name: string;
  /** One a row of the table; NaN is missing. */
  readonly values: Float64Array;
}

/** What {@link learnDesign} may be told. */
export interface LearnOptions {
  /** Contrasts of factors by column or label; the formula's own C( ) comes first. @defaultValue "treatment" for each */
  readonly contrasts?: Readonly<Record<string, ContrastName>> | undefined;
  /** Levels of a factor that no complete row has: they keep their columns, as in R's model.matrix, or go, as in its glm. @defaultValue "keep" */
  readonly unusedLevels?: UnusedPolicy | undefined;
  /** Whether rows with a missing value in a used column are left out, or are an error. @defaultValue "drop" */
  readonly missing?: MissingPolicy | undefined;
  /** Other numbers whose missing values count as well. */
  readonly alongside?: readonly NumbersAlongside[] | undefined;
  /** Whether smooth terms are an error, as for a generalized linear model, or are learned. @defaultValue "refuse" */
  readonly smooths?: "refuse" | "learn" | undefined;
  /** Knots of smooth terms by covariate. @defaultValue placed by the basis */
  readonly knots?: Readonly<Record<string, readonly number[]>> | undefined;
  /**
   * The most different numbers that smooth terms see of a covariate, which is rounded to cells where it has more; of two covariates of one
   * smooth at most 100 each, of more 25. @defaultValue all
   */
  readonly cells?: number | undefined;
}

/** What {@link applyDesign} may be told. */
export interface ApplyOptions {
  /** Whether rows with a missing value in a used column are left out, or are an error. @defaultValue "drop" */
  readonly missing?: MissingPolicy | undefined;
  /** What becomes of a level that training did not have. @defaultValue "fail" */
  readonly unseenLevels?: UnseenPolicy | undefined;
  /** Other numbers whose missing values count as well. */
  readonly alongside?: readonly NumbersAlongside[] | undefined;
}

/** Checks the options of both calls. @throws InputError naming the option that is wrong */
export function checkDesignOptions(
  call: string,
  options: Omit<LearnOptions, "cells"> & ApplyOptions,
  known: readonly string[],
  numRows: number,
): void {
  refuseUnknownOptions(call, options, known);
  const { missing = "drop", unseenLevels = "fail", unusedLevels = "keep", contrasts = {}, alongside = [] } = options;
  checkChoice(call, "smooths", options.smooths ?? "refuse", ["refuse", "learn"]);
  checkChoice(call, "missing", missing, ["drop", "fail"]);
  checkChoice(call, "unseenLevels", unseenLevels, ["fail", "reference", "missing", "population"]);
  checkChoice(call, "unusedLevels", unusedLevels, ["keep", "drop"]);
  for (const [name, contrast] of Object.entries(contrasts))
    checkChoice(call, `contrasts[${JSON.stringify(name)}]`, contrast, CONTRAST_NAMES);
  const odd = alongside.find(({ values }) => values.length !== numRows);
  if (odd === undefined) return;
  throw new InputError({
    call,
    argument: odd.name,
    expected: `${numRows} numbers, one for each row of the data`,
    received: String(odd.values.length),
    mend: "Give it for the same rows.",
  });
}

function checkChoice(call: string, argument: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return;
  const expected = `one of ${listNames(choices)}`;
  throw new InputError({ call, argument, expected, received: describeReceived(value), mend: "Take one of these." });
}
