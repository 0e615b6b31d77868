import { refuseUnknownOptions } from "../../errors.ts";
import type { ContrastName } from "../design/contrasts.ts";
import type { SmoothTerm } from "./smooth-builders.ts";

/** A numeric column as it is. */
export interface LinearTerm {
  readonly kind: "linear";
  readonly column: string;
}

/** A column as levels. */
export interface FactorTerm {
  readonly kind: "factor";
  readonly column: string;
  readonly contrast?: ContrastName;
  readonly reference?: string;
}

/** Orthogonal polynomials of a numeric column, or its plain powers. */
export interface PolynomialTerm {
  readonly kind: "polynomial";
  readonly column: string;
  readonly degree: number;
  readonly raw?: boolean;
}

/** The product of terms, without their main effects. */
export interface InteractionTerm {
  readonly kind: "interaction";
  readonly of: readonly (LinearTerm | FactorTerm | PolynomialTerm | string)[];
}

/** A term as the builders make it. */
export type TermBuilder = LinearTerm | FactorTerm | PolynomialTerm | InteractionTerm | SmoothTerm;

/** A formula of typed parts; it makes the same model as the text that `formulaText` gives. */
export interface BuiltFormula {
  /** The name of a column, or an expression such as `cbind(successes, failures)`. */
  readonly response: string;
  readonly terms: readonly TermBuilder[];
  /** @defaultValue true */
  readonly intercept?: boolean;
  /** The name of a column, or an expression such as `log(exposure)`. */
  readonly offset?: string;
}

/** What {@link factor} may be told. */
export interface FactorOptions {
  /** How the levels become columns. @defaultValue "treatment" */
  readonly contrast?: ContrastName;
  /** The level to compare with; it is put first. @defaultValue the first level of the column */
  readonly reference?: string | number;
}

/**
 * A term of a numeric column as it is.
 *
 * @example
 * const formula = { response: "claims", terms: [linear("age")] };
 */
export function linear(column: string): LinearTerm {
  return { kind: "linear", column };
}

/**
 * A term of a column as levels, also of a numeric one.
 *
 * @example
 * const formula = { response: "claims", terms: [factor("region", { reference: "north" })] };
 */
export function factor(column: string, options: FactorOptions = {}): FactorTerm {
  refuseUnknownOptions("factor", options, ["contrast", "reference"]);
  const { contrast, reference } = options;
  return {
    kind: "factor",
    column,
    ...(contrast === undefined ? {} : { contrast }),
    ...(reference === undefined ? {} : { reference: String(reference) }),
  };
}

/**
 * A term of polynomials of a numeric column: orthogonal ones, or its plain powers.
 *
 * @example
 * const formula = { response: "claims", terms: [polynomial("age", 2)] };
 */
export function polynomial(column: string, degree: number, options: { readonly raw?: boolean } = {}): PolynomialTerm {
  refuseUnknownOptions("polynomial", options, ["raw"]);
  return { kind: "polynomial", column, degree, ...(options.raw ? { raw: true } : {}) };
}

/**
 * A term that is the product of others. A name alone stands for the column as the other terms take it.
 *
 * @example
 * const formula = { response: "claims", terms: [linear("age"), factor("region"), interaction("age", "region")] };
 */
export function interaction(...of: readonly (LinearTerm | FactorTerm | PolynomialTerm | string)[]): InteractionTerm {
  return { kind: "interaction", of };
}
