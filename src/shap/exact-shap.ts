import { InputError, describeReceived, refuseUnknownOptions } from "../errors.ts";
import type { Matrix, Table, TableLike } from "../table/index.ts";
import { explainChecked } from "./additivity.ts";
import { readWeights } from "./background-weights.ts";
import type { Explanation } from "./explanation.ts";
import { MaskedRows } from "./masked-rows.ts";
import { choosePlayers, type Players } from "./players.ts";
import { nameOutputs, readRows } from "./rows-and-outputs.ts";

/** What a model is told beside the rows. */
export interface PredictContext {
  /** Says when the answer is no longer wanted. */
  readonly signal?: AbortSignal;
}

/** A model as a function: a batch of rows in, predictions (rows × outputs, row-major) out. */
export type PredictFunction = (batch: Table, context?: PredictContext) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** Options of {@link exactShap}. */
export interface ExactShapOptions {
  /** The rows that stand for "feature absent". */
  readonly background: TableLike | Matrix;
  /** A weight for each background row, not negative. @defaultValue all equal */
  readonly backgroundWeights?: ArrayLike<number>;
  /** Features to treat as one. Others stay alone. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Names of the model's outputs. @defaultValue `output`, or `output 0`, `output 1`, … */
  readonly outputNames?: readonly string[];
}

/** Explains rows by full enumeration. */
export interface ExactShapExplainer {
  explain(data: TableLike | Matrix): Promise<Explanation>;
}

/** Players that enumeration takes on: 2^20 coalitions a row. */
const MOST_PLAYERS = 20;
/** Rows sent to the model at once. */
const BATCH_ROWS = 8192;

/**
 * Exact Shapley values of any model by enumerating all 2^g coalitions of its g features or groups: slow and obvious, the oracle that faster
 * explainers are tested against. One row costs 2^g times the background's rows of model evaluations.
 * @param predict - maps a table of m rows to m × outputs numbers; may be asynchronous
 * @throws InputError for more than 20 players, or when the model returns something other than finite numbers, the same count for every row
 * @see Shapley (1953), doi:10.1515/9781400881970-018; Lundberg & Lee (2017), arXiv:1705.07874, equation 8
 */
export function exactShap(predict: PredictFunction, options: ExactShapOptions): ExactShapExplainer {
  checkArguments(predict, options);
  refuseUnknownOptions("exactShap", options, ["background", "backgroundWeights", "groups", "outputNames"]);
  const background = readRows(options.background, "exactShap background");
  const weights = readWeights("exactShap", background.numRows, options.backgroundWeights);
  const players = choosePlayers("exactShap", background.columnNames, options.groups);
  const count = players.features.length;
  if (count > MOST_PLAYERS) {
    throw new InputError({
      call: "exactShap",
      argument: "background",
      expected: `a table of at most ${MOST_PLAYERS} columns or groups`,
      received: `${count}`,
      mend: "Put columns together with `groups`, or explain a tree ensemble with treeShap.",
    });
  }
  return { explain: async (data) => explainRows(predict, options, background, weights, players, readRows(data, "exactShap.explain")) };
}

function fail(argument: string, expected: string, received: unknown, mend: string): InputError {
  return new InputError({ call: "exactShap", argument, expected, received: describeReceived(received), mend });
}

function checkArguments(predict: unknown, options: unknown): void {
  if (typeof predict !== "function") {
    throw fail("predict", "a function from a table to predictions", predict, "For a TreeEnsemble write (batch) => model.predict(batch).");
  }
  if (typeof options !== "object" || options === null) throw fail("options", "an object with background", options, "Pass { background }.");
}

async function explainRows(
  predict: PredictFunction,
  options: ExactShapOptions,
  background: Table,
  weights: Float64Array,
  players: Players,
  data: Table,
): Promise<Explanation> {
  const masked = new MaskedRows("exactShap.explain", data, background);
  const rows = data.select(background.columnNames);
  const count = players.features.length;
  const games: Float64Array[] = [];
  for (let row = 0; row < rows.numRows; row++) games.push(await playGame(predict, masked, row, weights, players));
  const outputs = games[0].length / 2 ** count;
  const values = Float64Array.from(games.flatMap((game) => Array.from(shapleyValues(game, count, outputs))));
  const pick = (coalition: number): Float64Array =>
    Float64Array.from(games.flatMap((game) => Array.from(game.subarray(coalition * outputs, (coalition + 1) * outputs))));
  return explainChecked({
    values,
    baseValues: pick(0),
    predictions: pick(2 ** count - 1),
    data: rows,
    features: players.describe(rows),
    outputNames: nameOutputs("exactShap", options.outputNames, outputs),
    scale: "response",
    units: "",
    method: "exact-enumeration",
    background: { numRows: background.numRows, totalWeight: weights.reduce((sum, weight) => sum + weight, 0) },
    warnings: [],
  });
}

/** v(S) for every coalition S (bit j of the index: player j takes part): 2^g × outputs. */
async function playGame(
  predict: PredictFunction,
  masked: MaskedRows,
  row: number,
  weights: Float64Array,
  players: Players,
): Promise<Float64Array> {
  const size = 2 ** players.features.length;
  const atOnce = Math.max(1, Math.floor(BATCH_ROWS / weights.length));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let game = new Float64Array(0);
  for (let first = 0; first < size; first += atOnce) {
    const coalitions = Array.from({ length: Math.min(atOnce, size - first) }, (_, i) => first + i);
    const batch = masked.make(
      coalitions.map((set) => ({ row, present: Array.from(players.playerOf, (player) => ((set >> player) & 1) === 1) })),
    );
    const predictions = checkPredictions(await predict(batch), batch.numRows);
    const outputs = predictions.length / batch.numRows;
    if (game.length === 0) game = new Float64Array(size * outputs);
    coalitions.forEach((set, i) => {
      weights.forEach((weight, b) => {
        for (let o = 0; o < outputs; o++) game[set * outputs + o] += (weight / total) * predictions[(i * weights.length + b) * outputs + o];
      });
    });
  }
  return game;
}

/** Shapley's formula over the whole game: players × outputs. */
function shapleyValues(game: Float64Array, count: number, outputs: number): Float64Array {
  const values = new Float64Array(count * outputs);
  const weights = [1 / count];
  for (let s = 1; s < count; s++) weights.push((weights[s - 1] * s) / (count - s));
  for (let set = 0; set < 2 ** count; set++) {
    const weight = weights[countBits(set)];
    for (let j = 0; j < count; j++) {
      if ((set >> j) & 1) continue;
      const joined = set | (1 << j);
      for (let o = 0; o < outputs; o++) values[j * outputs + o] += weight * (game[joined * outputs + o] - game[set * outputs + o]);
    }
  }
  return values;
}

function countBits(set: number): number {
  let bits = 0;
  for (let rest = set; rest; rest &= rest - 1) bits++;
  return bits;
}

function checkPredictions(found: ArrayLike<number>, numRows: number): ArrayLike<number> {
  const outputs = found.length / numRows;
  const wrong = Array.prototype.findIndex.call(found, (value: unknown) => typeof value !== "number" || !Number.isFinite(value)) as number;
  if (Number.isInteger(outputs) && outputs > 0 && wrong < 0) return found;
  throw new InputError({
    call: "exactShap",
    argument: "predict",
    expected: `a function that returns finite numbers, the same count for each of ${numRows} rows`,
    received: wrong >= 0 ? String(found[wrong]) : `${found.length} numbers`,
    ...(wrong >= 0 ? { where: `position ${wrong}` } : {}),
    mend: "Return rows × outputs numbers, row after row.",
  });
}
