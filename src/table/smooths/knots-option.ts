import { describeReceived, InputError, listNames } from "../../errors.ts";
import type { SmoothSpec } from "./smooth-spec.ts";

/** Checks the option `knots`: finite numbers by covariate. @throws InputError naming what is no covariate's, or no knots */
export function findKnotsOption(
  call: string,
  smooths: readonly SmoothSpec[],
  knots: Readonly<Record<string, readonly number[]>>,
): ReadonlyMap<string, readonly number[]> {
  const texts = [
    ...new Set(smooths.flatMap(({ covariates }) => covariates.filter(({ kind }) => kind === "numbers").map(({ text }) => text))),
  ];
  for (const [name, values] of Object.entries(knots)) {
    const argument = `knots[${JSON.stringify(name)}]`;
    if (!texts.includes(name)) {
      const mend = "Correct the name, or leave it out.";
      throw new InputError({
        call,
        argument: "knots",
        expected: `about the covariates ${listNames(texts)}`,
        received: JSON.stringify(name),
        mend,
      });
    }
    if (Array.isArray(values) && values.length > 0 && values.every((value) => Number.isFinite(value))) continue;
    const odd = Array.isArray(values) ? values.find((value) => !Number.isFinite(value)) : values;
    throw new InputError({
      call,
      argument,
      expected: "an array of finite numbers",
      received: describeReceived(odd),
      mend: "Give one number a knot.",
    });
  }
  return new Map(Object.entries(knots));
}
