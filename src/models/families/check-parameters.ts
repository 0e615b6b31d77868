import { describeReceived, InputError } from "../../errors.ts";
import type { FamilyName } from "./family.ts";

type Check = (call: string, value: unknown) => number;

/** The own parameters of families that have some, in the order of `family.parameters`. */
const checks: Partial<Readonly<Record<FamilyName, readonly Check[]>>> = {
  negativeBinomial: [checkTheta],
  tweedie: [checkPower],
  scaledT: [checkDegrees, checkScale],
  beta: [checkPrecision],
  zeroInflatedPoisson: [checkIntercept, checkSlope],
};

/** Which families have a single parameter to set. */
const SINGLE = "negativeBinomial, tweedie or beta";

/** How many own parameters a family has. */
export function countParameters(name: FamilyName): number {
  return checks[name]?.length ?? 0;
}

/** The parameter of a family that has one. @throws InputError when it has none or several, or the value is out of range */
export function checkedParameter(call: string, name: FamilyName, parameter: unknown): number {
  const own = checks[name] ?? [];
  if (own.length === 1) return own[0](call, parameter);
  throw new InputError({
    call,
    argument: "family",
    expected: SINGLE,
    received: JSON.stringify(name),
    mend: own.length === 0 ? "Other families have no parameter to set." : "Give all of its parameters with withParameters([…]).",
  });
}

/** All parameters of a family; null stays null where they may be left to be estimated. @throws InputError when one is out of range, or their number is wrong */
export function checkedParameters(call: string, name: FamilyName, values: unknown): (number | null)[] {
  const own = checks[name] ?? [];
  if (Array.isArray(values) && values.length === own.length) {
    return own.map((check, k) => (values[k] === null ? null : check(call, values[k])));
  }
  throw new InputError({
    call,
    argument: "values",
    expected: own.length === 1 ? "an array of 1 number" : `an array of ${own.length} numbers`,
    received: Array.isArray(values) ? `${values.length}` : describeReceived(values),
    mend: `They are the values of family.parameters, in that order.`,
  });
}

/** @throws InputError when theta is not a finite number above 0 */
export function checkTheta(call: string, theta: unknown): number {
  return checkPositive(call, "theta", theta, "Leave it out to have it estimated; without overdispersion use poisson.");
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

/** @throws InputError when the degrees of freedom are not a finite number above 0 */
export function checkDegrees(call: string, degrees: unknown): number {
  return checkPositive(call, "degreesOfFreedom", degrees, "Leave them out to have them estimated; for infinitely many use gaussian.");
}

/** @throws InputError when the scale is not a finite number above 0 */
export function checkScale(call: string, scale: unknown): number {
  return checkPositive(call, "scale", scale, "Leave it out to have it estimated.");
}

/** @throws InputError when the precision is not a finite number above 0 */
export function checkPrecision(call: string, precision: unknown): number {
  return checkPositive(call, "precision", precision, "Leave it out to have it estimated.");
}

/** @throws InputError when the intercept is not a finite number */
export function checkIntercept(call: string, intercept: unknown): number {
  if (typeof intercept === "number" && Number.isFinite(intercept)) return intercept;
  const mend = "Leave it out to have it estimated.";
  throw new InputError({ call, argument: "presenceIntercept", expected: "a finite number", received: describeReceived(intercept), mend });
}

/** @throws InputError when the slope is not a finite number above 0 */
export function checkSlope(call: string, slope: unknown): number {
  return checkPositive(call, "presenceSlope", slope, "Leave it out to have it estimated.");
}

function checkPositive(call: string, argument: string, value: unknown, mend: string): number {
  if (typeof value === "number" && value > 0 && value < Infinity) return value;
  throw new InputError({ call, argument, expected: "a finite number above 0", received: describeReceived(value), mend });
}
