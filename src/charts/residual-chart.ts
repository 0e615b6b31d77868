import type { TopLevelSpec } from "vega-lite";
import { describeReceived, InputError } from "../errors.ts";
import { tips } from "./channels.ts";
import { scalingOf } from "./effect-scale.ts";
import { assembleChart, inUnits } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { medianLine } from "./median-line.ts";
import type { MedianPoint } from "./median-line.ts";
import { drawNames } from "./named-dots.ts";
import { checkText, checkWhole, readLook } from "./options.ts";
import type { Look, LookOptions } from "./options.ts";
import { layOutPlane } from "./plane-layout.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import { describeResiduals, nameCase, normalQuantile, readCases, tellCase, thinResiduals, writeResidualNote } from "./residual-cases.ts";
import type { ResidualCases, ResidualKind, ResidualPoint } from "./residual-cases.ts";

/** Options of {@link residualChart}. */
export interface ResidualChartOptions extends LookOptions {
  /** The kind of residuals. Quantile residuals of a right model are standard normal: 95 % lie between dashed lines. @defaultValue "quantile" */
  readonly kind?: ResidualKind;
  /** The unit of predictions, for example `claims`. @defaultValue none */
  readonly unitsLabel?: string;
  /** So many of the farthest cases are named, where there is room. @defaultValue 5 */
  readonly named?: number;
  /** At most so many dots: of more cases it shows an even pick that keeps the farthest. @defaultValue 2000 */
  readonly maxDots?: number;
}

const call = "residualChart";
const kinds: readonly ResidualKind[] = ["quantile", "deviance", "pearson", "standardized", "response", "working"];

/**
 * Where the model misses: each case's residual over its prediction, with a line through the medians of equally filled bins and the
 * farthest cases by name. Of a right model the dots lie evenly around zero and the line stays flat. Predictions above zero of which the
 * largest is more than ten times the median stand on a logarithmic axis.
 * @param points at least one; finite numbers
 * @throws InputError for unusable points or options
 * @example
 * const fitted = model.predict(data);
 * residualChart(Array.from(model.residuals("quantile"), (residual, row) => ({ fitted: fitted[row], residual })));
 */
export function residualChart(points: readonly ResidualPoint[], options: ResidualChartOptions = {}): TopLevelSpec {
  const look = readLook(call, options, ["kind", "unitsLabel", "named", "maxDots"]);
  const { kind = "quantile", unitsLabel = "", named = 5, maxDots = 2000 } = options;
  checkPoints(points);
  checkOptions(kind, unitsLabel, named, maxDots);
  const cases = readCases(points, named);
  const line = medianLine(cases.ordered, cases.fitted, cases.residuals);
  const layout = layOutCases(look, cases, unitsLabel);
  const shown = thinResiduals(cases, maxDots);
  const names = cases.farthest.map((row) => {
    return { x: cases.fitted[row], y: cases.residuals[row], name: nameCase(points, row), tip: tellCase(cases, row) };
  });
  return assembleChart({
    look,
    title: "Where does the model miss?",
    note: writeResidualNote(kind, points.length, shown.length),
    description: describeResiduals(kind, cases, line),
    plot: { left: layout.left, right: layout.right, height: layout.height, bottom: layout.axisRoom },
    layers: [
      ...drawLines(look, kind, layout),
      drawDots(look, cases, shown, layout),
      ...drawMedians(look, line, layout),
      ...drawNames(look, layout, names),
    ],
  });
}

function layOutCases(look: Look, { fitted, residuals, ordered, isLog }: ResidualCases, unitsLabel: string): PlaneLayout {
  const across = { low: fitted[ordered[0]], high: fitted[ordered[ordered.length - 1]], scaling: scalingOf(isLog ? "factor" : "link") };
  const low = residuals.reduce((least, residual) => Math.min(least, residual), 0);
  const high = residuals.reduce((most, residual) => Math.max(most, residual), 0);
  return layOutPlane(
    look,
    across,
    { low, high, scaling: scalingOf("link") },
    inUnits(isLog ? "Predicted, log axis" : "Predicted", unitsLabel),
  );
}

function drawDots({ palette }: Look, cases: ResidualCases, rows: readonly number[], { x, y }: PlaneLayout): Layer {
  const named = new Set(cases.farthest);
  const values = rows
    .filter((row) => !named.has(row))
    .map((row) => ({ fitted: cases.fitted[row], residual: cases.residuals[row], tip: tellCase(cases, row) }));
  return {
    data: { values },
    mark: { type: "circle", aria: false, size: 25, opacity: 0.7, color: palette.accent },
    encoding: { x: { field: "fitted", ...x }, y: { field: "residual", ...y }, tooltip: tips.tooltip },
  };
}

/** Zero, and for quantile residuals the lines that 95 % should lie between. */
function drawLines({ palette }: Look, kind: ResidualKind, { y }: PlaneLayout): Layer[] {
  const rule = (at: number, strokeDash: number[]): Layer => ({
    data: { values: [{ at }] },
    mark: { type: "rule", aria: false, clip: true, stroke: palette.quiet, strokeDash },
    encoding: { y: { field: "at", ...y } },
  });
  return [rule(0, []), ...(kind === "quantile" ? [rule(normalQuantile, [4, 4]), rule(-normalQuantile, [4, 4])] : [])];
}

function drawMedians({ palette }: Look, line: readonly MedianPoint[], { x, y }: PlaneLayout): Layer[] {
  if (line.length === 0) return [];
  const encoding = { x: { field: "value", ...x }, y: { field: "amount", ...y } };
  const mark = { type: "line", aria: false } as const;
  return [
    // A light edge, for the part of the line that lies on dots.
    { data: { values: [...line] }, mark: { ...mark, stroke: palette.ground, strokeWidth: 5.5 }, encoding },
    { data: { values: [...line] }, mark: { ...mark, stroke: palette.ink, strokeWidth: 2.5 }, encoding },
  ];
}

function checkOptions(kind: ResidualKind, unitsLabel: string, named: number, maxDots: number): void {
  if (!kinds.includes(kind)) {
    const expected = kinds
      .map((each) => JSON.stringify(each))
      .join(", ")
      .replace(/, ([^,]*)$/, " or $1");
    throw new InputError({ call, argument: "kind", expected, received: describeReceived(kind), mend: 'Leave it out for "quantile".' });
  }
  checkText(call, "unitsLabel", unitsLabel, "Leave it out for none.");
  checkWhole(call, "named", named, { low: 0, high: 20 }, "Leave it out for 5.");
  checkWhole(call, "maxDots", maxDots, { low: 100, high: 20_000 }, "Leave it out for 2000.");
}

function checkPoints(points: readonly ResidualPoint[]): void {
  if (!Array.isArray(points) || points.length === 0) {
    const received = Array.isArray(points) ? "none" : describeReceived(points);
    const mend = "Give predictions with their residuals.";
    throw new InputError({ call, argument: "points", expected: "at least one case", received, mend });
  }
  points.forEach((point: ResidualPoint, row) => {
    for (const key of ["fitted", "residual"] as const) {
      if (Number.isFinite(point[key])) continue;
      const argument = `points[${row}].${key}`;
      const received = describeReceived(point[key]);
      throw new InputError({ call, argument, expected: "a finite number", received, mend: "Leave the case out." });
    }
    if (point.name !== undefined) checkText(call, `points[${row}].name`, point.name, "Leave it out for the row's position.");
  });
}
