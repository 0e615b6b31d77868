import { InputError, listNames } from "../../errors.ts";
import { evaluateExpression } from "../formula/evaluate.ts";
import type { Expression } from "../formula/expression.ts";
import { expressionText } from "../formula/expression-text.ts";
import { collectNames } from "../formula/collect-names.ts";
import type { Table } from "../table.ts";
import { findCompleteRows, takeNumbers } from "./complete-rows.ts";
import type { ContrastName } from "./contrasts.ts";
import type { FactorVariable } from "./design.ts";
import type { FactorSpec } from "./factor-call.ts";
import { findOccurringLevels } from "./factor-levels.ts";
import type { LevelSource } from "./factor-levels.ts";
import { checkComputed } from "./scan-column.ts";

/**
 * Where the levels of an expression come from: a categorical column, or numbers computed in all rows.
 *
 * @throws InputError naming a row whose number is not finite although nothing in it is missing
 */
export function levelSource(call: string, expression: Expression, table: Table): LevelSource {
  if (expression.kind === "name") {
    const column = table.column(expression.name);
    return column.kind === "categorical" ? column : { kind: "numeric", values: column.values };
  }
  const read = (name: string): Float64Array | undefined => {
    const column = table.has(name) ? table.column(name) : undefined;
    return column?.kind === "numeric" ? column.values : undefined;
  };
  const value = evaluateExpression(expression, table.numRows, read);
  const values = typeof value === "number" ? new Float64Array(table.numRows).fill(value) : value;
  const columns = collectNames(expression).flatMap(({ name }) => read(name) ?? []);
  const sources = columns.map((numbers) => ({ name: "", values: numbers }));
  const rows = findCompleteRows(call, table.numRows, sources, "drop");
  checkComputed(call, expressionText(expression), takeNumbers(values, rows), rows);
  return { kind: "numeric", values };
}

/**
 * A factor with its levels in order.
 *
 * @param used - the only ones that may stand among them; null for all
 * @throws InputError when its reference is none of them
 */
export function learnFactor(
  call: string,
  label: string,
  expression: Expression,
  spec: FactorSpec,
  source: LevelSource,
  contrast: ContrastName | undefined,
  used: readonly string[] | null,
): FactorVariable {
  const own = source.kind === "categorical" && !spec.occurring ? source.levels : findOccurringLevels(source);
  const all = spec.levels ?? own;
  const levels = putFirst(call, label, spec, used === null ? all : keepOnly(all, used));
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

function keepOnly(levels: readonly string[], used: readonly string[]): readonly string[] {
  const kept = new Set(used);
  return levels.filter((level) => kept.has(level));
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
