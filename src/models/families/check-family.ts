import { describeReceived, InputError, listNames } from "../../errors.ts";
import { nearestNames } from "../../table/index.ts";
import type { FamilyName } from "./family.ts";
import type { Link } from "./link.ts";
import { isProbabilityLink } from "./link-range.ts";
import { type VarianceName, varianceNames } from "./quasi.ts";
import { resolveLink } from "./resolve-link.ts";

/** Families whose means have no upper end. gaussian and quasi take proportions too, with a variance of their own. */
const unbounded: ReadonlySet<FamilyName> = new Set(["poisson", "quasipoisson", "negativeBinomial", "gamma", "inverseGaussian", "tweedie"]);

/** The link of a family. @throws InputError when it is unknown, or keeps an unbounded mean below 1 */
export function linkFor(call: string, name: FamilyName, wanted: unknown): Link {
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

/** The parameter of a family that has one. @throws InputError when it has none, or the value is out of range */
export function checkedParameter(call: string, name: FamilyName, parameter: unknown): number {
  if (name === "negativeBinomial") return checkTheta(call, parameter);
  if (name === "tweedie") return checkPower(call, parameter);
  throw new InputError({
    call,
    argument: "family",
    expected: "negativeBinomial or tweedie",
    received: JSON.stringify(name),
    mend: "Other families have no parameter to set.",
  });
}

/** @throws InputError when theta is not a finite number above 0 */
export function checkTheta(call: string, theta: unknown): number {
  if (typeof theta === "number" && theta > 0 && theta < Infinity) return theta;
  throw new InputError({
    call,
    argument: "theta",
    expected: "a finite number above 0",
    received: describeReceived(theta),
    mend: "Leave it out to have it estimated; without overdispersion use poisson.",
  });
}

/** @throws InputError when the power has no tweedie distribution */
export function checkPower(call: string, power: unknown): number {
  if (typeof power === "number" && (power === 0 || power > 1) && power < Infinity) return power;
  throw new InputError({
    call,
    argument: "power",
    expected: "0 or a finite number above 1",
    received: describeReceived(power),
    mend: power === 1 ? "Use poisson or quasipoisson for power 1." : "Leave it out to have it estimated between 1 and 2.",
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
