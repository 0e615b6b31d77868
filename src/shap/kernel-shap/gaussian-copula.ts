import { InputError } from "../../errors.ts";
import { factorCholesky, normal, randomNormal, solveCholesky, type Random } from "../../numeric/index.ts";
import { hasPlayer } from "./coalition-bits.ts";
import type { Imputer } from "./imputer.ts";
import type { ComparedColumn } from "./synthetic-rows.ts";

/**
 * Draws absent features given the present ones from a Gaussian copula: the columns' normal scores by rank are jointly normal, with their
 * correlations over the background shrunk towards 0; a drawn score becomes the background's value of that rank.
 *
 * @see Aas, Jullum and Løland (2021), arXiv:1903.10464 (conditional Shapley values); Schäfer and Strimmer (2005), doi:10.2202/1544-6115.1175 (shrinkage)
 */
export class GaussianCopula implements Imputer {
  readonly numDraws: number;
  private readonly playerOf: Int32Array;
  private readonly columns: readonly ComparedColumn[];
  private readonly sorted: readonly Float64Array[];
  /** Correlations of the normal scores; columns × columns. */
  private readonly correlations: Float64Array;
  /** Standard normal numbers, the same for every coalition; draws × columns, the second half the first with its sign turned. */
  private readonly noise: Float64Array;
  private readonly imputed: Float64Array[];

  constructor(columns: readonly ComparedColumn[], playerOf: Int32Array, numDraws: number, random: Random) {
    const refused = columns.find(({ isNumeric, cells }) => !isNumeric || cells.some((cell) => !Number.isFinite(cell)));
    if (refused) {
      throw new InputError({
        call: "kernelShap.explain",
        argument: `column ${JSON.stringify(refused.name)}`,
        expected: "finite numbers, as a Gaussian copula needs",
        received: refused.isNumeric ? "missing or infinite ones" : "categories",
        mend: 'Use absentFeatures: "nearestNeighbours".',
      });
    }
    this.columns = columns;
    this.playerOf = playerOf;
    this.numDraws = numDraws;
    this.sorted = columns.map(({ cells }) => Float64Array.from(cells).sort());
    this.correlations = shrunkCorrelations(columns.map(({ cells }, j) => Float64Array.from(cells, (cell) => this.score(j, cell))));
    const p = columns.length;
    this.noise = new Float64Array(numDraws * p);
    const half = Math.ceil(numDraws / 2);
    for (let draw = 0; draw < numDraws; draw++) {
      for (let j = 0; j < p; j++) this.noise[draw * p + j] = draw < half ? randomNormal(random) : -this.noise[(draw - half) * p + j];
    }
    this.imputed = columns.map(() => new Float64Array(numDraws));
  }

  impute(row: number, mask: Uint32Array): readonly Float64Array[] {
    const all = [...this.columns.keys()];
    const present = all.filter((j) => hasPlayer(mask, 0, this.playerOf[j]));
    const absent = all.filter((j) => !hasPlayer(mask, 0, this.playerOf[j]));
    const p = all.length;
    const scores = Float64Array.from(present, (j) => this.score(j, this.columns[j].own[row]));
    const between = absent.map((i) => Float64Array.from(present, (j) => this.correlations[i * p + j]));
    const known = present.length === 0 ? null : factorCholesky(this.block(present), present.length);
    const solved = between.map((own) => (known ? solveCholesky(known, own) : own));
    const means = solved.map((own) => own.reduce((sum, factor, i) => sum + factor * scores[i], 0));
    const left = this.block(absent);
    for (let i = 0; i < absent.length; i++) {
      for (let j = 0; j < absent.length; j++) {
        for (let k = 0; k < present.length; k++) left[i * absent.length + j] -= solved[i][k] * between[j][k];
      }
    }
    const root = lowerRoot(left, absent.length);
    for (let draw = 0; draw < this.numDraws; draw++) {
      for (let i = 0; i < absent.length; i++) {
        let score = means[i];
        for (let k = 0; k <= i; k++) score += root[i * absent.length + k] * this.noise[draw * p + absent[k]];
        this.imputed[absent[i]][draw] = this.valueAt(absent[i], score);
      }
    }
    return this.imputed;
  }

  private block(columns: readonly number[]): Float64Array {
    const p = this.columns.length;
    return Float64Array.from(columns.flatMap((i) => columns.map((j) => this.correlations[i * p + j])));
  }

  /** The normal score of a value: that of the middle of its ranks, never beyond the outermost. */
  private score(column: number, value: number): number {
    const sorted = this.sorted[column];
    const middle = (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2 / sorted.length;
    const edge = 0.5 / sorted.length;
    return normal.quantile(Math.min(Math.max(middle, edge), 1 - edge));
  }

  private valueAt(column: number, score: number): number {
    const sorted = this.sorted[column];
    return sorted[Math.min(sorted.length - 1, Math.floor(normal.cdf(score) * sorted.length))];
  }
}

/** How many are below the value, or with `orEqual` not above it. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || (orEqual && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Correlations, shrunk towards 0 by as much as their sampling variance says. */
function shrunkCorrelations(scores: readonly Float64Array[]): Float64Array {
  const p = scores.length;
  const n = scores[0].length;
  const units = scores.map((own) => {
    const mean = own.reduce((sum, score) => sum + score, 0) / n;
    const length = Math.sqrt(own.reduce((sum, score) => sum + (score - mean) ** 2, 0));
    return own.map((score) => (length > 0 ? (score - mean) / length : 0));
  });
  const correlations = new Float64Array(p * p);
  let [variance, squares] = [0, 0];
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      const own = units[i].reduce((sum, score, row) => sum + score * units[j][row], 0);
      correlations[i * p + j] = correlations[j * p + i] = own;
      variance += (1 - own * own) ** 2 / Math.max(n - 1, 1);
      squares += own * own;
    }
  }
  const kept = squares > 0 ? 1 - Math.min(1, variance / squares) : 0;
  return correlations.map((own, cell) => (cell % (p + 1) === 0 ? 1 : kept * own));
}

/** L with L L' = the matrix; a direction without variance is left out. */
function lowerRoot(matrix: Float64Array, n: number): Float64Array {
  const root = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    let left = matrix[j * n + j];
    for (let k = 0; k < j; k++) left -= root[j * n + k] ** 2;
    if (left <= 1e-12) continue;
    const pivot = Math.sqrt(left);
    for (let i = j; i < n; i++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= root[i * n + k] * root[j * n + k];
      root[i * n + j] = sum / pivot;
    }
  }
  return root;
}
