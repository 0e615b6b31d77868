import { InputError } from "../../errors.ts";
import type { Place } from "./expression.ts";

/** A text of a formula and the public function that was given it. */
export interface FormulaSource {
  readonly call: string;
  readonly text: string;
}

/** What is wrong at a place of a formula. */
export interface FormulaFault {
  readonly expected: string;
  readonly received: string;
  readonly mend: string;
}

/** Characters of a formula that are shown on each side of the fault. */
const SHOWN = 60;

/** An error that shows the formula with a caret under the place. */
export function formulaError(source: FormulaSource, place: Place, fault: FormulaFault): InputError {
  return new InputError({
    call: source.call,
    argument: "formula",
    expected: fault.expected,
    received: fault.received,
    where: `character ${place.at + 1}`,
    mend: `${fault.mend}\n${pointAt(source.text, place)}`,
  });
}

/** The formula's text around a place, and carets under it: two indented lines. */
function pointAt(text: string, { at, end }: Place): string {
  const start = Math.max(0, at - SHOWN);
  const stop = Math.min(text.length, Math.max(end, at + 1) + SHOWN, at + 2 * SHOWN);
  const before = start > 0 ? "…" : "";
  const line = before + text.slice(start, stop).replace(/\s/g, " ") + (stop < text.length ? "…" : "");
  const carets = "^".repeat(Math.max(1, Math.min(end, stop) - at));
  return `  ${line}\n  ${" ".repeat(before.length + at - start)}${carets}`;
}
