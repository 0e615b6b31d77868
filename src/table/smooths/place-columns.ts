import { marginWidth } from "./smooth-matrix.ts";
import type { SmoothVariable } from "./smooth-variable.ts";

/**
 * Where the columns of a smooth of levels and numbers stand: a list for each product of functions of numbers, with a position for each
 * combination of levels. Within both, as among all columns, the last margin's change fastest.
 */
export function placeColumns({ margins }: SmoothVariable): number[][] {
  let positions: number[][] = [[0]];
  for (const margin of margins) {
    const width = marginWidth(margin);
    const steps = Array.from({ length: width }, (_, k) => k);
    positions =
      margin.kind === "levels"
        ? positions.map((list) => list.flatMap((at) => steps.map((k) => at * width + k)))
        : positions.flatMap((list) => steps.map((k) => list.map((at) => at * width + k)));
  }
  return positions;
}
