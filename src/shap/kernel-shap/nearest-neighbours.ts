import { hasPlayer } from "./coalition-bits.ts";
import type { Imputer } from "./imputer.ts";
import type { ComparedColumn } from "./synthetic-rows.ts";

/** Takes absent features from the background rows that are nearest to the explained row in the present ones. */
export class NearestNeighbours implements Imputer {
  readonly numDraws: number;
  private readonly columns: readonly ComparedColumn[];
  private readonly playerOf: Int32Array;
  private readonly scales: readonly number[];

  constructor(columns: readonly ComparedColumn[], playerOf: Int32Array, numDraws: number) {
    this.columns = columns;
    this.playerOf = playerOf;
    this.numDraws = numDraws;
    this.scales = columns.map(scaleOf);
  }

  impute(row: number, mask: Uint32Array): readonly (Float64Array | Int32Array)[] {
    const distances = new Float64Array(this.columns[0].cells.length);
    this.columns.forEach((column, j) => {
      if (!hasPlayer(mask, 0, this.playerOf[j])) return;
      for (let source = 0; source < distances.length; source++) {
        distances[source] += squaredDistance(column, this.scales[j], column.own[row], column.cells[source]);
      }
    });
    const nearest = [...distances.keys()].sort((a, b) => distances[a] - distances[b] || a - b).slice(0, this.numDraws);
    return this.columns.map(({ cells }) =>
      cells instanceof Float64Array ? Float64Array.from(nearest, (i) => cells[i]) : Int32Array.from(nearest, (i) => cells[i]),
    );
  }
}

/** Variance of a numeric column over the background, 1 where it is constant; of categories, for which any two differ by 1, 1. */
export function scaleOf({ isNumeric, cells }: ComparedColumn): number {
  if (!isNumeric) return 1;
  const known = Array.from(cells).filter((cell) => !Number.isNaN(cell));
  const mean = known.reduce((sum, cell) => sum + cell, 0) / known.length;
  const variance = known.reduce((sum, cell) => sum + (cell - mean) ** 2, 0) / known.length;
  return variance > 0 ? variance : 1;
}

/** Squared distance of two cells in standard deviations; 1 between categories, and between a value and a missing one. */
export function squaredDistance({ isNumeric }: ComparedColumn, scale: number, one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) === Number.isNaN(other) ? 0 : 1;
  return isNumeric ? (one - other) ** 2 / scale : Number(one !== other);
}
