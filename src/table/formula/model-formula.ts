import { InputError, describeReceived } from "../../errors.ts";
import type { BuiltFormula, FactorTerm } from "./builders.ts";
import type { ColumnKinds } from "./check-arithmetic.ts";
import { checkBuiltFormula } from "./check-built-formula.ts";
import type { FormulaSource } from "./formula-error.ts";
import { parseFormula } from "./parse-formula.ts";
import type { Formula } from "./parse-formula.ts";
import { listFactors, printFormula, writeFormula } from "./write-formula.ts";

/** A model's formula: R's text, or typed parts. */
export type ModelFormula = string | BuiltFormula;

/** A formula read against the columns of a table. */
export interface ReadFormula {
  readonly source: FormulaSource;
  readonly formula: Formula;
  /** R's spelling. */
  readonly text: string;
  /** What the builders say of categorical columns, which then keep their plain names. */
  readonly factors: ReadonlyMap<string, FactorTerm>;
}

/**
 * A formula in R's spelling: `claims ~ age + C(region, sum) + offset(log(exposure))`.
 *
 * @throws {@link InputError} as {@link parseFormula}, or when a part is none that the builders make
 * @example
 * formulaText({ response: "claims", terms: [linear("age"), factor("region", { contrast: "sum" })] }); // "claims ~ age + C(region, sum)"
 */
export function formulaText(formula: ModelFormula): string {
  const call = "formulaText";
  if (typeof formula === "string") return printFormula(parseFormula(formula, call));
  return writeFormula(call, checkBuiltFormula(call, formula), new Map());
}

/** Reads a formula of either kind. @throws InputError as formulaText */
export function readModelFormula(call: string, formula: ModelFormula, columns: ColumnKinds): ReadFormula {
  if (typeof formula === "string") {
    const parsed = parseFormula(formula, call);
    return { source: { call, text: formula }, formula: parsed, text: printFormula(parsed), factors: new Map() };
  }
  const built = checkBuiltFormula(call, formula);
  const factors = new Map<string, FactorTerm>();
  for (const term of listFactors(built.terms).filter(({ column }) => columns.get(column) === "categorical")) {
    const other = factors.get(term.column);
    if (other && (other.contrast !== term.contrast || other.reference !== term.reference)) throw refuseConflict(call, term.column);
    factors.set(term.column, term);
  }
  const text = writeFormula(call, built, columns);
  return { source: { call, text }, formula: parseFormula(text, call), text: writeFormula(call, built, new Map()), factors };
}

function refuseConflict(call: string, column: string): InputError {
  return new InputError({
    call,
    argument: "formula.terms",
    expected: "of one mind about each factor",
    received: `${describeReceived(column)} with different options`,
    mend: "Give the factor its options once, and its name alone in interactions.",
  });
}
