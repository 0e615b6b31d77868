import { describeReceived, InputError, listNames } from "../../errors.ts";
import type { SmoothSpec } from "./smooth-spec.ts";

/**
 * Checks the option `knots`: finite numbers by the name of a column, or by an expression as it stands in a label.
 *
 * @returns knots by the text of a covariate
 * @throws InputError naming what is no covariate's, or no knots
 */
export function findKnotsOption(
  call: string,
  smooths: readonly SmoothSpec[],
  knots: Readonly<Record<string, readonly number[]>>,
): ReadonlyMap<string, readonly number[]> {
  const covariates = smooths.flatMap((smooth) => smooth.covariates.filter(({ kind }) => kind === "numbers"));
  const texts = new Map(covariates.map(({ expression, text }) => [expression.kind === "name" ? expression.name : text, text]));
  const found = new Map<string, readonly number[]>();
  for (const [name, values] of Object.entries(knots)) {
    const text = texts.get(name);
    if (text === undefined) {
      const expected = `about the covariates ${listNames([...texts.keys()])}`;
      const mend = "Correct the name, or leave it out.";
      throw new InputError({ call, argument: "knots", expected, received: JSON.stringify(name), mend });
    }
    checkNumbers(call, `knots[${JSON.stringify(name)}]`, values);
    found.set(text, values);
  }
  return found;
}

function checkNumbers(call: string, argument: string, values: readonly number[]): void {
  if (Array.isArray(values) && values.length > 0 && values.every((value) => Number.isFinite(value))) return;
  const odd: unknown = Array.isArray(values) && values.length > 0 ? values.find((value) => !Number.isFinite(value)) : values;
  const mend = "Give one number a knot.";
  throw new InputError({ call, argument, expected: "an array of finite numbers", received: describeReceived(odd), mend });
}
