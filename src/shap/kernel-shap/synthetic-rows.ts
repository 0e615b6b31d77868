import { Table, type Column } from "../../table/index.ts";
import { pairColumns, requireColumns, type ColumnPair } from "../masked-rows.ts";

/** What a model is asked: for each row of the batch an explained row, a background row, and the players taken from the explained one. */
export interface Requests {
  readonly length: number;
  /** Position of the explained row. */
  readonly rows: Int32Array;
  /** Position of the background row, or of the imputed one. */
  readonly sources: Int32Array;
  /** Coalitions in words of 32 players; length × words. */
  readonly masks: Uint32Array;
}

/** A column of the explained rows beside that of the background, in the same codes; -1 is a missing category. */
export interface ComparedColumn {
  readonly name: string;
  readonly isNumeric: boolean;
  readonly own: Float64Array | Int32Array;
  readonly cells: Float64Array | Int32Array;
}

/** Makes the rows that the games ask about: a background row whose players in the coalition take the explained row's cells. */
export class SyntheticRows {
  /** Whether background rows share cells so often that synthetic rows may meet: half of the columns or more have ties. */
  readonly hasTies: boolean;
  private readonly pairs: readonly ColumnPair[];
  private readonly playerOf: Int32Array;
  private readonly words: number;

  /**
   * @param playerOf - the player of each column of the background
   * @throws InputError when a column of the background is missing among the explained rows, or of another kind there
   */
  constructor(call: string, explained: Table, background: Table, playerOf: Int32Array, words: number) {
    requireColumns(call, explained, background);
    this.pairs = background.columnNames.map((name) => pairColumns(call, explained.column(name), background.column(name)));
    const tied = this.pairs.filter(({ cells }) => 2 * new Set<number>(cells).size <= cells.length).length;
    this.hasTies = 2 * tied >= this.pairs.length;
    this.playerOf = playerOf;
    this.words = words;
  }

  get columns(): ComparedColumn[] {
    return this.pairs.map(({ explained, cells }) => {
      const isNumeric = explained.kind === "numeric";
      return { name: explained.name, isNumeric, own: isNumeric ? explained.values : explained.codes, cells };
    });
  }

  /** Whether an explained row and a background row differ in each player: 1 where they do. */
  differences(row: number, source: number, numPlayers: number): Uint8Array {
    const differs = new Uint8Array(numPlayers);
    this.pairs.forEach(({ explained, cells }, j) => {
      const own = explained.kind === "numeric" ? explained.values[row] : explained.codes[row];
      // Not Object.is: no model should tell 0 from -0, and NaN is missing on both sides.
      if (own !== cells[source] && !(Number.isNaN(own) && Number.isNaN(cells[source]))) differs[this.playerOf[j]] = 1;
    });
    return differs;
  }

  /**
   * What each player holds in each background row, as a number that only equal cells share; 0 where it is what the explained row holds.
   * @returns one array a player, one number a background row
   */
  contents(row: number, numPlayers: number): Int32Array[] {
    const ids = Array.from({ length: numPlayers }, () => new Map<string, number>());
    const keys = Array.from({ length: numPlayers }, () => Array.from(this.pairs[0].cells, () => ""));
    const own = Array.from({ length: numPlayers }, () => "");
    this.pairs.forEach(({ explained, cells }, j) => {
      const player = this.playerOf[j];
      // 0 and -0 are one value, as in `differences`.
      own[player] += `${(explained.kind === "numeric" ? explained.values[row] : explained.codes[row]) + 0},`;
      cells.forEach((cell, source) => (keys[player][source] += `${cell + 0},`));
    });
    own.forEach((key, player) => ids[player].set(key, 0));
    return keys.map((all, player) =>
      Int32Array.from(all, (key) => {
        const id = ids[player].get(key) ?? ids[player].size;
        ids[player].set(key, id);
        return id;
      }),
    );
  }

  /** Room for the cells of so many rows, column by column. */
  makeCells(length: number): (Float64Array | Int32Array)[] {
    return this.pairs.map(({ cells }) => (cells instanceof Float64Array ? new Float64Array(length) : new Int32Array(length)));
  }

  /**
   * The batch as a table in the background's columns.
   * @param imputed - rows to take absent cells from instead of the background's; one array a column, in its codes
   */
  make(requests: Requests, imputed?: readonly (Float64Array | Int32Array)[]): Table {
    return Table.of(
      this.pairs.map((pair, j): Column => {
        const { name, description } = pair.explained;
        const cells = imputed?.[j] ?? pair.cells;
        if (pair.explained.kind === "numeric") {
          const values = new Float64Array(requests.length);
          this.write(values, pair.explained.values, cells, requests, this.playerOf[j]);
          return { kind: "numeric", name, values, description };
        }
        const codes = new Int32Array(requests.length);
        this.write(codes, pair.explained.codes, cells, requests, this.playerOf[j]);
        return { kind: "categorical", name, codes, levels: pair.levels, description };
      }),
    );
  }

  private write(
    out: Float64Array | Int32Array,
    own: Float64Array | Int32Array,
    cells: Float64Array | Int32Array,
    { rows, sources, masks }: Requests,
    player: number,
  ): void {
    const { words } = this;
    const word = player >>> 5;
    const bit = player & 31;
    for (let i = 0; i < out.length; i++) {
      out[i] = (masks[i * words + word] >>> bit) & 1 ? own[rows[i]] : cells[sources[i]];
    }
  }
}
