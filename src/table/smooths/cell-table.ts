import type { BasisPoints } from "../../numeric/index.ts";
import { type CellColumn, ColumnSurvey } from "./cell-columns.ts";
import { CellPoints } from "./cell-points.ts";
import { cellsOfEach, largestAbsolute } from "./covariate-table.ts";
import type { CodedPoints, CovariateTable, KnownCells } from "./covariate-table.ts";
import { numberTexts } from "./smooth-context.ts";
import type { TrainingCovariates } from "./smooth-context.ts";
import { recallProducts } from "./smooth-matrix.ts";
import type { PointMatrix } from "./smooth-matrix.ts";
import type { SmoothSpec } from "./smooth-spec.ts";
import type { SmoothMargin } from "./smooth-variable.ts";

/** Expressions whose points are wanted together, and how many covariates their smooth has. */
interface PointKey {
  readonly texts: readonly string[];
  readonly together: number;
}

/**
 * Covariates of rows that come in chunks, in memory that does not grow with the rows: a first reading finds where the cells are, a second one
 * how many rows each holds. Points are those that `findRoundedPoints` has for all rows together.
 */
export class CellTable implements TrainingCovariates, KnownCells {
  readonly #cells: number;
  readonly #keys: readonly PointKey[];
  readonly #multipliers: ReadonlyMap<string, readonly string[]>;
  readonly #surveys: ReadonlyMap<string, ColumnSurvey>;
  readonly #largest: Map<string, number> = new Map();
  readonly #columns: Map<string, CellColumn> = new Map();
  readonly #points: Map<string, CellPoints> = new Map();
  readonly #products: Map<readonly SmoothMargin[], PointMatrix> = new Map();

  /** @param cells - the most of a covariate that is alone in its smooth */
  constructor(specs: readonly SmoothSpec[], cells: number) {
    this.#cells = cells;
    this.#keys = listPoints(specs);
    const products = specs.flatMap(({ margins }) =>
      margins.filter(({ basis }) => basis === "re").map((one) => numberTexts(one.covariates)),
    );
    this.#multipliers = new Map(products.filter((texts) => texts.length > 0).map((texts) => [texts.join("\n"), texts]));
    const ofBy = specs.flatMap(({ by }) => (by?.kind === "numbers" ? [by.text] : []));
    const texts = new Set([...this.#keys.flatMap((key) => key.texts), ...ofBy]);
    this.#surveys = new Map([...texts].map((text) => [text, new ColumnSurvey(cells)]));
  }

  /** The first reading of some rows. */
  survey(rows: CovariateTable): void {
    for (const [text, survey] of this.#surveys) survey.add(rows.values(text));
    for (const [key, texts] of this.#multipliers) {
      this.#largest.set(key, Math.max(this.#largest.get(key) ?? 0, largestAbsolute(rows.product(texts)!)));
    }
  }

  /** The second reading of the same rows, after all of the first. */
  count(rows: CovariateTable): void {
    const codes = new Map<CellColumn, Int32Array>();
    for (const key of this.#keys) {
      const columns = this.#columnsOf(key);
      columns.forEach((column, k) => {
        if (!codes.has(column)) codes.set(column, column.add(rows.values(key.texts[k])));
      });
      this.#pointsOf(key).add(columns.map((column) => codes.get(column)!));
    }
  }

  points(texts: readonly string[], together: number = texts.length): BasisPoints {
    return this.#pointsOf({ texts, together }).points;
  }

  isConstant(text: string): boolean {
    return this.#surveys.get(text)!.isConstant;
  }

  largestProduct(texts: readonly string[]): number {
    return this.#largest.get(texts.join("\n"))!;
  }

  findPoints(texts: readonly string[], together: number, values: (text: string) => Float64Array): CodedPoints {
    const key = { texts, together };
    const found = this.#pointsOf(key);
    const codes = this.#columnsOf(key).map(({ finder }, k) => finder.find(values(texts[k])));
    return { ...found.points, codes: found.find(codes) };
  }

  products(margins: readonly SmoothMargin[], order: readonly number[] | null): PointMatrix {
    return recallProducts(this.#products, margins, order, (texts) => this.points(texts));
  }

  #columnsOf({ texts, together }: PointKey): CellColumn[] {
    const cells = cellsOfEach(this.#cells, together);
    return texts.map((text) => {
      const name = `${cells} ${text}`;
      let column = this.#columns.get(name);
      if (column === undefined) this.#columns.set(name, (column = this.#surveys.get(text)!.makeColumn(cells)));
      return column;
    });
  }

  #pointsOf(key: PointKey): CellPoints {
    const name = [cellsOfEach(this.#cells, key.together), ...key.texts].join("\n");
    let points = this.#points.get(name);
    if (points === undefined) this.#points.set(name, (points = new CellPoints(this.#columnsOf(key))));
    return points;
  }
}

/** Whose points learning and evaluating smooths will ask for. */
function listPoints(specs: readonly SmoothSpec[]): PointKey[] {
  const keys = new Map<string, PointKey>();
  const add = (texts: readonly string[], together: number): void => {
    if (texts.length > 0) keys.set([together, ...texts].join("\n"), { texts, together });
  };
  for (const { margins, covariates, by } of specs) {
    const together = numberTexts(covariates).length;
    const own = margins.filter(({ basis }) => basis !== "re").map((margin) => numberTexts(margin.covariates));
    const all = own.flat();
    for (const texts of own) add(texts, together);
    add(all, together);
    add(all, all.length);
    // Smooths that multiply the same number may have functions in common.
    const isShared = by?.kind === "numbers" && specs.filter((other) => other.by?.text === by.text).length > 1;
    if (isShared && !all.includes(by.text)) add([...all, by.text], all.length + 1);
  }
  return [...keys.values()];
}
