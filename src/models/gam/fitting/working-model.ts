import type { Family } from "../../families/family.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import type { PenaltySystem } from "./penalty-system.ts";
import { moveWithin, type RowSource, type Slopes, type Visit } from "./rows.ts";

/** The linear model of normal working responses with the working weights of one visit: its sums at any place are known without the rows. */
export class WorkingModel implements RowSource {
  readonly family: Family;
  readonly system: PenaltySystem;
  readonly isConstant = true;
  readonly #base: Visit;
  readonly #numRows: number;

  /** @param sumOfSquares that of the working residuals */
  constructor(rows: RowSource, visit: Visit, { numRows, sumOfSquares }: { readonly numRows: number; readonly sumOfSquares: number }) {
    this.family = rows.family;
    this.system = rows.system;
    this.#base = { ...visit, deviance: sumOfSquares };
    this.#numRows = numRows;
  }

  /** The visit itself, with the weighted sum of squares of its working residuals as its deviance. */
  get base(): Visit {
    return this.#base;
  }

  *visit(coefficients: Float64Array | null): PassSteps<Visit> {
    return coefficients ? moveWithin(this.#base, coefficients) : this.#base;
  }

  *slope(_: unknown, __: unknown, dispersion: number): PassSteps<Slopes> {
    const n = this.#numRows;
    const saturated = [-0.5 * n * Math.log(2 * Math.PI * dispersion), -0.5 * n, 0] as const;
    return { product: new Float64Array(this.system.width), saturated, byParameters: null };
  }
}
