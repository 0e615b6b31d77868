import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import type { BasisName, ShapeName } from "../smooths/smooth-spec.ts";

/** A smooth term of a generalized additive model, as {@link s}, {@link te}, {@link ti}, {@link t2} and {@link re} make it. */
export interface SmoothTerm {
  readonly kind: "smooth";
  readonly type: "s" | "te" | "ti" | "t2";
  /** Names of columns, or expressions such as `log(income)`. */
  readonly covariates: readonly string[];
  readonly options: ProductOptions;
}

/** What {@link re} may be told. */
export interface RandomEffectOptions {
  /** A number that multiplies the effects, or a factor with effects for each of its levels. */
  readonly by?: string;
  /** The smoothing parameter, the residual variance over that of the effects in the scale of the penalty. @defaultValue estimated */
  readonly smoothing?: number;
  /** Terms of one group share their smoothing parameters. */
  readonly group?: string;
}

/** What {@link s} may be told. */
export interface SmoothOptions {
  /**
   * mgcv's name of the basis: thin plates "tp", with shrinkage "ts"; cubic regression splines "cr", with shrinkage "cs", cyclic "cc"; P-splines
   * "ps", cyclic "cp"; B-splines "bs"; adaptive "ad"; random effects "re"; a curve for each level "fs". @defaultValue "tp"; "ps" with a shape
   */
  readonly basis?: BasisName | readonly BasisName[];
  /** How many functions it has before any constraint: the most that its effective degrees of freedom can be. @defaultValue 10 of one number, 30 of two, 110 of three; 5 of each margin of a product */
  readonly k?: number | readonly (number | null)[];
  /** A number that multiplies the smooth, or a factor with a smooth for each of its levels. */
  readonly by?: string;
  /** mgcv's m: orders of splines and penalties. @defaultValue each basis's own: second derivatives or differences, of cubic splines */
  readonly order?: number | readonly (number | null)[] | readonly (readonly number[])[];
  /** Smoothing parameters, one for each penalty; null leaves one to be estimated. @defaultValue all estimated */
  readonly smoothing?: number | readonly (number | null)[];
  /** Whether roughness is penalized at all. @defaultValue true */
  readonly penalized?: boolean | readonly boolean[];
  /** Smooths of one group share their smoothing parameters and their bases. */
  readonly group?: string;
  /** Knots of the one covariate, or by covariate. @defaultValue placed by the basis */
  readonly knots?: readonly number[] | Readonly<Record<string, readonly number[]>>;
  /** Where the smooth is 0, one number a covariate. @defaultValue it is 0 on average */
  readonly point?: readonly number[];
  /** The shape that the curve is held to: of P-splines of one number. @defaultValue none */
  readonly shape?: ShapeName;
}

/** What {@link te}, {@link ti} and {@link t2} may be told: one value for all margins, or one for each. */
export interface ProductOptions extends SmoothOptions {
  /** How many covariates each margin has. @defaultValue 1 for each */
  readonly dimensions?: readonly number[];
  /** Whether margins are values at equally spaced points; of te and ti. @defaultValue true */
  readonly spread?: boolean;
  /** Whether each margin is centred; of ti. @defaultValue true for each */
  readonly centred?: boolean | readonly boolean[];
  /** Whether functions without a penalty get a penalty each in their products with others; of t2. @defaultValue false */
  readonly full?: boolean;
}

/** Names of columns, and options after them. */
export type Covariates<Options> = readonly string[] | readonly [...string[], Options];

const OPTIONS = ["basis", "k", "by", "order", "smoothing", "penalized", "group", "knots", "point"] as const;

/**
 * A smooth function of a column, or of several that are measured in the same unit: mgcv's `s`.
 *
 * @see Wood (2003), doi:10.1111/1467-9868.00374, for thin plates, the default
 * @throws {@link InputError} for an option that it does not have
 * @example
 * const formula = { response: "claims", terms: [s("age", { basis: "cr", k: 12 }), s("lon", "lat")] };
 */
export function s(...covariates: Covariates<SmoothOptions>): SmoothTerm {
  return makeTerm("s", covariates, [...OPTIONS, "shape"]);
}

/**
 * A smooth function of several columns in units of their own: a tensor product, mgcv's `te`, with one penalty for each margin.
 *
 * @see Wood (2006), doi:10.1111/j.1541-0420.2006.00574.x
 * @throws {@link InputError} for an option that it does not have
 * @example
 * const formula = { response: "strength", terms: [te("cement", "age", { k: [6, 5] })] };
 */
export function te(...covariates: Covariates<ProductOptions>): SmoothTerm {
  return makeTerm("te", covariates, [...OPTIONS, "dimensions", "spread"]);
}

/**
 * What a tensor product adds to the smooths of its columns alone: an interaction, mgcv's `ti`.
 *
 * @see Wood (2017), Generalized Additive Models, 2nd edition, doi:10.1201/9781315370279, section 5.6.3
 * @throws {@link InputError} for an option that it does not have
 * @example
 * const formula = { response: "strength", terms: [s("cement"), s("age"), ti("cement", "age")] };
 */
export function ti(...covariates: Covariates<ProductOptions>): SmoothTerm {
  return makeTerm("ti", covariates, [...OPTIONS, "dimensions", "spread", "centred"]);
}

/**
 * A tensor product that is split into parts with a penalty each: mgcv's `t2`.
 *
 * @see Wood, Scheipl and Faraway (2013), doi:10.1007/s11222-012-9314-z
 * @throws {@link InputError} for an option that it does not have
 * @example
 * const formula = { response: "strength", terms: [t2("cement", "age")] };
 */
export function t2(...covariates: Covariates<ProductOptions>): SmoothTerm {
  return makeTerm("t2", covariates, [...OPTIONS, "dimensions", "full"]);
}

/**
 * Independent normal random effects: of the levels of a column, of combinations of levels, or slopes of a number by level; mgcv's `s(…, bs = "re")`.
 *
 * @see Wood (2017), Generalized Additive Models, 2nd edition, doi:10.1201/9781315370279, section 5.8
 * @throws {@link InputError} for an option that it does not have
 * @example
 * const formula = { response: "claims", terms: [linear("age"), re("garage"), re("garage", "age")] };
 */
export function re(...covariates: Covariates<RandomEffectOptions>): SmoothTerm {
  const term = makeTerm("s", covariates, ["by", "smoothing", "group"], "re");
  return { ...term, options: { ...term.options, basis: "re" } };
}

function makeTerm(
  type: SmoothTerm["type"],
  given: Covariates<ProductOptions | RandomEffectOptions>,
  known: readonly string[],
  call: string = type,
): SmoothTerm {
  const last = given.at(-1);
  const options = typeof last === "object" && last !== null ? last : {};
  const covariates = options === last ? given.slice(0, -1) : given;
  refuseUnknownOptions(call, options, known);
  const odd = covariates.find((one) => typeof one !== "string" || one === "");
  if (odd === undefined && covariates.length > 0) return { kind: "smooth", type, covariates: covariates as readonly string[], options };
  throw new InputError({
    call,
    argument: "covariates",
    expected: "names of columns, and after them the options",
    received: covariates.length === 0 ? "none" : describeReceived(odd),
    mend: `Write ${call}("column").`,
  });
}
