import type { CategoricalColumn } from "../column.ts";
import { codesByLevel, sortLevels } from "../levels.ts";
import type { LevelSource } from "./factor-levels.ts";

/** The levels of a categorical column that comes in pieces: in the pieces' order where they agree, sorted where they do not. */
export class LevelUnion {
  readonly #occurring: Set<string> = new Set();
  #levels: readonly string[] | null = null;
  #agrees = true;

  add({ codes, levels }: Pick<CategoricalColumn, "codes" | "levels">): void {
    const before = this.#levels;
    if (before === null) this.#levels = levels;
    else if (before !== levels && (before.length !== levels.length || levels.some((level, code) => before[code] !== level))) {
      this.#agrees = false;
      this.#levels = [...new Set([...before, ...levels])];
    }
    const seen = new Uint8Array(levels.length);
    for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) seen[codes[row]] = 1;
    for (const [code, level] of levels.entries()) if (seen[code] === 1) this.#occurring.add(level);
  }

  /** All levels, with one code for each that occurs. */
  finish(): Extract<LevelSource, { kind: "categorical" }> {
    const levels = this.#agrees ? (this.#levels ?? []) : sortLevels(this.#levels ?? []);
    const byLevel = codesByLevel(levels);
    return { kind: "categorical", levels, codes: Int32Array.from(this.#occurring, (level) => byLevel.get(level)!) };
  }
}

/** The different numbers of an expression that comes in pieces. */
export class NumberUnion {
  readonly #numbers: Set<number> = new Set();

  add(values: Float64Array): void {
    for (let row = 0; row < values.length; row++) this.#numbers.add(values[row]);
  }

  finish(): LevelSource {
    return { kind: "numeric", values: Float64Array.from(this.#numbers) };
  }
}
