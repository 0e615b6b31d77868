import { tips } from "./channels.ts";
import type { AxisChannel } from "./channels.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";

/** A group of cases as it is drawn: what was predicted, what came out, with its interval, and what hovering says. */
export interface AgreementPoint {
  readonly predicted: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  readonly tip: string;
}

/** Points with intervals over a dashed diagonal from `ends[0]` to `ends[1]`, where prediction and outcome agree. */
export function drawAgreement(
  { palette }: Look,
  points: readonly AgreementPoint[],
  ends: readonly [number, number],
  { x, y }: { readonly x: AxisChannel; readonly y: AxisChannel },
): Layer[] {
  const values = [...points];
  return [
    {
      data: { values: ends.map((at) => ({ at })) },
      mark: { type: "line", aria: false, stroke: palette.quiet, strokeDash: [4, 4], strokeWidth: 1 },
      encoding: { x: { field: "at", ...x }, y: { field: "at", ...y } },
    },
    {
      data: { values },
      mark: { type: "rule", aria: false, stroke: palette.accent, strokeWidth: 2 },
      encoding: { x: { field: "predicted", ...x }, y: { field: "low", ...y }, y2: { field: "high" } },
    },
    {
      data: { values },
      mark: { type: "circle", size: 70, color: palette.accent, opacity: 1 },
      encoding: { x: { field: "predicted", ...x }, y: { field: "observed", ...y }, ...tips },
    },
  ];
}
