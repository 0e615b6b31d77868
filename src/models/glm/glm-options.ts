import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import type { ContrastName } from "../../table/index.ts";
import type { FamilyLike } from "../families/resolve-family.ts";
import type { Link, LinkName } from "../families/link.ts";
import { checkRecord } from "./check-record.ts";

/** A column of the data by name, or one number a row. */
export type RowNumbers = string | ArrayLike<number>;

/** A penalty on the size of coefficients; see `fitGlmPath` for choosing its strength. */
export interface PenaltyOptions {
  /** How strong it is, glmnet's lambda: 0 is maximum likelihood. */
  readonly strength: number;
  /** Share of the absolute values (lasso) against the squares (ridge), 0 to 1: glmnet's alpha. @defaultValue 1 */
  readonly l1Ratio?: number;
  /** Factors of the penalty by term label: 0 leaves a term unpenalised. @defaultValue 1 for every term */
  readonly factors?: Readonly<Record<string, number>>;
}

/** What coefficients must obey. */
export interface ConstraintOptions {
  /** Smallest and largest value of single coefficients, by name. */
  readonly bounds?: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** Terms, by label, whose effect must not fall (or not rise) with the number or with the order of the levels. */
  readonly monotone?: Readonly<Record<string, "increasing" | "decreasing">>;
}

/** Options of {@link fitGlm}. */
export interface GlmOptions {
  /** The distribution of the response, or its name. @defaultValue `gaussian()` */
  readonly family?: FamilyLike;
  /** The scale on which the model is linear. @defaultValue the family's own */
  readonly link?: Link | LinkName;
  /** Prior weights: variance = dispersion × variance(mean) / weight; for binomial proportions the numbers of trials. @defaultValue 1 */
  readonly weights?: RowNumbers;
  /** How many cases a row stands for; it counts so often in the degrees of freedom. @defaultValue 1 */
  readonly frequencies?: RowNumbers;
  /**
   * Added to the linear predictor, in addition to offset() terms of the formula. A column becomes such a term, which the model then reads from
   * all rows that it meets; a list of numbers is to be given again with each prediction. @defaultValue 0
   */
  readonly offset?: RowNumbers;
  /** Time, mileage or number insured, above 0: its logarithm is an offset, as above. For the log link only. */
  readonly exposure?: RowNumbers;
  readonly penalty?: PenaltyOptions;
  readonly constraints?: ConstraintOptions;
  /** `firth`: maximise the likelihood times Jeffreys' prior, which keeps estimates finite under separation. @defaultValue none */
  readonly biasReduction?: "firth";
  /** How the dispersion is estimated where the family does not fix it, or its value. @defaultValue "pearson" */
  readonly dispersion?: "pearson" | "deviance" | number;
  /** Contrasts by column. @defaultValue treatment contrasts: each level against the first */
  readonly contrasts?: Readonly<Record<string, ContrastName>>;
  /** What to do with rows that miss a value: leave them out with a warning, or refuse. @defaultValue "drop" */
  readonly missing?: "drop" | "fail";
  /** Coefficients to start from, in the order of the design. @defaultValue the family's start */
  readonly start?: ArrayLike<number>;
  /** @defaultValue 50 */
  readonly maxIterations?: number;
  /** Stop when a step promises less than this share of the deviance; the step is still made. @defaultValue 1e-13 */
  readonly tolerance?: number;
  /** Keep the rows in memory with the model, for residuals, leverages and likelihood-ratio tests. @defaultValue true */
  readonly keepData?: boolean;
}

/** What options say of the rows and their distribution, for any model. */
export type RowOptions = Pick<GlmOptions, "family" | "link" | "weights" | "frequencies" | "offset" | "exposure" | "contrasts" | "missing">;

const NAMES: readonly (keyof GlmOptions)[] = [
  "family",
  "link",
  "weights",
  "frequencies",
  "offset",
  "exposure",
  "penalty",
  "constraints",
  "biasReduction",
  "dispersion",
  "contrasts",
  "missing",
  "start",
  "maxIterations",
  "tolerance",
  "keepData",
];

/** Checks the options as far as one can without the data. @throws {@link InputError} */
export function checkGlmOptions(call: string, options: GlmOptions): void {
  const fail = (argument: string, expected: string, received: unknown, mend: string): InputError =>
    new InputError({ call, argument, expected, received: describeReceived(received), mend });
  if (typeof options !== "object" || options === null) throw fail("options", "an object", options, "Leave it out for a gaussian model.");
  refuseUnknownOptions(call, options, NAMES);
  const { missing, maxIterations, tolerance, dispersion, biasReduction, keepData } = options;
  if (missing !== undefined && missing !== "drop" && missing !== "fail") {
    throw fail("missing", '"drop" or "fail"', missing, "Leave it out to drop rows that miss a value.");
  }
  if (maxIterations !== undefined && !(Number.isInteger(maxIterations) && maxIterations >= 1)) {
    throw fail("maxIterations", "a whole number of at least 1", maxIterations, "Leave it out for 50.");
  }
  if (tolerance !== undefined && !(typeof tolerance === "number" && tolerance > 0 && tolerance < 1)) {
    throw fail("tolerance", "a number between 0 and 1", tolerance, "Leave it out for 1e-13.");
  }
  if (typeof dispersion === "number" ? !(dispersion > 0 && Number.isFinite(dispersion)) : !isMethod(dispersion)) {
    throw fail("dispersion", '"pearson", "deviance" or a number above 0', dispersion, 'Leave it out for "pearson".');
  }
  if (biasReduction !== undefined && biasReduction !== "firth") {
    throw fail("biasReduction", '"firth"', biasReduction, "Leave it out for maximum likelihood.");
  }
  if (keepData !== undefined && typeof keepData !== "boolean") throw fail("keepData", "true or false", keepData, "Leave it out for true.");
  checkRecord(call, "constraints", options.constraints, "{ bounds, monotone }");
  checkRecord(call, "contrasts", options.contrasts, "contrasts by column");
  checkTogether(call, options);
}

function isMethod(dispersion: unknown): boolean {
  return dispersion === undefined || dispersion === "pearson" || dispersion === "deviance";
}

/** Ways of fitting that exclude each other. */
function checkTogether(call: string, { penalty, constraints, biasReduction }: GlmOptions): void {
  const given = Object.entries({ penalty, constraints, biasReduction }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length <= 1) return;
  throw new InputError({
    call,
    argument: given[1],
    expected: `left out where ${given[0]} is given`,
    received: "both",
    mend: "Choose one way of fitting.",
  });
}
