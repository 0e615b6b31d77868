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
const number = v.pipe(v.number(), v.finite());
const numbers = v.union([number, v.pipe(v.array(v.nullable(number)), v.minLength(1), v.maxLength(1000))]);
const list = v.pipe(v.array(number), v.minLength(1), v.maxLength(10_000));
const flags = v.union([v.boolean(), v.pipe(v.array(v.boolean()), v.minLength(1), v.maxLength(100))]);
const smooth = v.strictObject({
  kind: v.literal("smooth"),
  type: v.picklist(["s", "te", "ti", "t2"]),
  covariates: v.pipe(v.array(column), v.minLength(1), v.maxLength(100)),
  options: v.strictObject({
    basis: v.optional(v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(100))])),
    k: v.optional(numbers),
    by: v.optional(column),
    order: v.optional(v.union([numbers, v.pipe(v.array(list), v.minLength(1), v.maxLength(100))])),
    smoothing: v.optional(numbers),
    penalized: v.optional(flags),
    group: v.optional(v.pipe(v.string(), v.nonEmpty())),
    knots: v.optional(v.union([list, v.record(v.string(), list)])),
    point: v.optional(list),
    shape: v.optional(v.string()),
    dimensions: v.optional(list),
    spread: v.optional(v.boolean()),
    centred: v.optional(flags),
    full: v.optional(v.boolean()),
  }),
});
const builtFormula = v.strictObject({
  response: column,
  terms: v.pipe(v.array(v.variant("kind", [linear, factor, polynomial, interaction, smooth])), v.maxLength(50_000)),
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
    mend: 'Make terms with linear("age"), factor("region"), polynomial("age", 2), interaction("age", "region") and s("age").',
  });
}
