import { countWords, addPlayer } from "./coalition-bits.ts";
import type { Job, ModelRunner } from "./model-runner.ts";
import type { SyntheticRows } from "./synthetic-rows.ts";

/** What the model says of whole rows: before anything is sampled. */
export interface WholeRowAnswers {
  /** Of the explained rows; rows × outputs. */
  readonly predictions: Float64Array;
  /** Of the background rows; rows × outputs. */
  readonly bases: Float64Array;
  /** Largest difference between two answers to the same rows, as a share of the spread of the answers; 0 for a model that repeats itself. */
  readonly noise: number;
}

/** Rows that are asked about twice. */
const REPEATED_ROWS = 8;

interface Whole {
  readonly rows: SyntheticRows;
  readonly runner: ModelRunner;
  readonly numPlayers: number;
  readonly maxBatchRows: number;
}

/** Asks the model about every explained row and every background row once, and about a few again. */
export async function askWholeRows(whole: Whole, numExplained: number, numBackground: number): Promise<WholeRowAnswers> {
  const predictions = await ask(whole, numExplained, true);
  const bases = await ask(whole, numBackground, false);
  const again = await ask(whole, Math.min(numExplained, REPEATED_ROWS), true);
  let [low, high, largest] = [Infinity, -Infinity, 0];
  for (const value of [predictions, bases].flatMap((all) => [...all])) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  again.forEach((value, i) => (largest = Math.max(largest, Math.abs(value - predictions[i]))));
  return { predictions, bases, noise: largest === 0 ? 0 : largest / Math.max(high - low, Number.MIN_VALUE) };
}

async function ask({ rows, runner, numPlayers, maxBatchRows }: Whole, count: number, explained: boolean): Promise<Float64Array> {
  const words = countWords(numPlayers);
  const full = new Uint32Array(words);
  if (explained) for (let player = 0; player < numPlayers; player++) addPlayer(full, 0, player);
  let answers = new Float64Array(0);
  function* batches(): Generator<Job> {
    for (let first = 0; first < count; first += maxBatchRows) {
      const length = Math.min(maxBatchRows, count - first);
      const places = Int32Array.from({ length }, (_, i) => first + i);
      const still = new Int32Array(length);
      const masks = new Uint32Array(length * words);
      for (let i = 0; i < length; i++) masks.set(full, i * words);
      const batch = rows.make({ length, rows: explained ? places : still, sources: explained ? still : places, masks });
      yield {
        batch,
        deliver: (found) => {
          if (answers.length === 0) answers = new Float64Array(count * runner.numOutputs);
          answers.set(found, first * runner.numOutputs);
        },
      };
    }
  }
  await runner.runAll(batches());
  return answers;
}
