import { InputError, refuseUnknownOptions, type Warning } from "../errors.ts";
import { isMatrix, type Matrix, Table, type TableLike, toTable } from "../table/index.ts";
import type { EncodedRows, ModelFeature } from "./encoded-rows.ts";
import type { DerivedColumns } from "./derived/derived-columns.ts";
import { encodeDerivedMatrix, encodeDerivedTable } from "./derived/encode-derived.ts";
import { encodeMatrix } from "./encode-matrix.ts";
import { encodeTable } from "./encode-table.ts";
import { LARGEST_FLOAT32 } from "./check-model.ts";
import { countTrees, type TreeNodes } from "./nodes.ts";
import type { OutputLink } from "./output-link.ts";
import { addLeaves } from "./add-leaves.ts";
import { categoryCoder, type CategoryRule } from "./category-rule.ts";
import { ensembleFromJson, ensembleToJson, type TreeEnsembleJson } from "./ensemble-json.ts";
import type { PredictionScale, SinglePrecision, TreeEnsembleParts } from "./ensemble-parts.ts";
import { heaviestCoefficients } from "./linear-leaves.ts";
import { addLinearTerms, checkReach, heaviestWeights, type LinearTerms } from "./linear-terms.ts";
import { countCovers, readRowWeights } from "./count-covers.ts";
import { diagnoseMismatch } from "./verify-diagnosis.ts";
import { checkScale, comparePredictions, type Verification, type VerifyOptions } from "./verify-predictions.ts";

/**
 * A model of trees that another library fitted, read from its file by {@link importXgboost}, {@link importLightgbm} or another reader.
 * For every row and output, `raw = base score + linear terms + sum over trees of the leaf that the row reaches` and
 * `response = link(raw)`.
 */
export class TreeEnsemble implements TreeEnsembleParts {
  readonly format: string;
  /** The library's own name of what was trained for, for example `binary:logistic`; empty where the file has none. */
  readonly objective: string;
  /** The columns, in the model's order. */
  readonly features: readonly ModelFeature[];
  readonly outputNames: readonly string[];
  readonly nodes: TreeNodes;
  readonly baseScores: Float64Array;
  readonly link: OutputLink;
  readonly singlePrecision?: SinglePrecision;
  /** Columns that count by weight beside the trees (XGBoost's `gblinear`); null where there are none. */
  readonly linearTerms: LinearTerms | null;
  /** Columns that come from categories before the trees test them: they stand after the features; null where there are none. */
  readonly derivedColumns: DerivedColumns | null;
  readonly categoryRule: CategoryRule;
  /** What in the file a reader of the predictions should know. */
  readonly warnings: readonly Warning[];
  private lastVerification: Verification | null;

  constructor(parts: TreeEnsembleParts) {
    this.format = parts.format;
    this.objective = parts.objective;
    this.features = parts.features;
    this.outputNames = parts.outputNames;
    this.nodes = parts.nodes;
    this.baseScores = parts.baseScores;
    this.link = parts.link;
    if (parts.singlePrecision) this.singlePrecision = parts.singlePrecision;
    this.linearTerms = parts.linearTerms ?? null;
    this.derivedColumns = parts.derivedColumns ?? null;
    this.categoryRule = parts.categoryRule;
    this.warnings = parts.warnings;
    this.lastVerification = parts.verification ?? null;
  }

  /**
   * Restores an ensemble from its JSON, checked as a model file is.
   *
   * @throws InputError where the value is not what {@link TreeEnsemble.toJSON} writes, or its parts do not fit together.
   * @example
   * const ensemble = TreeEnsemble.fromJSON(JSON.parse(text));
   */
  static fromJSON(json: unknown): TreeEnsemble {
    return new TreeEnsemble(ensembleFromJson("TreeEnsemble.fromJSON", json));
  }

  /** Everything that the ensemble is, as plain JSON that restores it to the bit: for files, workers and reports. */
  toJSON(): TreeEnsembleJson {
    return ensembleToJson(this);
  }

  /** What the last {@link TreeEnsemble.verify} found; null before the first. */
  get verification(): Verification | null {
    return this.lastVerification;
  }

  get featureNames(): string[] {
    return this.features.map((feature) => feature.name);
  }

  get numOutputs(): number {
    return this.outputNames.length;
  }

  get numTrees(): number {
    return countTrees(this.nodes);
  }

  /**
   * Predicts as the library that fitted the model does: raw scores to the bit, responses to float64 (LightGBM) or float32
   * (XGBoost) precision.
   *
   * @param data - A table, whose columns are found by name, or a matrix in the model's column order.
   * @param options - `scale`: `response` (the default) or `raw`.
   * @returns rows × outputs, row-major.
   * @throws InputError where a column is missing or holds what the model cannot take, or there is no row.
   */
  predict(data: TableLike | Matrix, options: { readonly scale?: PredictionScale } = {}): Float64Array {
    const call = "TreeEnsemble.predict";
    refuseUnknownOptions(call, options, ["scale"]);
    const scale = checkScale(call, options.scale);
    return this.predictEncoded(this.encode(data, call), scale);
  }

  /**
   * Rows as the trees read them: every column in place, categories as codes. Columns that the model does not know are left out.
   * The cells of a matrix without categorical features are shared, not copied.
   *
   * @param call - The public function to name in errors.
   * @throws InputError where a column is missing or holds what the model cannot take, or there is no row.
   */
  encode(data: TableLike | Matrix, call: string): EncodedRows {
    const { features, warnings } = this;
    const categoryCode = categoryCoder(this.categoryRule);
    // A Table is a matrix too, but one of its own columns and codes.
    const byPosition = isMatrix(data) && !(data instanceof Table);
    const { derivedColumns: derived } = this;
    const encoded = byPosition
      ? derived
        ? encodeDerivedMatrix(call, features, derived, data)
        : encodeMatrix(call, features, categoryCode, data)
      : derived
        ? encodeDerivedTable(call, features, derived, toTable(data, call))
        : encodeTable(call, features, categoryCode, warnings, toTable(data, call));
    const largest = this.singlePrecision ? LARGEST_FLOAT32 : Number.MAX_VALUE;
    const { linearLeaves } = this.nodes;
    if (this.linearTerms) checkReach(call, heaviestWeights(this.linearTerms, features.length), encoded, largest);
    if (linearLeaves) checkReach(call, heaviestCoefficients(this.nodes, linearLeaves, features.length), encoded, largest);
    if (encoded.numRows > 0) return encoded;
    throw new InputError({
      call,
      argument: "data",
      expected: "at least one row",
      received: "none",
      mend: "Check the filter or query that the rows come from.",
    });
  }

  /**
   * Base score plus leaves and linear terms in float64: rows × outputs, row-major. Explanations explain exactly this function; it differs from
   * `predict(data, { scale: "raw" })` by the rounding of the library's own arithmetic.
   */
  sumLeaves(rows: EncodedRows): Float64Array {
    const sums = startSums(new Float64Array(rows.numRows * this.numOutputs), this.baseScores);
    if (this.linearTerms) addLinearTerms(this.linearTerms, rows, sums);
    return addLeaves(this.nodes, this.nodes.leafValues, rows, sums);
  }

  /**
   * Compares with predictions that the library itself made for the same rows, and remembers what it found: reports tell of it.
   *
   * @param expected - rows × outputs, row-major.
   * @returns How far apart they are; `ok` tells whether every one is within the tolerance.
   * @throws InputError where the lengths differ or an expected value is not a number, and as {@link TreeEnsemble.predict}.
   */
  verify(data: TableLike | Matrix, expected: ArrayLike<number>, options: VerifyOptions = {}): Verification {
    const call = "TreeEnsemble.verify";
    refuseUnknownOptions(call, options, ["tolerance", "scale"]);
    const scale = checkScale(call, options.scale);
    const rows = this.encode(data, call);
    const predictions = this.predictEncoded(rows, scale);
    const found = comparePredictions(call, { predictions, expected, numOutputs: this.numOutputs, scale }, options.tolerance);
    const diagnosis = found.ok ? null : this.diagnose(rows, expected, found);
    this.lastVerification = diagnosis === null ? found : { ...found, diagnosis };
    return this.lastVerification;
  }

  /**
   * The same model with other covers: how many rows of `data` reach each node. Path-dependent values then average over these rows as the
   * tree splits them (as R's treeshap does after `set_reference_dataset`): for formats that keep no covers, or for a population other than that of
   * training. Predictions stay as they are. A node that no row reaches gives half its say to each child.
   *
   * @param data - The rows, as for {@link TreeEnsemble.predict}.
   * @param options - `weights`: one number from 0 a row, which counts for as many rows; 1 by default.
   * @throws InputError where rows or weights are not what they must be.
   * @example
   * const values = treeShap(importOnnx(bytes).withCovers(trainingRows)).explain(rows);
   */
  withCovers(data: TableLike | Matrix, options: { readonly weights?: ArrayLike<number> } = {}): TreeEnsemble {
    const call = "TreeEnsemble.withCovers";
    refuseUnknownOptions(call, options, ["weights"]);
    const rows = this.encode(data, call);
    const cover = countCovers(this.nodes, rows, readRowWeights(call, rows.numRows, options.weights));
    return new TreeEnsemble({
      format: this.format,
      objective: this.objective,
      features: this.features,
      outputNames: this.outputNames,
      nodes: { ...this.nodes, cover },
      baseScores: this.baseScores,
      link: this.link,
      ...(this.singlePrecision ? { singlePrecision: this.singlePrecision } : {}),
      linearTerms: this.linearTerms,
      derivedColumns: this.derivedColumns,
      categoryRule: this.categoryRule,
      warnings: this.warnings,
      verification: this.verification,
    });
  }

  private diagnose(rows: EncodedRows, expected: ArrayLike<number>, { scale, tolerance }: Verification): string | null {
    const { nodes, link, features, numOutputs } = this;
    const predict = (some: EncodedRows, on: PredictionScale): Float64Array => this.predictEncoded(some, on);
    return diagnoseMismatch({ nodes, link, features, numOutputs, rows, expected, scale, tolerance, predict });
  }

  private predictEncoded(rows: EncodedRows, scale: PredictionScale): Float64Array {
    const { singlePrecision: single, nodes, numOutputs } = this;
    if (single === undefined) return scale === "raw" ? this.sumLeaves(rows) : this.link.apply(this.sumLeaves(rows), numOutputs);
    const sums = new Float32Array(rows.numRows * numOutputs);
    if (single.basesLast !== true) startSums(sums, single.baseScores);
    if (this.linearTerms) addLinearTerms(this.linearTerms, rows, sums);
    addLeaves(nodes, single.leafValues, rows, sums);
    if (single.basesLast === true) for (let cell = 0; cell < sums.length; cell++) sums[cell] += single.baseScores[cell % numOutputs];
    const raw = Float64Array.from(sums);
    return scale === "raw" ? raw : this.link.apply(raw, numOutputs).map(Math.fround);
  }
}

/** Every row of `sums` (rows × outputs) at the base scores. */
function startSums<T extends Float32Array | Float64Array>(sums: T, baseScores: T): T {
  for (let start = 0; start < sums.length; start += baseScores.length) sums.set(baseScores, start);
  return sums;
}
