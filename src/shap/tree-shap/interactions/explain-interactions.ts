import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../../errors.ts";
import type { Matrix, TableLike } from "../../../table/index.ts";
import type { EncodedRows } from "../../../trees/index.ts";
import type { Explanation } from "../../explanation.ts";
import type { InteractionExplanation } from "../../interaction-explanation.ts";
import { checkDenseSize, checkPairsSize, PairInteractions, rankPairs, type RankedPair } from "../../pair-interactions.ts";
import { layInteractions, type InteractionEngine } from "./lay-interactions.ts";
import type { TreeGame } from "../tree-game.ts";

/** Bytes of interactions that a ranking holds at once. */
const SLICE_BYTES = 2 ** 25;

/** Rows one table after another. */
export type RowBatches = Iterable<TableLike | Matrix> | AsyncIterable<TableLike | Matrix>;

/** Options of `rankInteractions`. */
export interface RankInteractionsOptions {
  /** So many pairs. @defaultValue 20 */
  readonly top?: number;
  /** The output to rank by: its name or position. @defaultValue the first */
  readonly output?: string | number;
}

/** The strongest interactions of the rows so far. */
export interface InteractionRanking {
  readonly rowsDone: number;
  /** Pairs that meet on a path of the model; all others have no interaction. */
  readonly numPairs: number;
  /** Strongest first. */
  readonly pairs: readonly RankedPair[];
}

/** Finds the interactions of one model; what it needs is made at the first call. */
export class InteractionFinder {
  private readonly game: TreeGame;
  private readonly explain: (data: TableLike | Matrix) => Explanation;
  private readonly divisor: number;
  private engine: InteractionEngine | null = null;

  /** @param explain - the features' own values @param divisor - of raw sums, on the scale of those values */
  constructor(game: TreeGame, explain: (data: TableLike | Matrix) => Explanation, divisor: number) {
    this.game = game;
    this.explain = explain;
    this.divisor = divisor;
  }

  /** All pairs of features. */
  dense(data: TableLike | Matrix): InteractionExplanation {
    const call = "treeShap.interactions";
    const { ensemble, players } = this.game;
    const rows = ensemble.encode(data, call);
    const mend = "Use pairInteractions, which holds only the pairs that can interact, or explain fewer rows at once.";
    checkDenseSize(call, rows.numRows, players.features.length, ensemble.numOutputs, mend);
    return this.together(call, data, rows).dense();
  }

  /** The pairs that meet on a path. */
  pairs(data: TableLike | Matrix): PairInteractions {
    const call = "treeShap.pairInteractions";
    return this.together(call, data, this.game.ensemble.encode(data, call));
  }

  /** Running means over rows that come in batches. */
  rank(batches: RowBatches, options: RankInteractionsOptions): AsyncGenerator<InteractionRanking, void, undefined> {
    const { top, output } = readRanking("treeShap.rankInteractions", this.game.ensemble.outputNames, options);
    checkBatches("treeShap.rankInteractions", batches);
    return this.rankBatches(batches, top, output);
  }

  private async *rankBatches(batches: RowBatches, top: number, output: number): AsyncGenerator<InteractionRanking, void, undefined> {
    const { ensemble, players } = this.game;
    const { pairs } = this.lay();
    const sums = new Float64Array(pairs.count);
    const nameOf = (feature: number): string => players.features[feature].name;
    let rowsDone = 0;
    for await (const batch of batches) {
      const rows = ensemble.encode(batch, "treeShap.rankInteractions");
      this.addSizes(rows, output, sums);
      rowsDone += rows.numRows;
      const means = sums.map((sum) => sum / rowsDone);
      yield { rowsDone, numPairs: pairs.count, pairs: rankPairs(means, pairs.first, pairs.second, nameOf, top) };
    }
  }

  private together(call: string, data: TableLike | Matrix, rows: EncodedRows): PairInteractions {
    const { pairs, explain } = this.lay();
    checkPairsSize(call, rows.numRows, pairs.count, this.game.ensemble.numOutputs);
    const { first, second } = pairs;
    return new PairInteractions({ explanation: this.explain(data), first, second, values: this.scale(explain(rows)) });
  }

  /** Adds the absolute interactions of rows, slice after slice. */
  private addSizes({ values, numRows, numColumns }: EncodedRows, output: number, sums: Float64Array): void {
    const { explain } = this.lay();
    const numOutputs = this.game.ensemble.numOutputs;
    const step = Math.max(64, Math.floor(SLICE_BYTES / 8 / Math.max(1, sums.length * numOutputs)));
    for (let start = 0; start < numRows; start += step) {
      const end = Math.min(numRows, start + step);
      const cells = values.subarray(start * numColumns, end * numColumns);
      const found = this.scale(explain({ values: cells, numRows: end - start, numColumns }));
      for (let cell = output, pair = 0; cell < found.length; cell += numOutputs, pair++) {
        if (pair === sums.length) pair = 0;
        sums[pair] += Math.abs(found[cell]);
      }
    }
  }

  private scale(values: Float64Array): Float64Array {
    return this.divisor === 1 ? values : values.map((value) => value / this.divisor);
  }

  private lay(): InteractionEngine {
    const { features, shared } = this.game.players;
    if (shared.length > 0) throw sharedStatistics(shared.map(({ player }) => features[player].name));
    return (this.engine ??= layInteractions(this.game));
  }
}

function sharedStatistics(names: readonly string[]): InputError {
  return new InputError({
    call: "treeShap interactions",
    argument: "ensemble",
    expected: "a model without statistics of several features together, whose interactions with others belong to none of them",
    received: `statistics of ${listNames(names)}`,
    mend: "Put such features together with `groups`, or train with max_ctr_complexity=1.",
  });
}

function readRanking(
  call: string,
  outputNames: readonly string[],
  options: RankInteractionsOptions,
): { readonly top: number; readonly output: number } {
  refuseUnknownOptions(call, options, ["top", "output"]);
  const { top = 20, output = 0 } = options;
  if (!(Number.isInteger(top) && top > 0)) {
    const mend = "Leave it out for 20 pairs.";
    throw new InputError({ call, argument: "top", expected: "a whole number of at least 1", received: describeReceived(top), mend });
  }
  const place = typeof output === "number" ? output : outputNames.indexOf(output);
  if (Number.isInteger(place) && place >= 0 && place < outputNames.length) return { top, output: place };
  const expected = `one of ${listNames(outputNames)}, or its position`;
  throw new InputError({ call, argument: "output", expected, received: describeReceived(output), mend: "See ensemble.outputNames." });
}

function checkBatches(call: string, batches: unknown): void {
  const isObject = typeof batches === "object" && batches !== null;
  if (isObject && (Symbol.asyncIterator in batches || Symbol.iterator in batches)) return;
  const received = describeReceived(batches);
  const mend = "Put one table in brackets: rankInteractions([table]).";
  throw new InputError({ call, argument: "batches", expected: "tables or matrices one after another", received, mend });
}
