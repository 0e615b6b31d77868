import { inputError } from "./effect-setting.ts";
import type { EffectSetting } from "./effect-setting.ts";
import { categoricalSlots, numericSlots, slotOf } from "./feature-slots.ts";
import type { FeatureSlots } from "./feature-slots.ts";

/** Where an effect is told. */
export interface EffectGrid {
  /** Numbers in rising order, or levels. */
  readonly grid: readonly (number | string)[];
  /** The same as the trees read them. */
  readonly codes: Float64Array;
  /** Rows at each point: of a numeric feature those above the point before and up to this one; those above the last belong to it. */
  readonly numRows: readonly number[];
  readonly numMissing: number;
  /** Whether each value holds from above the point before up to its own: then nothing lies between the points. */
  readonly isStepwise: boolean;
  readonly slots: FeatureSlots;
  /** The slot of each point, then that of missing values. */
  readonly places: Int32Array;
}

/** So many points for a model that is no step function of the feature. */
const POINTS = 61;

/** Chooses the points, or takes those that were asked for. */
export function chooseGrid(setting: EffectSetting, wanted: readonly (number | string)[] | undefined): EffectGrid {
  const { call } = setting;
  if (wanted !== undefined && !(Array.isArray(wanted) && wanted.length > 0)) {
    throw inputError(call, "grid", "an array of at least one value", wanted, "Leave it out for the model's own steps.");
  }
  return setting.feature.kind === "numeric" ? numericGrid(setting, wanted) : levelGrid(setting, wanted);
}

function numericGrid(setting: EffectSetting, wanted: readonly (number | string)[] | undefined): EffectGrid {
  const { call, ensemble, column } = setting;
  const odd = wanted?.find((x) => typeof x !== "number" || !Number.isFinite(x));
  if (odd !== undefined) throw inputError(call, "grid", "of finite numbers", odd, "Values at missing stand in `missing`.");
  const cells = cellsOf(setting);
  const known = cells.filter(Number.isFinite).sort();
  const slots = numericSlots(ensemble.nodes, column);
  const isSteps = !isLinear(setting);
  const chosen = wanted === undefined ? (isSteps ? stepEnds(slots.cuts, known) : evenPick(known)) : wanted.map(Number);
  const grid = Float64Array.from(new Set(chosen)).sort();
  const numRows = Array.from(grid, () => 0);
  for (const x of cells) if (!Number.isNaN(x)) numRows[Math.min(grid.length - 1, slotOf({ cuts: grid }, x))]++;
  const places = Int32Array.from([...Array.from(grid, (x) => slotOf(slots, x)), slots.samples.length - 1]);
  const numMissing = cells.reduce((sum, x) => sum + Number(Number.isNaN(x)), 0);
  return { grid: [...grid], codes: grid, numRows, numMissing, isStepwise: isSteps && wanted === undefined, slots, places };
}

/** Whether the model multiplies numbers, so that it is no step function. */
export function isLinear({ ensemble }: EffectSetting): boolean {
  return ensemble.linearTerms !== null || ensemble.nodes.linearLeaves !== undefined;
}

/** The finite thresholds, and a number above them: the largest of the data, or else the next number that there is. */
function stepEnds(cuts: Float64Array, known: Float64Array): number[] {
  const ends = Array.from(cuts).filter(Number.isFinite);
  const last = ends.at(-1);
  const largest = known.at(-1) ?? last ?? 0;
  if (last === undefined || largest > last) return [...ends, largest];
  return [...ends, last + Math.max(Math.abs(last) * Number.EPSILON, Number.MIN_VALUE)].filter(Number.isFinite);
}

function evenPick(known: Float64Array): number[] {
  if (known.length === 0) return [0];
  return Array.from({ length: POINTS }, (_, k) => known[Math.round(((known.length - 1) * k) / (POINTS - 1))]);
}

function levelGrid(setting: EffectSetting, wanted: readonly (number | string)[] | undefined): EffectGrid {
  const { call, feature } = setting;
  const { levels } = feature;
  const cells = cellsOf(setting);
  const found = [...new Set(cells.filter((code) => code >= 0))].sort((a, b) => a - b);
  const grid: readonly (number | string)[] = wanted ?? levels ?? (found.length > 0 ? found : [0]);
  const codes = Float64Array.from(grid, (level) => (levels === null ? Number(level) : levels.indexOf(String(level))));
  const odd = codes.findIndex((code) => !(Number.isInteger(code) && code >= 0));
  if (odd >= 0) {
    const expected = levels === null ? "of whole numbers from 0, the model's codes" : "of levels of the feature";
    throw inputError(call, "grid", expected, grid[odd], "See ensemble.features. Values at missing stand in `missing`.");
  }
  const slots = categoricalSlots(Float64Array.from(new Set(codes)).sort());
  const numRows = Array.from(codes, (code) => cells.reduce((sum, cell) => sum + Number(cell === code), 0));
  const numMissing = cells.reduce((sum, x) => sum + Number(Number.isNaN(x)), 0);
  const places = Int32Array.from([...Array.from(codes, (code) => slotOf(slots, code)), slots.samples.length - 1]);
  return { grid: [...grid], codes, numRows, numMissing, isStepwise: false, slots, places };
}

/** The feature in all rows, as the trees read it. */
export function cellsOf({ rows, column }: EffectSetting): Float64Array {
  return Float64Array.from({ length: rows.numRows }, (_, row) => rows.values[row * rows.numColumns + column]);
}
