import type { TopLevelSpec } from "vega-lite";
import { describeReceived, InputError } from "../errors.ts";
import { drawAgreement } from "./agreement.ts";
import type { AgreementPoint } from "./agreement.ts";
import { layOutAxis, padRange } from "./axis.ts";
import { shownAxis } from "./channels.ts";
import { formatCount, formatNumber } from "./format.ts";
import { assembleChart, inUnits } from "./frame.ts";
import { readLook } from "./options.ts";
import type { ChartOptions, LookOptions } from "./options.ts";
import { cleanText, estimateWidth, wrapText } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** Cases with similar predictions, and what came out for them on average; all in the units of the response. */
export interface ObservedPoint {
  readonly meanPredicted: number;
  readonly meanObserved: number;
  /** Lower end of the interval of the mean observed. */
  readonly low: number;
  /** Upper end of the interval of the mean observed. */
  readonly high: number;
  /** Number of cases. */
  readonly n: number;
}

const right = 20;
const edge = 12;

/**
 * Whether it comes out as the model says: the mean observed against the mean predicted, in bins, with intervals. On the diagonal both
 * agree. Both axes have the same scale.
 * @param bins at least one; finite numbers
 * @throws InputError for unusable bins or options
 * @example
 * observedChart([{ meanPredicted: 120, meanObserved: 131, low: 118, high: 144, n: 50 }], { unitsLabel: "€" });
 */
export function observedChart(bins: readonly ObservedPoint[], options: LookOptions & Pick<ChartOptions, "unitsLabel"> = {}): TopLevelSpec {
  const look = readLook("observedChart", options, ["unitsLabel"]);
  checkBins(bins);
  const { unitsLabel = "" } = options;
  const height = Math.round(Math.min(look.width - right - 48, 360));
  const all = bins.flatMap(({ meanPredicted, meanObserved, low, high }) => [meanPredicted, meanObserved, low, high]);
  const domain = padRange(Math.min(...all), Math.max(...all), height, edge, edge);
  const vertical = layOutAxis(...domain, height, { apart: 50, upright: true });
  const left = Math.ceil(Math.max(...vertical.labels.map((label) => estimateWidth(label, fontSizes.note)))) + 10;
  const width = look.width - left - right;
  const title = wrapText(cleanText(inUnits("Predicted", unitsLabel)), width, fontSizes.note);
  const x = shownAxis(layOutAxis(...domain, width), title);
  const y = shownAxis(vertical, null);
  const points = bins.map((bin): AgreementPoint => {
    const { meanPredicted: predicted, meanObserved: observed, low, high } = bin;
    return { predicted, observed, low, high, tip: describeBin(bin) };
  });
  return assembleChart({
    look,
    title: "Does it come out as predicted?",
    note: `${inUnits("Height: mean of what came out", unitsLabel)}, with its interval. On the dashed line both agree`,
    description: `Observed against predicted means. ${points.map(({ tip }) => tip).join("; ")}.`,
    plot: { left, right, height, bottom: 34 + 16 * title.length },
    layers: drawAgreement(look, points, domain, { x, y }),
  });
}

function describeBin({ meanPredicted, meanObserved, low, high, n }: ObservedPoint): string {
  const range = `${formatNumber(low)} to ${formatNumber(high)}`;
  return `Predicted ${formatNumber(meanPredicted)}, came out ${formatNumber(meanObserved)} (${range}), ${formatCount(n, "case", "cases")}`;
}

function checkBins(bins: readonly ObservedPoint[]): void {
  const call = "observedChart";
  if (bins.length === 0) {
    throw new InputError({
      call,
      argument: "bins",
      expected: "at least one bin",
      received: "none",
      mend: "Give the bins of a quality report.",
    });
  }
  bins.forEach((bin, position) => {
    for (const key of ["meanPredicted", "meanObserved", "low", "high", "n"] as const) {
      if (Number.isFinite(bin[key])) continue;
      const argument = `bins[${position}].${key}`;
      throw new InputError({
        call,
        argument,
        expected: "a finite number",
        received: describeReceived(bin[key]),
        mend: "Leave the bin out.",
      });
    }
  });
}
