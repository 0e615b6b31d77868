import { describeReceived, InputError, listNames } from "../../errors.ts";
import { nearestNames } from "../../table/index.ts";
import type { FamilyName } from "./family.ts";
import type { Link } from "./link.ts";
import { isProbabilityLink } from "./link-range.ts";
import { logLink } from "./links.ts";
import { type VarianceName, varianceNames } from "./quasi.ts";
import { resolveLink } from "./resolve-link.ts";

/** Families whose means have no upper end. gaussian and quasi take proportions too, with a variance of their own. */
const unbounded: ReadonlySet<FamilyName> = new Set(["poisson", "quasipoisson", "negativeBinomial", "gamma", "inverseGaussian", "tweedie"]);

/** The link of a family. @throws InputError when it is unknown, or keeps an unbounded mean below 1 */
export function linkFor(call: string, name: FamilyName, wanted: unknown): Link {
  if (name === "zeroInflatedPoisson") return ownLink(call, wanted);
  const link = resolveLink(call, wanted);
  if (!unbounded.has(name) || !isProbabilityLink(link)) return link;
  throw new InputError({
    call,
    argument: "link",
    expected: `a link whose means may exceed 1, as those of ${name} do`,
    received: JSON.stringify(link.name),
    mend: 'Use "log", or for proportions the families binomial, quasibinomial or quasi.',
  });
}

/** The family makes its own link of its parameters; what stands here is never used. @throws InputError when another is asked for */
function ownLink(call: string, wanted: unknown): Link {
  const name = typeof wanted === "object" && wanted !== null && "name" in wanted ? wanted.name : wanted;
  if (name === undefined || name === "zeroInflated") return logLink;
  throw new InputError({
    call,
    argument: "link",
    expected: "none for the family zeroInflatedPoisson",
    received: describeReceived(wanted),
    mend: "Leave it out: the linear predictor is the logarithm of the rate of counts above 0.",
  });
}

/** A variance function of `quasi`. @throws InputError when it is neither a name nor a finite power of at least 0 */
export function checkVariance(call: string, variance: unknown): VarianceName | number {
  if (typeof variance === "number" && variance >= 0 && variance < Infinity) return variance;
  const name = varianceNames.find((known) => known === variance);
  if (name !== undefined) return name;
  const near = typeof variance === "string" ? nearestNames(variance, varianceNames) : [];
  throw new InputError({
    call,
    argument: "variance",
    expected: `one of ${listNames(varianceNames, varianceNames.length)} or a power of at least 0`,
    received: describeReceived(variance),
    mend: near.length > 0 ? `Did you mean ${listNames(near)}?` : "Give a name, or the power of the mean as a number.",
  });
}
