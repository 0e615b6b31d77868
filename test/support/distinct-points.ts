import type { BasisPoints } from "../../src/numeric/index.ts";

/** The distinct points among rows, in lexicographic order, with how often each occurs. @param columns - one array a dimension */
export function findDistinctPoints(columns: readonly Float64Array[]): BasisPoints {
  const rows = Array.from(columns[0], (_, i) => columns.map((column) => column[i]));
  rows.sort((one, other) => {
    const d = one.findIndex((value, k) => value !== other[k]);
    return d < 0 ? 0 : one[d] - other[d];
  });
  const points: number[][] = [];
  const counts: number[] = [];
  for (const row of rows) {
    if (points.at(-1)?.every((value, k) => value === row[k])) counts[counts.length - 1]++;
    else {
      points.push(row);
      counts.push(1);
    }
  }
  return { coordinates: columns.map((_, k) => Float64Array.from(points, (point) => point[k])), counts: Float64Array.from(counts) };
}
