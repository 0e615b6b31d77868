import { cellText } from "./format.ts";
import { checkWhole } from "./options.ts";
import type { Reading } from "./options.ts";
import type { RowName } from "./row-layout.ts";

/** One feature's part in one prediction, or that of the others together. */
export interface CaseRow extends RowName {
  /** The contribution in the shown units. */
  readonly amount: number;
  /** Whether it stands for several features that are not shown. */
  readonly isRest: boolean;
}

/**
 * One row's contributions, strongest first: the first `top` by name and value, then the sum of the others.
 * A feature that groups several columns has no single value and goes by its name alone.
 * @throws InputError in the name of `call`
 */
export function readCase(call: string, { explanation, scale }: Reading, row: number, top: number): CaseRow[] {
  checkWhole(call, "row", row, { low: 0, high: explanation.numRows - 1 }, "Rows are counted from 0, in the order of the explained data.");
  checkWhole(call, "top", top, { low: 1, high: 50 }, "Leave it out for 5.");
  const columns = new Map(explanation.features.map((feature) => [feature.name, feature.columns]));
  const rows = explanation.row(row).contributions.map(({ feature, label, contribution }): CaseRow => {
    const own = columns.get(feature) ?? [];
    const value = own.length === 1 ? cellText(explanation.data.column(own[0]), row) : undefined;
    return { name: label, value, amount: scale * contribution, isRest: false };
  });
  if (rows.length <= top + 1) return rows;
  const rest = rows.slice(top);
  const amount = rest.reduce((sum, each) => sum + each.amount, 0);
  return [...rows.slice(0, top), { name: `${rest.length} others together`, amount, isRest: true }];
}

/** The row in full, for those who hover or listen: `Duration: 48 months, +0.61`. */
export function describeCaseRow({ name, value }: RowName, text: string): string {
  return `${name}${value === undefined ? "" : `: ${value}`}, ${text}`;
}
