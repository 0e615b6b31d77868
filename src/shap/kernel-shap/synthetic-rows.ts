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

/** Makes the rows that the games ask about: a background row whose players in the coalition take the explained row's cells. */
export class SyntheticRows {
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
    this.playerOf = playerOf;
    this.words = words;
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
