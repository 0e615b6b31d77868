import { listNames } from "../../errors.ts";
import type { Warning } from "../../errors.ts";
import { findSeparation } from "../glm/diagnostics/separation.ts";
import type { PreparedFit } from "../glm/prepare-fit.ts";
import type { SmoothingFit } from "./fitting/smoothing-fit.ts";

/**
 * A warning where terms tell the outcomes apart without error: what penalties leave free runs away, and what they hold is held by them alone.
 *
 * @param linearPredictor of the fit, one a row
 */
export function separatedTerms(
  { problem, design }: Pick<PreparedFit, "problem" | "design">,
  { family, aliased, coefficients }: Pick<SmoothingFit, "family" | "aliased" | "coefficients">,
  linearPredictor: Float64Array,
): Warning[] {
  const found = findSeparation(
    { ...problem, family },
    linearPredictor,
    aliased,
    coefficients,
    design.terms.map(({ positions }) => positions),
  );
  if (!found) return [];
  const taking = design.terms.filter(({ positions }) => positions.some((column) => found.columns.includes(column)));
  // The intercept takes part in nearly all, and is blamed where it does so alone.
  const subjects = (taking.length === 1 ? taking : taking.filter(({ variables }) => variables.length > 0)).map(({ label }) => label);
  const rows = `${found.numRows} row${found.numRows === 1 ? "" : "s"}`;
  const message =
    `The outcomes of at least ${rows} can be told without error from ${listNames(subjects)}: the fit has no finite estimate, or only the ` +
    "penalties hold it, and its errors and p-values mean nothing. Leave the term out, join rare levels, or bound the fit: select: true " +
    'penalizes straight lines too, and smoothing fixes how much; s(x, bs = "re") does so for levels.';
  return [{ name: "separation", message, subjects }];
}
