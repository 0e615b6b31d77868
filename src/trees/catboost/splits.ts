import { damagedFile } from "../damaged-file.ts";
import { CATEGORICAL, MISSING_LEFT, OTHERS_LEFT } from "../nodes.ts";
import { float64ThresholdForFloat32AtMost } from "../thresholds.ts";
import type { CatboostCtrs } from "./ctrs.ts";
import type { CatboostColumns } from "./features.ts";
import { type CatboostFile, readSplitJson } from "./file.ts";

/** A test whose failing rows, bit 0 in CatBoost, go left. */
export interface CatboostTest {
  readonly feature: number;
  /** NaN where categories are tested. */
  readonly threshold: number;
  readonly flags: number;
  /** The category that goes right; null for numeric tests. */
  readonly category: number | null;
}

/** Turns the splits of a file into tests of the model's columns. */
export class SplitReader {
  private readonly call: string;
  private readonly columns: CatboostColumns;
  private readonly ctrs: CatboostCtrs;
  /** The file's number of the first border of each CTR, and the end. */
  private readonly ctrStarts: number[];

  constructor(call: string, file: CatboostFile, columns: CatboostColumns, ctrs: CatboostCtrs) {
    this.call = call;
    this.columns = columns;
    this.ctrs = ctrs;
    const numBorders = file.floatFeatures.reduce((sum, { borders }) => sum + (borders?.length ?? 0), 0);
    this.ctrStarts = [file.categoricalFeatures.reduce((sum, { values }) => sum + (values?.length ?? 0), numBorders)];
    for (const { length } of ctrs.borders) this.ctrStarts.push((this.ctrStarts.at(-1) as number) + length);
  }

  /** @throws InputError where a split names what the model does not have */
  read(json: unknown, where: string): CatboostTest {
    const split = readSplitJson(this.call, json, where);
    if (split.split_type === "FloatFeature") return this.readBorder(split.float_feature_index, split.border, where);
    if (split.split_type === "OneHotFeature") return this.readCategory(split.cat_feature_index, split.value, where);
    return this.readCtr(split.split_index, where);
  }

  private readBorder(index: number | undefined, border: number | undefined, where: string): CatboostTest {
    const feature = this.columns.numeric.get(index ?? -1);
    if (feature === undefined || border === undefined) throw this.unknown("float_feature_index", String(index), where);
    const flags = this.columns.missingAbove[feature] ? 0 : MISSING_LEFT;
    return { feature, threshold: float64ThresholdForFloat32AtMost(border), flags, category: null };
  }

  private readCategory(index: number | undefined, value: number | undefined, where: string): CatboostTest {
    const feature = this.columns.categorical.get(index ?? -1);
    const category = feature === undefined ? -1 : (this.columns.named[feature]?.indexOf((value ?? 0) | 0) ?? -1);
    if (feature === undefined || category < 0) throw this.unknown("cat_feature_index and value", `${index} and ${value}`, where);
    return { feature, threshold: NaN, flags: CATEGORICAL | OTHERS_LEFT | MISSING_LEFT, category };
  }

  /** A CTR's split tells only the number of its border, counted over all borders of the model. */
  private readCtr(number: number | undefined, where: string): CatboostTest {
    const { ctrStarts, ctrs } = this;
    const ctr = number === undefined || number < ctrStarts[0] ? -1 : ctrStarts.findIndex((start) => start > number) - 1;
    if (number === undefined || ctr < 0) throw this.unknown("split_index", String(number), where);
    const border = ctrs.borders[ctr][number - ctrStarts[ctr]];
    if (!Number.isFinite(border)) throw damagedFile(this.call, "a border", "a finite number", String(border), `ctr ${ctr}`);
    return { feature: this.columns.names.length + ctr, threshold: Math.fround(border), flags: MISSING_LEFT, category: null };
  }

  private unknown(field: string, received: string, where: string): Error {
    return damagedFile(this.call, field, "those of a feature of the model", received, where);
  }
}
