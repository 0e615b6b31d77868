import * as v from "valibot";
import { describeReceived, InputError } from "../../errors.ts";
import { CONTRAST_NAMES } from "../design/contrasts.ts";
import type { BuiltFormula } from "./builders.ts";

const column = v.pipe(v.string(), v.nonEmpty());
const linear = v.strictObject({ kind: v.literal("linear"), column });
const factor = v.strictObject({
  kind: v.literal("factor"),
  column,
  contrast: v.exactOptional(v.picklist(CONTRAST_NAMES)),
  reference: v.exactOptional(v.string()),
});
const polynomial = v.strictObject({
  kind: v.literal("polynomial"),
  column,
  degree: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  raw: v.exactOptional(v.boolean()),
});
const part = v.union([v.variant("kind", [linear, factor, polynomial]), column]);
const interaction = v.strictObject({ kind: v.literal("interaction"), of: v.pipe(v.array(part), v.minLength(1), v.maxLength(50)) });
const builtFormula = v.strictObject({
  response: column,
  terms: v.pipe(v.array(v.variant("kind", [linear, factor, polynomial, interaction])), v.maxLength(50_000)),
  intercept: v.optional(v.boolean()),
  offset: v.optional(column),
});

/** Checks that a formula is made of what the builders make. @throws InputError naming the part that is not */
export function checkBuiltFormula(call: string, formula: unknown): BuiltFormula {
  const parsed = v.safeParse(builtFormula, formula);
  if (parsed.success) return parsed.output as BuiltFormula;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw new InputError({
    call,
    argument: path === null ? "formula" : `formula.${path}`,
    expected: path === null ? "a text, or an object with a response and terms" : (issue.expected ?? "valid"),
    received: describeReceived(issue.input),
    mend: 'Make terms with linear("age"), factor("region"), polynomial("age", 2) and interaction("age", "region").',
  });
}
