import { takeCodes } from "../design/complete-rows.ts";
import type { RowSource } from "../design/complete-rows.ts";
import { codeLevels } from "../design/factor-levels.ts";
import type { UnseenPolicy } from "../design/factor-levels.ts";
import { levelSource } from "../design/learn-factor.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import type { Table } from "../table.ts";
import type { RecipeVariable } from "../design/design.ts";

/** Levels that a smooth reads, and where they come from. */
export interface SmoothLevelSource {
  readonly expression: string;
  readonly levels: readonly string[];
}

/** The codes of the levels that smooths read, in all rows of a table: found once for each source. */
export class SmoothLevels {
  readonly #found: { readonly source: SmoothLevelSource; readonly codes: Int32Array }[] = [];
  readonly #code: (source: SmoothLevelSource) => Int32Array;

  /** @param isIncomplete - whether a row is left out for other reasons, so that its unseen level does not matter */
  constructor(call: string, table: Table, unseen: UnseenPolicy, isIncomplete: ((row: number) => boolean) | null) {
    // An unseen level has no effect of its own: its code is one beyond the levels, in whose rows the smooth is 0.
    const policy = unseen === "population" ? "reference" : unseen;
    this.#code = ({ expression, levels }) =>
      codeLevels(
        { call, name: expression },
        levelSource(call, parseExpression(expression, call), table),
        levels,
        policy,
        levels.length,
        isIncomplete,
      );
  }

  /** Finds the codes of what these variables read. @throws InputError naming an unseen level under "fail" */
  read(variables: readonly RecipeVariable[]): void {
    for (const variable of variables) {
      if (variable.kind !== "smooth") continue;
      for (const margin of variable.margins) if (margin.kind === "levels") this.codes(margin);
      if (variable.by !== null) this.codes(variable.by);
    }
  }

  /** A code a row of the table; −1 where missing. */
  codes(source: SmoothLevelSource): Int32Array {
    const known = this.#found.find((one) => isSame(one.source, source));
    if (known !== undefined) return known.codes;
    const codes = this.#code(source);
    this.#found.push({ source, codes });
    return codes;
  }

  /** What rows may lack of these levels. */
  get sources(): RowSource[] {
    return this.#found.map(({ source, codes }) => ({ name: source.expression, values: codes }));
  }

  /** Reads codes in some rows. @param rows - null for all */
  take(rows: Int32Array | null): (source: SmoothLevelSource) => Int32Array {
    const taken = new Map<Int32Array, Int32Array>();
    return (source) => {
      const codes = this.codes(source);
      let some = taken.get(codes);
      if (some === undefined) taken.set(codes, (some = takeCodes(codes, rows)));
      return some;
    };
  }
}

function isSame(one: SmoothLevelSource, other: SmoothLevelSource): boolean {
  if (one.expression !== other.expression) return false;
  return (
    one.levels === other.levels || (one.levels.length === other.levels.length && one.levels.every((level, k) => other.levels[k] === level))
  );
}
