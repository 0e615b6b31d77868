import type { TopLevelSpec } from "vega-lite";
import { InputError } from "../errors.ts";
import { drawAgreement } from "./agreement.ts";
import type { AgreementPoint } from "./agreement.ts";
import { layOutAxis } from "./axis.ts";
import { shownAxis } from "./channels.ts";
import { formatCount, formatPercent } from "./format.ts";
import { assembleChart } from "./frame.ts";
import { readLook } from "./options.ts";
import type { LookOptions } from "./options.ts";

/** Cases with similar predicted probabilities, and how often it happened among them. */
export interface CalibrationPoint {
  /** Mean predicted probability, 0 to 1. */
  readonly meanPredicted: number;
  /** Share of the cases where it happened, 0 to 1. */
  readonly observedRate: number;
  /** Lower end of the interval of that share, 0 to 1. */
  readonly low: number;
  /** Upper end of the interval of that share, 0 to 1. */
  readonly high: number;
  /** Number of cases. */
  readonly n: number;
}

const left = 48;
const right = 20;

/**
 * Whether it happens as often as the model says: the share observed against the probability predicted, in bins, with intervals.
 * On the diagonal both agree. Both axes have the same scale, from zero.
 * @param bins at least one; shares between 0 and 1
 * @throws InputError for unusable bins or options
 * @example
 * calibrationChart([{ meanPredicted: 0.3, observedRate: 0.28, low: 0.2, high: 0.37, n: 120 }]);
 */
export function calibrationChart(bins: readonly CalibrationPoint[], options: LookOptions = {}): TopLevelSpec {
  const look = readLook("calibrationChart", options);
  checkBins(bins);
  const width = look.width - left - right;
  const height = Math.round(Math.min(width, 360));
  const top = Math.min(100, Math.ceil(10 * Math.max(...bins.flatMap(({ meanPredicted, high }) => [meanPredicted, high]))) * 10) || 10;
  const x = shownAxis(layOutAxis(0, top, width), ["Predicted (%)"]);
  const y = shownAxis(layOutAxis(0, top, height, { apart: 50, upright: true }), null);
  const points = bins.map(({ meanPredicted, observedRate, low, high, n }): AgreementPoint => ({
    predicted: 100 * meanPredicted,
    observed: 100 * observedRate,
    low: 100 * low,
    high: 100 * high,
    tip: `Predicted ${formatPercent(meanPredicted)}, happened ${formatPercent(observedRate)} (${formatPercent(low)} to ${formatPercent(high)}), ${formatCount(n, "case", "cases")}`,
  }));
  return assembleChart({
    look,
    title: "Does it happen as often as predicted?",
    note: "Height: how often it happened (%), with its interval. On the dashed line both agree",
    description: `Calibration chart. ${points.map(({ tip }) => tip).join("; ")}.`,
    plot: { left, right, height, bottom: 50 },
    layers: drawAgreement(look, points, [0, top], { x, y }),
  });
}

function checkBins(bins: readonly CalibrationPoint[]): void {
  const call = "calibrationChart";
  if (bins.length === 0) {
    throw new InputError({
      call,
      argument: "bins",
      expected: "at least one bin",
      received: "none",
      mend: "Give the bins of a calibration table.",
    });
  }
  bins.forEach((bin, position) => {
    for (const key of ["meanPredicted", "observedRate", "low", "high"] as const) {
      if (bin[key] >= 0 && bin[key] <= 1) continue;
      const argument = `bins[${position}].${key}`;
      throw new InputError({
        call,
        argument,
        expected: "a share from 0 to 1",
        received: String(bin[key]),
        mend: "Give shares, not per cents.",
      });
    }
    if (bin.n >= 1) return;
    const expected = "a number of cases of at least 1";
    throw new InputError({ call, argument: `bins[${position}].n`, expected, received: String(bin.n), mend: "Leave empty bins out." });
  });
}
