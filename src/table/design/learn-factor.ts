import { InputError, listNames } from "../../errors.ts";
import { evaluateExpression } from "../formula/evaluate.ts";
import type { Expression } from "../formula/expression.ts";
import { expressionText } from "../formula/expression-text.ts";
import type { Table } from "../table.ts";
import type { ContrastName } from "./contrasts.ts";
import type { FactorVariable } from "./design.ts";
import type { FactorSpec } from "./factor-call.ts";
import { findOccurringLevels } from "./factor-levels.ts";
import type { LevelSource } from "./factor-levels.ts";

/** Where the levels of an expression come from: a categorical column, or numbers computed in all rows. */
export function levelSource(expression: Expression, table: Table): LevelSource {
  if (expression.kind === "name") {
    const column = table.column(expression.name);
    if (column.kind === "categorical") return column;
  }
  const read = (name: string): Float64Array | undefined => {
    const column = table.has(name) ? table.column(name) : undefined;
    return column?.kind === "numeric" ? column.values : undefined;
  };
  const values = evaluateExpression(expression, table.numRows, read);
  return { kind: "numeric", values: typeof values === "number" ? new Float64Array(table.numRows).fill(values) : values };
}

/** A factor with its levels in order. @throws InputError when its reference is none of them */
export function learnFactor(
  call: string,
  label: string,
  expression: Expression,
  spec: FactorSpec,
  source: LevelSource,
  contrast: ContrastName | undefined,
): FactorVariable {
  const own = source.kind === "categorical" && !spec.occurring ? source.levels : findOccurringLevels(source);
  const levels = putFirst(call, label, spec, spec.levels ?? own);
  const base = spec.base ?? 0;
  if (base >= levels.length) throw refuse(call, label, spec, "base", `a level from 1 to ${levels.length} as base`, String(base + 1));
  return {
    kind: "factor",
    label,
    expression: expressionText(expression),
    levels,
    contrast: spec.contrast ?? contrast ?? "treatment",
    reference: base < 0 ? levels.length - 1 : base,
  };
}

function putFirst(call: string, label: string, spec: FactorSpec, levels: readonly string[]): readonly string[] {
  const { first } = spec;
  if (first === undefined) return levels;
  if (levels.includes(first)) return [first, ...levels.filter((level) => level !== first)];
  throw refuse(call, label, spec, "ref", `a reference among ${listNames(levels)}`, JSON.stringify(first));
}

function refuse(call: string, label: string, spec: FactorSpec, argument: string, expected: string, received: string): Error {
  if (spec.refuse) return spec.refuse(argument, expected);
  return new InputError({ call, argument: `factor ${label}`, expected: `given ${expected}`, received, mend: "Take one of the levels." });
}
