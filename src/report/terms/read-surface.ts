import { farFromCases } from "../../charts/index.ts";
import type { SurfaceEffect } from "../../charts/index.ts";
import { columnLabel } from "../../table/index.ts";
import type { NumericColumn, Table } from "../../table/index.ts";
import type { AdditiveModel } from "./additive-model.ts";
import { toMeasure } from "./effect.ts";
import type { Effect, EffectMeasure } from "./effect.ts";
import type { TermGroup } from "./group-terms.ts";
import { scaleOf } from "./plain-effect.ts";
import { probeColumns } from "./probe.ts";

/** A surface is looked at in so many places along each column. */
const PLACES = 32;

/** A column of fewer different values makes no map. */
const FEWEST_VALUES = 6;

/** Reads what a group of terms of two numeric columns does; null where one of them has too few different values for a map. */
export function readSurface(
  model: AdditiveModel,
  group: TermGroup,
  { data, measure }: { readonly data: Table; readonly measure: EffectMeasure },
  [across, upwards]: readonly [NumericColumn, NumericColumn],
): SurfaceEffect | null {
  const [x, y] = [across, upwards].map(({ values }) => spread(values));
  if (x === null || y === null) return null;
  const numPlaces = PLACES * PLACES;
  const probed = [
    { ...across, values: Float64Array.from({ length: numPlaces }, (_, k) => x[k % PLACES]) },
    { ...upwards, values: Float64Array.from({ length: numPlaces }, (_, k) => y[Math.floor(k / PLACES)]) },
  ];
  const { values, standardErrors } = probeColumns(model, group, data, probed);
  const effects = Array.from(values, (estimate, k): Effect => {
    const half = standardErrors === null ? null : model.errorsInHalfInterval * standardErrors[k];
    return toMeasure(measure, { estimate, low: half === null ? null : estimate - half, high: half === null ? null : estimate + half });
  });
  const rows = Array.from(across.values.keys()).filter(
    (row) => Number.isFinite(across.values[row]) && Number.isFinite(upwards.values[row]),
  );
  const cases = { x: rows.map((row) => across.values[row]), y: rows.map((row) => upwards.values[row]) };
  return {
    label: `${columnLabel(across)} and ${columnLabel(upwards)}`,
    x: { ...nameAxis(across), values: x },
    y: { ...nameAxis(upwards), values: y },
    estimates: effects.map(({ estimate }) => estimate),
    lows: standardErrors && effects.map(({ low }) => low ?? NaN),
    highs: standardErrors && effects.map(({ high }) => high ?? NaN),
    isFar: farFromCases(x, y, cases),
    cases,
    ...scaleOf(measure),
  };
}

function nameAxis(column: NumericColumn): { label: string; unit?: string } {
  const { unit } = column.description;
  return { label: columnLabel(column), ...(unit === undefined ? {} : { unit }) };
}

/** Even places from the smallest to the largest value; null where there are too few between. */
function spread(values: Float64Array): number[] | null {
  const known = values.filter(Number.isFinite);
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const high = known.reduce((most, value) => Math.max(most, value), -Infinity);
  if (new Set(known).size < FEWEST_VALUES) return null;
  return Array.from({ length: PLACES }, (_, k) => (k === PLACES - 1 ? high : low + ((high - low) * k) / (PLACES - 1)));
}
