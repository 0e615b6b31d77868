import { describeReceived, InputError } from "../../errors.ts";
import type { RegressionModel } from "../glm/regression-model.ts";
import type { EffectScale } from "../term-effect.ts";

/** Links for which exp of a coefficient is a multiple that people know, and its name. */
const MULTIPLES: Readonly<Record<string, string>> = { log: "relativity", logit: "odds ratio", cloglog: "hazard ratio" };
const UNITS: Readonly<Record<string, string>> = { identity: "", log: "log of the mean", logit: "log-odds" };

/** The scale asked for, else the one that goes with the link. @throws {@link InputError} in the name of `call` */
export function chooseScale(call: string, { family }: RegressionModel, wanted: EffectScale | undefined): EffectScale {
  const { name } = family.link;
  const scale = wanted ?? (Object.hasOwn(MULTIPLES, name) ? "factor" : "link");
  const fail = (expected: string, mend: string): InputError =>
    new InputError({ call, argument: "scale", expected, received: describeReceived(scale), mend });
  if (scale !== "link" && scale !== "factor" && scale !== "percent") {
    throw fail('"link", "factor" or "percent"', "Leave it out for the scale that goes with the link.");
  }
  if (scale === "link" || Object.hasOwn(MULTIPLES, name)) return scale;
  throw fail(`"link" for the link ${JSON.stringify(name)}`, "Multiples belong to the links log, logit and cloglog.");
}

/** @throws {@link InputError} in the name of `call` */
export function checkConfidence(call: string, confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  const received = describeReceived(confidence);
  throw new InputError({ call, argument: "confidence", expected: "a number between 0 and 1", received, mend: "Leave it out for 0.95." });
}

/** A difference of linear predictors in the scale. */
export function rescale(scale: EffectScale, difference: number): number {
  if (scale === "link") return difference;
  return scale === "factor" ? Math.exp(difference) : 100 * Math.expm1(difference);
}

/** What effects of the scale are measured in, as people should read it. */
export function unitsOf(scale: EffectScale, { family }: RegressionModel): string {
  if (scale === "percent") return "%";
  const { name } = family.link;
  return scale === "factor" ? MULTIPLES[name] : (UNITS[name] ?? `${name} of the mean`);
}
