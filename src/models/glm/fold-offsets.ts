import { describeReceived, InputError, type Warning } from "../../errors.ts";
import { formulaText } from "../../table/index.ts";
import type { DesignRecipe, ModelFormula } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import type { GlmOptions } from "./glm-options.ts";

/** A formula that reads its offsets itself, and the options that are left. */
export interface FoldedFormula<Options> {
  readonly formula: ModelFormula;
  readonly options: Options;
}

/**
 * Writes an offset or exposure that is a column into the formula, so that the model asks for it wherever it meets rows: in predictions,
 * explanations and reports. Lists of numbers stay options.
 *
 * @throws {@link InputError} for an exposure with another link than log, and for a formula that cannot be read
 */
export function foldOffsets<Options extends Pick<GlmOptions, "offset" | "exposure">>(
  call: string,
  formula: ModelFormula,
  options: Options,
  { link }: Family,
): FoldedFormula<Options> {
  const { offset, exposure } = options;
  checkExposureLink(call, exposure, link);
  const parts = [...(isWritable(offset) ? [`\`${offset}\``] : []), ...(isWritable(exposure) ? [`log(\`${exposure}\`)`] : [])];
  if (parts.length === 0) return { formula, options };
  const { offset: _, exposure: __, ...rest } = options;
  const left = { ...rest, ...(isWritable(offset) ? {} : { offset }), ...(isWritable(exposure) ? {} : { exposure }) } as Options;
  if (typeof formula === "string") {
    return { formula: [formulaText(formula), ...parts.map((part) => `offset(${part})`)].join(" + "), options: left };
  }
  const own = formula.offset === undefined ? [] : [`(${formula.offset})`];
  return { formula: { ...formula, offset: [...own, ...parts].join(" + ") }, options: left };
}

/** A column's name that a formula can spell. */
function isWritable(given: GlmOptions["offset"]): given is string {
  return typeof given === "string" && !/[`\\]/.test(given);
}

/** Whether a model reads a column as its offset or exposure already. */
export function readsOffset({ offsets }: DesignRecipe, argument: "offset" | "exposure", column: string): boolean {
  const wanted = argument === "offset" ? column : `log(${column})`;
  return offsets.some((expression) => expression.replaceAll("`", "") === wanted);
}

/** Numbers that a model cannot find again for other rows, as a warning. */
export function forgottenOffset({ offset, exposure }: Pick<GlmOptions, "offset" | "exposure">): Warning[] {
  const given = Object.entries({ offset, exposure }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length === 0) return [];
  const message = `The ${given.join(" and ")} came as a list of numbers, which the model does not know for other rows: give it again with each prediction, or make it a column.`;
  return [{ name: "offsetNotKept", message, subjects: given }];
}

/** @throws {@link InputError} where an exposure is given and the link is another than log */
export function checkExposureLink(call: string, exposure: unknown, link: Family["link"]): void {
  if (exposure === undefined || link.name === "log") return;
  throw new InputError({
    call,
    argument: "exposure",
    expected: "left out unless the link is log",
    received: `${describeReceived(exposure)} and the link "${link.name}"`,
    mend: 'Use link: "log", or weight the rows by their exposure.',
  });
}
