import type { TopLevelSpec } from "vega-lite";
import { describeReceived, InputError } from "../errors.ts";
import { tips } from "./channels.ts";
import { scalingOf } from "./effect-scale.ts";
import { formatCount, formatPercent } from "./format.ts";
import { assembleChart } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { drawNames, pickLargest } from "./named-dots.ts";
import { expectedNormal, normalBand } from "./normal-band.ts";
import { checkText, checkWhole, readLook } from "./options.ts";
import type { Look, LookOptions } from "./options.ts";
import { layOutPlane } from "./plane-layout.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import { normalQuantile, writeResidual } from "./residual-cases.ts";
import { pickEvenly } from "./thin.ts";

/** Options of {@link quantileChart}. */
export interface QuantileChartOptions extends LookOptions {
  /** What to call the cases, in the order of the residuals. @defaultValue `row` and the position, from 0 */
  readonly names?: readonly string[];
  /** So many of the cases outside the band are named, farthest from the line first, where there is room. @defaultValue 3 */
  readonly named?: number;
  /** At most so many dots: of more cases it shows an even pick that keeps both ends. @defaultValue 2000 */
  readonly maxDots?: number;
}

/** Residuals in rising order, each beside what a right model leads one to expect at its place. */
interface Ranked {
  /** Positions of the residuals, smallest residual first. */
  readonly rows: readonly number[];
  readonly found: Float64Array;
  readonly expected: Float64Array;
  readonly tip: (place: number) => string;
  readonly name: (place: number) => string;
}

const call = "quantileChart";
const confidence = 0.95;
/** Places at which the band is reckoned. */
const bandPlaces = 80;
/** Of so many places farthest from the line it is asked whether they lie outside the band. */
const candidates = 50;

/**
 * Whether surprises are as rare as the model says: residuals that of a right model are standard normal (quantile residuals, or
 * standardized ones of a Gaussian model) over what normal numbers of their rank would be, with the line where both agree and a band that
 * holds 95 % of the dots of a right model, rank by rank, by the exact distribution of order statistics.
 * @param residuals at least two; finite numbers
 * @throws InputError for unusable residuals or options
 * @example
 * quantileChart(model.residuals("quantile"));
 */
export function quantileChart(residuals: ArrayLike<number>, options: QuantileChartOptions = {}): TopLevelSpec {
  const look = readLook(call, options, ["names", "named", "maxDots"]);
  const { names, named = 3, maxDots = 2000 } = options;
  checkResiduals(residuals);
  checkNames(names, residuals.length);
  checkWhole(call, "named", named, { low: 0, high: 20 }, "Leave it out for 3.");
  checkWhole(call, "maxDots", maxDots, { low: 100, high: 20_000 }, "Leave it out for 2000.");
  const ranked = rankResiduals(residuals, names);
  const { found, expected, tip, name } = ranked;
  const band = reckonBand(found.length);
  const layout = layOutRanked(look, ranked, band);
  const apart = pickApart(ranked, named);
  const shown = thinPlaces(found.length, maxDots, apart);
  return assembleChart({
    look,
    title: "Are surprises as rare as the model says?",
    note: writeNote(found.length, shown.length),
    description: describeRanked(ranked, apart),
    plot: { left: layout.left, right: layout.right, height: layout.height, bottom: layout.axisRoom },
    layers: [
      ...drawBand(look, band, layout),
      drawDots(look, ranked, shown, new Set(apart), layout),
      ...drawNames(
        look,
        layout,
        apart.map((place) => ({
          x: expected[place],
          y: found[place],
          name: name(place),
          tip: tip(place),
          toLeft: found[place] > expected[place],
        })),
      ),
    ],
  });
}

interface BandPlace {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

function rankResiduals(residuals: ArrayLike<number>, names: readonly string[] | undefined): Ranked {
  const rows = Array.from(residuals, (_, row) => row).sort((a, b) => residuals[a] - residuals[b] || a - b);
  const found = Float64Array.from(rows, (row) => residuals[row]);
  const expected = found.map((_, place) => expectedNormal(place + 1, found.length));
  const name = (place: number): string => names?.[rows[place]] ?? `row ${rows[place]}`;
  const tip = (place: number): string => `${name(place)}: ${writeResidual(found[place])}, expected ${writeResidual(expected[place])}`;
  return { rows, found, expected, name, tip };
}

/** The band at both ends rank by rank, and evenly between. */
function reckonBand(count: number): BandPlace[] {
  const ends = 12;
  const ranks = new Set(pickEvenly(count, bandPlaces).map((place) => place + 1));
  for (let k = 1; k <= Math.min(ends, count); k++) ranks.add(k).add(count + 1 - k);
  // In a large sample few ranks cover much of the ends: there they rise by a third each.
  for (let k = ends; k < count / bandPlaces; k = Math.ceil(k * 1.33)) ranks.add(k).add(count + 1 - k);
  return [...ranks]
    .sort((a, b) => a - b)
    .map((rank) => {
      const [low, high] = normalBand(rank, count, confidence);
      return { expected: expectedNormal(rank, count), low, high };
    });
}

function layOutRanked(look: Look, { found, expected }: Ranked, band: readonly BandPlace[]): PlaneLayout {
  const last = found.length - 1;
  const scaling = scalingOf("link");
  const upright = { low: Math.min(found[0], band[0].low), high: Math.max(found[last], band[band.length - 1].high), scaling };
  return layOutPlane(look, { low: expected[0], high: expected[last], scaling }, upright, "Expected of a right model (standard deviations)");
}

/** Places outside the band, farthest from the line first. */
function pickApart({ found, expected }: Ranked, named: number): number[] {
  const distances = found.map((value, place) => Math.abs(value - expected[place]));
  return pickLargest(distances, candidates)
    .filter((place) => {
      const [low, high] = normalBand(place + 1, found.length, confidence);
      return found[place] < low || found[place] > high;
    })
    .slice(0, named);
}

/** An even pick of the places with a twentieth of the dots at each end, always with the named ones. */
function thinPlaces(count: number, maxDots: number, apart: readonly number[]): readonly number[] {
  if (count <= maxDots) return pickEvenly(count, count);
  const kept = new Set(apart);
  for (let k = 0; k < maxDots / 20; k++) kept.add(k).add(count - 1 - k);
  for (const place of pickEvenly(count, maxDots - kept.size)) kept.add(place);
  return [...kept].sort((a, b) => a - b);
}

function drawBand({ palette }: Look, band: readonly BandPlace[], { x, y }: PlaneLayout): Layer[] {
  const data = { values: [...band] };
  const along = { field: "expected", ...x };
  const edge = (field: "low" | "high"): Layer => ({
    data,
    mark: { type: "line", aria: false, stroke: palette.others, strokeWidth: 1 },
    encoding: { x: along, y: { field, ...y } },
  });
  return [
    {
      data,
      mark: { type: "area", aria: false, fill: palette.accent, opacity: 0.16 },
      encoding: { x: along, y: { field: "low", ...y }, y2: { field: "high" } },
    },
    edge("low"),
    edge("high"),
    {
      data,
      mark: { type: "line", aria: false, stroke: palette.quiet, strokeDash: [4, 4], strokeWidth: 1 },
      encoding: { x: along, y: { field: "expected", ...y } },
    },
  ];
}

function drawDots({ palette }: Look, ranked: Ranked, shown: readonly number[], named: ReadonlySet<number>, { x, y }: PlaneLayout): Layer {
  const values = shown
    .filter((place) => !named.has(place))
    .map((place) => ({ expected: ranked.expected[place], found: ranked.found[place], tip: ranked.tip(place) }));
  return {
    data: { values },
    mark: { type: "circle", aria: false, size: 25, opacity: 0.7, color: palette.accent },
    encoding: { x: { field: "expected", ...x }, y: { field: "found", ...y }, tooltip: tips.tooltip },
  };
}

function writeNote(all: number, shown: number): string {
  const thinned = shown < all ? `; ${formatCount(shown)} of ${formatCount(all)} cases, with both ends` : "";
  return `Height: residuals in standard deviations. Good: the dots follow the dashed line and stay in the band (95 % interval of each rank)${thinned}`;
}

function describeRanked({ found, tip }: Ranked, apart: readonly number[]): string {
  const outside = found.reduce((count, value) => count + (Math.abs(value) > normalQuantile ? 1 : 0), 0);
  const farthest = apart.length > 0 ? ` Farthest outside the band: ${apart.map(tip).join("; ")}.` : "";
  const share = formatPercent(outside / found.length, 1);
  return [
    `Residuals in rising order against what a right model leads one to expect, ${formatCount(found.length, "case", "cases")}.`,
    `Lowest: ${tip(0)}; highest: ${tip(found.length - 1)}.`,
    `Beyond 1.96 standard deviations lie ${share}; 5 % are expected.${farthest}`,
  ].join(" ");
}

function checkResiduals(residuals: ArrayLike<number>): void {
  if (!(residuals?.length >= 2)) {
    const received = typeof residuals?.length === "number" ? String(residuals.length) : describeReceived(residuals);
    throw new InputError({
      call,
      argument: "residuals",
      expected: "at least two numbers",
      received,
      mend: 'Give model.residuals("quantile").',
    });
  }
  const wrong = Array.prototype.findIndex.call(residuals, (value: unknown) => !Number.isFinite(value)) as number;
  if (wrong < 0) return;
  const [expected, received, where] = ["made of finite numbers", describeReceived(residuals[wrong]), `position ${wrong}`];
  throw new InputError({ call, argument: "residuals", expected, received, where, mend: "Leave such cases out." });
}

function checkNames(names: readonly string[] | undefined, count: number): void {
  if (names === undefined) return;
  if (!Array.isArray(names) || names.length !== count) {
    const received = Array.isArray(names) ? `${names.length} names` : describeReceived(names);
    throw new InputError({
      call,
      argument: "names",
      expected: `${count} texts, one a residual`,
      received,
      mend: "Leave it out for the rows' positions.",
    });
  }
  names.forEach((name: string, k) => checkText(call, `names[${k}]`, name, "Leave the option out for the rows' positions."));
}
