import { describeReceived, InputError, listNames } from "../../errors.ts";
import type { PredictOptions } from "../glm/predictions.ts";
import type { CorrectedFit, GamFit } from "./gam-fit.ts";

/** Which terms a prediction is made of. */
export interface TermChoice {
  /** Labels of terms to leave out, as if they were 0 (mgcv's `exclude`). @defaultValue none */
  readonly exclude?: readonly string[];
  /** Labels of the terms to keep; `"(Intercept)"` is one of them. @defaultValue all */
  readonly terms?: readonly string[];
}

/** A fit whose other terms are 0, and the options that are left. @throws {@link InputError} for labels of no term */
export function chooseTerms(
  call: string,
  fit: GamFit,
  { exclude, terms, unconditional, ...rest }: TermChoice & PredictOptions & { readonly unconditional?: boolean },
): { readonly fit: GamFit; readonly rest: PredictOptions } {
  if (unconditional !== undefined && typeof unconditional !== "boolean") throw wrongFlag(call, unconditional);
  checkLabels(call, "exclude", exclude, fit);
  checkLabels(call, "terms", terms, fit);
  const left = fit.recipe.terms.filter(({ label }) => exclude?.includes(label) || (terms && !terms.includes(label)));
  if (left.length === 0) return { fit, rest };
  const isOut = new Uint8Array(fit.estimates.length);
  for (const { positions } of left) for (const position of positions) isOut[position] = 1;
  const clear = (matrix: Float64Array): Float64Array => {
    return matrix.map((value, cell) => (isOut[Math.floor(cell / isOut.length)] || isOut[cell % isOut.length] ? 0 : value));
  };
  return {
    fit: {
      ...fit,
      estimates: fit.estimates.map((value, j) => (isOut[j] ? 0 : value)),
      unscaledCovariance: clear(fit.unscaledCovariance),
      givenCovariance: fit.givenCovariance && clear(fit.givenCovariance),
    },
    rest,
  };
}

/** A fit whose standard errors have the uncertainty of the smoothing parameters. @param corrected what it is, or false for none */
export function withUnconditional(call: string, fit: GamFit, corrected: CorrectedFit | null | boolean | undefined): GamFit {
  if (corrected === undefined || corrected === false) return fit;
  if (corrected !== null && typeof corrected === "object") return { ...fit, givenCovariance: corrected.covariance };
  if (corrected !== null) throw wrongFlag(call, corrected);
  throw new InputError({
    call,
    argument: "unconditional",
    expected: 'left out, as this fit does not tell how uncertain its smoothing parameters are (methods "REML" and "ML" do)',
    received: `true and the method ${JSON.stringify(fit.method)}`,
    mend: 'Fit the model with method: "REML" and without keepData: false.',
  });
}

function wrongFlag(call: string, received: unknown): InputError {
  return new InputError({
    call,
    argument: "unconditional",
    expected: "true or false",
    received: describeReceived(received),
    mend: "Leave it out for false.",
  });
}

function checkLabels(call: string, argument: string, labels: unknown, fit: GamFit): void {
  if (labels === undefined) return;
  const known = fit.recipe.terms.map(({ label }) => label);
  const odd = Array.isArray(labels) ? labels.find((label) => !known.includes(label as string)) : labels;
  if (odd === undefined) return;
  throw new InputError({
    call,
    argument,
    expected: `a list of terms of the model (${listNames(known)})`,
    received: describeReceived(odd),
    mend: "See model.terms.",
  });
}
