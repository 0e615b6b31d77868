import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../errors.ts";
import type { Explanation } from "../shap/index.ts";
import { palettes } from "./theme.ts";
import type { Palette, Theme } from "./theme.ts";

/** How any chart looks. */
export interface LookOptions {
  /** Width of the whole chart in pixels, 240 to 2000; up to 400 the names stand above the bars. @defaultValue 640 */
  readonly width?: number;
  /** The ground that the chart lies on. @defaultValue "light" */
  readonly theme?: Theme;
  /** The heading; `null` leaves it out and keeps the line below it. @defaultValue a heading that says what is shown */
  readonly title?: string | null;
  /** The quiet line below the heading; `null` leaves it out. @defaultValue a line that says what is measured, in which unit, on how many cases */
  readonly note?: string | null;
}

/** What every chart of an explanation takes. */
export interface ChartOptions extends LookOptions {
  /** The model output to show, by name or position. @defaultValue the first */
  readonly output?: string | number;
  /** The unit of the values as people should read it, for example `points of probability`. @defaultValue the explanation's `units` */
  readonly unitsLabel?: string;
  /** Multiplies every value, for example 100 for points of probability. @defaultValue 1 */
  readonly scale?: number;
}

/** Checked options that decide how a chart looks. */
export interface Look {
  readonly width: number;
  readonly theme: Theme;
  readonly palette: Palette;
  /** Undefined: the chart's own heading. */
  readonly title: string | null | undefined;
  /** Undefined: the chart's own note. */
  readonly note: string | null | undefined;
}

/** A checked explanation of one output, with its values as they are to be shown. */
export interface Reading extends Look {
  readonly explanation: Explanation;
  /** Contribution of a feature to a row, times `scale`. */
  readonly contribution: (row: number, feature: number) => number;
  readonly scale: number;
  readonly units: string;
  /** ` of “approved”` where the model has several outputs, else empty: to be put behind a noun. */
  readonly ofOutput: string;
}

const LOOK = ["width", "theme", "title", "note"];
const CHART = ["output", "unitsLabel", "scale"];

/** Checks the options that every chart takes; `own` are the names of the others that this one takes. @throws InputError in the name of `call` */
export function readLook(call: string, options: LookOptions, own: readonly string[] = []): Look {
  refuseUnknownOptions(call, options, [...LOOK, ...own]);
  const { width = 640, theme = "light", title, note } = options;
  if (!(width >= 240 && width <= 2000)) {
    const expected = "a number of pixels from 240 to 2000";
    throw new InputError({ call, argument: "width", expected, received: describeReceived(width), mend: "Leave it out for 640." });
  }
  if (!Object.hasOwn(palettes, theme)) {
    const expected = '"light" or "dark"';
    throw new InputError({ call, argument: "theme", expected, received: describeReceived(theme), mend: 'Leave it out for "light".' });
  }
  for (const [argument, text] of Object.entries({ title, note })) {
    if (text === undefined || text === null || typeof text === "string") continue;
    const mend = `Leave it out for the chart's own ${argument === "title" ? "heading" : "note"}, or give null for none.`;
    throw new InputError({ call, argument, expected: "a text or null", received: describeReceived(text), mend });
  }
  return { width: Math.round(width), theme, palette: palettes[theme], title, note };
}

/**
 * Checks an explanation and the options that every chart of one takes; `own` are the names of the others that this one takes.
 * @throws InputError in the name of `call`
 */
export function readExplanation(call: string, explanation: Explanation, options: ChartOptions, own: readonly string[]): Reading {
  const look = readLook(call, options, [...CHART, ...own]);
  const { scale = 1, unitsLabel } = options;
  checkExplanation(call, explanation);
  if (!(scale > 0 && Number.isFinite(scale))) {
    const mend = "Leave it out to show values as they are.";
    throw new InputError({ call, argument: "scale", expected: "a number above 0", received: describeReceived(scale), mend });
  }
  if (unitsLabel !== undefined) checkText(call, "unitsLabel", unitsLabel, "Leave it out for the explanation's own units.");
  const output = chooseOutput(call, explanation, options.output ?? 0);
  const shown = explanation.output(output);
  checkFinite(call, shown);
  return {
    ...look,
    explanation: shown,
    contribution: (row, feature) => scale * shown.value(row, feature),
    scale,
    units: unitsLabel ?? explanation.units,
    ofOutput: explanation.numOutputs > 1 ? ` of “${explanation.outputNames[output]}”` : "",
  };
}

/** Checks the ends of an axis. @throws InputError in the name of `call` */
export function checkRange(call: string, range: readonly [number, number]): void {
  if (Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] <= range[1]) return;
  const expected = "two finite numbers, the lower first";
  const mend = "Leave it out for the chart's own range.";
  throw new InputError({ call, argument: "range", expected, received: describeReceived(range), mend });
}

/** Checks a text. @throws InputError in the name of `call` */
export function checkText(call: string, argument: string, text: string, mend: string): void {
  if (typeof text === "string") return;
  throw new InputError({ call, argument, expected: "a text", received: describeReceived(text), mend });
}

/** Checks a whole number such as a row or a number of bars. @throws InputError in the name of `call` */
export function checkWhole(call: string, argument: string, value: number, range: { low: number; high: number }, mend: string): void {
  if (Number.isInteger(value) && value >= range.low && value <= range.high) return;
  const expected = `a whole number from ${range.low} to ${range.high}`;
  throw new InputError({ call, argument, expected, received: describeReceived(value), mend });
}

function checkExplanation(call: string, explanation: Explanation): void {
  if (typeof explanation?.output !== "function") {
    const mend = "Make one with treeShap(model).explain(data).";
    throw new InputError({ call, argument: "explanation", expected: "an Explanation", received: describeReceived(explanation), mend });
  }
  const { numRows, numFeatures } = explanation;
  if (numRows > 0 && numFeatures > 0) return;
  const expected = "of at least one row and one feature";
  const received = `${numRows} rows and ${numFeatures} features`;
  throw new InputError({ call, argument: "explanation", expected, received, mend: "Explain some rows first." });
}

function chooseOutput(call: string, explanation: Explanation, output: string | number): number {
  const { outputNames } = explanation;
  const index = typeof output === "number" ? output : outputNames.indexOf(output);
  if (Number.isInteger(index) && index >= 0 && index < outputNames.length) return index;
  const expected = `one of ${listNames(outputNames)}, or its position`;
  throw new InputError({ call, argument: "output", expected, received: describeReceived(output), mend: "See explanation.outputNames." });
}

function checkFinite(call: string, explanation: Explanation): void {
  const { numFeatures, features } = explanation;
  const parts = { contributions: explanation.values, predictions: explanation.predictions, "base values": explanation.baseValues };
  for (const [what, values] of Object.entries(parts)) {
    const cell = values.findIndex((value) => !Number.isFinite(value));
    if (cell < 0) continue;
    const row = what === "contributions" ? Math.floor(cell / numFeatures) : cell;
    const feature = what === "contributions" ? `, feature ${JSON.stringify(features[cell % numFeatures].name)}` : "";
    throw new InputError({
      call,
      argument: "explanation",
      expected: `made of finite ${what}`,
      received: String(values[cell]),
      where: `row ${row}${feature}`,
      mend: "Leave such rows out, or look for values that overflow in the model.",
    });
  }
}
