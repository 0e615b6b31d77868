import { Kernel } from "../../../kernels/index.ts";
import { CATEGORICAL, MISSING_LEFT, countTrees, type EncodedRows } from "../../../trees/index.ts";
import { distinctRows } from "./distinct-background.ts";
import { pairShares } from "../engine/index-weights.ts";
import { RowCoder } from "../engine/row-coder.ts";
import type { InterventionalGame } from "../tree-game.ts";
import { CATEGORICAL_EDGE, MISSING_LEFT_EDGE } from "../engine/tree-edges.ts";

/** Most coalitions that are evaluated in one walk. */
const COALITIONS_AT_ONCE = 2048;
const NODE_WORDS = 8;

/**
 * Raw sums of the model for mixes of an explained row and a background row: the players of a coalition from the first, the others from the
 * second. Background rows that no test tells apart are one source of their weight together.
 */
export class RowMixer {
  /** Their weights; of sum 1. */
  readonly weights: Float64Array;
  /** The first background row of each source. */
  private readonly sourceRows: Int32Array;
  readonly numOutputs: number;
  /** Mixes evaluated so far, one by one: enumerated ones are not counted. */
  mixesAsked: number = 0;
  private readonly kernel = new Kernel();
  private readonly game: InterventionalGame;
  private readonly coder: RowCoder;
  private readonly numColumns: number;
  private readonly codes: Uint32Array;
  private readonly playerOfColumn: Int32Array;
  private readonly depth: number;
  private readonly own: Uint32Array;
  private readonly place: Readonly<Record<"nodes" | "roots" | "values" | "sets" | "sources" | "row", number>>;

  constructor(game: InterventionalGame) {
    const { ensemble, coding, players, programs, background } = game;
    const { kernel } = this;
    this.game = game;
    this.numOutputs = ensemble.numOutputs;
    this.coder = new RowCoder(kernel, coding);
    this.numColumns = coding.columns.length;
    this.playerOfColumn = Int32Array.from(coding.columns, ({ feature }) => players.playerOf[feature]);
    this.depth = programs.reduce((most, { depth }) => Math.max(most, depth), 0);
    const distinct = distinctRows(this.codeAll(background.rows), this.numColumns, background.weights);
    this.codes = distinct.codes;
    this.weights = distinct.weights;
    this.sourceRows = distinct.rows;
    this.own = new Uint32Array(this.numColumns);
    this.place = {
      nodes: kernel.store(layNodes(game)),
      roots: kernel.store(ensemble.nodes.treeStart.subarray(0, ensemble.numTrees)),
      values: kernel.store(ensemble.nodes.leafValues),
      sets: kernel.store(coding.sets),
      sources: kernel.store(this.codes),
      row: kernel.allocate(this.numColumns * 4),
    };
  }

  /** Takes the row to mix from now on. */
  openRow(rows: EncodedRows, row: number): void {
    const { own, kernel, numColumns } = this;
    this.coder.code(rows, row, 1, 1, this.place.row);
    own.set(kernel.words(this.place.row, numColumns));
  }

  /** The players in whom the row differs from a source in what a test may see, ascending. */
  differences(source: number): Int32Array {
    const differs = new Uint8Array(this.game.players.features.length);
    const start = source * this.numColumns;
    for (let column = 0; column < this.numColumns; column++) {
      if (this.own[column] !== this.codes[start + column]) differs[this.playerOfColumn[column]] = 1;
    }
    return Int32Array.from([...differs.keys()].filter((player) => differs[player] === 1));
  }

  /** Raw sums of all coalitions of `players` against a source: 2^players × outputs, bit j of the coalition = `players[j]` is in it. */
  enumerate(source: number, players: Int32Array): Float64Array {
    const { kernel, numOutputs, depth } = this;
    return kernel.scratch(() => {
      const cells = 2 ** players.length * numOutputs;
      const bits = new Int32Array(this.game.players.features.length);
      players.forEach((player, bit) => (bits[player] = bit));
      const [bitsAt, base] = [kernel.store(bits), kernel.store(this.game.ensemble.baseScores)];
      const [table, differences] = [kernel.allocate(cells * 8), kernel.allocate(cells * 8)];
      const stack = kernel.allocate((depth + 1) * 16);
      const model = [bitsAt, this.place.values, this.leafWidth, base, numOutputs, players.length] as const;
      kernel.run.enumerateCoalitions(...this.twoRows(source), ...model, table, differences, stack);
      return kernel.floats(table, cells).slice();
    });
  }

  /**
   * Raw sums of given coalitions against sources.
   * @param writeCoalition - writes a coalition among all players
   * @param take - is given the sums of coalitions `first` and after against one source: count × outputs; void after the call
   */
  evaluate(
    sources: Int32Array,
    numCoalitions: number,
    writeCoalition: (index: number, mask: Uint32Array) => void,
    take: (source: number, first: number, sums: Float64Array) => void,
  ): void {
    const { kernel, numOutputs, depth } = this;
    this.mixesAsked += numCoalitions * sources.length;
    for (let first = 0; first < numCoalitions; first += COALITIONS_AT_ONCE) {
      const count = Math.min(COALITIONS_AT_ONCE, numCoalitions - first);
      const lineBytes = Math.ceil(count / 128) * 16;
      kernel.scratch(() => {
        const lines = kernel.store(this.writeLines(first, count, lineBytes, writeCoalition));
        const base = kernel.allocate(numOutputs * 8);
        const out = kernel.allocate(lineBytes * 8 * numOutputs * 8);
        const levels = kernel.allocate((depth + 2) * lineBytes);
        const stack = kernel.allocate((depth + 1) * 8);
        sources.forEach((source, i) => {
          kernel.floats(base, numOutputs).set(this.game.ensemble.baseScores);
          const model = [lines, lineBytes, this.place.values, this.leafWidth, base, numOutputs] as const;
          kernel.run.evaluateCoalitions(...this.twoRows(source), ...model, out, levels, stack);
          take(i, first, kernel.floats(out, count * numOutputs));
        });
      });
    }
  }

  /**
   * Raw Shapley values of the row against each source alone.
   * @param take - is given players × outputs; void after the call
   */
  explainPairs(take: (source: number, values: Float64Array) => void): void {
    const { kernel, numOutputs, depth, game } = this;
    const numPlayers = game.players.features.length;
    const stride = game.programs.reduce((most, { mostPlayers }) => Math.max(most, mostPlayers), 0) + 1;
    kernel.scratch(() => {
      const shares = kernel.store(pairShares("shapley", stride));
      const states = kernel.store(new Int32Array(numPlayers));
      const path = kernel.allocate((depth + 1) * 4);
      const stack = kernel.allocate((depth + 1) * 16);
      const values = kernel.allocate(numPlayers * numOutputs * 8);
      this.weights.forEach((_, source) => {
        const out = kernel.floats(values, numPlayers * numOutputs).fill(0);
        const model = [this.place.values, this.leafWidth, numOutputs, shares, stride] as const;
        kernel.run.explainPair(...this.twoRows(source), ...model, states, path, values, stack);
        take(source, out);
      });
    });
  }

  /** What the sources have of all background rows: sources × width. */
  takeSources(all: Float64Array): Float64Array {
    const width = all.length / this.game.background.rows.numRows;
    const out = new Float64Array(this.sourceRows.length * width);
    this.sourceRows.forEach((row, i) => out.set(all.subarray(row * width, (row + 1) * width), i * width));
    return out;
  }

  /** Weighted mean of each column. @param all - sources × width */
  meanOverSources(all: Float64Array): Float64Array {
    const means = new Float64Array(all.length / this.weights.length);
    this.weights.forEach((weight, source) => {
      for (let k = 0; k < means.length; k++) means[k] += weight * all[source * means.length + k];
    });
    return means;
  }

  /** One line of bits a player: bit i says whether the player is in coalition `first + i`. */
  private writeLines(
    first: number,
    count: number,
    lineBytes: number,
    writeCoalition: (index: number, mask: Uint32Array) => void,
  ): Uint32Array {
    const numPlayers = this.game.players.features.length;
    const words = lineBytes / 4;
    const lines = new Uint32Array(numPlayers * words);
    const mask = new Uint32Array(Math.ceil(numPlayers / 32));
    for (let i = 0; i < count; i++) {
      writeCoalition(first + i, mask);
      const [word, bit] = [i >>> 5, 1 << (i & 31)];
      for (let w = 0; w < mask.length; w++) {
        for (let rest = mask[w]; rest !== 0; rest &= rest - 1) {
          lines[(32 * w + 31 - Math.clz32(rest & -rest)) * words + word] |= bit;
        }
      }
    }
    return lines;
  }

  private get leafWidth(): number {
    return this.game.ensemble.nodes.leafWidth;
  }

  private twoRows(source: number): [number, number, number, number, number, number] {
    const { nodes, roots, row, sources, sets } = this.place;
    return [nodes, roots, countTrees(this.game.ensemble.nodes), row, sources + source * this.numColumns * 4, sets];
  }

  /** Row after row, a code a column. */
  private codeAll(rows: EncodedRows): Uint32Array {
    const { numColumns, kernel, coder } = this;
    const codes = new Uint32Array(rows.numRows * numColumns);
    kernel.scratch(() => {
      const at = kernel.allocate(numColumns * 4);
      for (let row = 0; row < rows.numRows; row++) {
        coder.code(rows, row, 1, 1, at);
        codes.set(kernel.words(at, numColumns), row * numColumns);
      }
    });
    return codes;
  }
}

/** The nodes of all trees as `kernels/assembly/coalitions.ts` reads them. */
function layNodes({ ensemble: { nodes }, coding, players }: InterventionalGame): Int32Array {
  const out = new Int32Array(nodes.feature.length * NODE_WORDS);
  for (let tree = 0; tree < countTrees(nodes); tree++) {
    for (let i = nodes.treeStart[tree]; i < nodes.treeStart[tree + 1]; i++) {
      const feature = nodes.feature[i];
      const flags = (nodes.flags[i] & CATEGORICAL ? CATEGORICAL_EDGE : 0) | (nodes.flags[i] & MISSING_LEFT ? MISSING_LEFT_EDGE : 0);
      const player = feature < 0 ? -1 : players.playerOf[feature];
      // Limits are unsigned: `| 0` keeps their bits.
      const test = [coding.nodeColumn[i], coding.nodeLimit[i] | 0, flags, player, nodes.left[i], nodes.right[i]];
      out.set([...test, nodes.leafStart[i], nodes.treeOutput[tree]], i * NODE_WORDS);
    }
  }
  return out;
}
