import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import type { DifferentiableModel, Predictor } from "../../predictors/index.ts";
import type { Matrix, Table, TableLike } from "../../table/index.ts";
import { readWeights } from "../background-weights.ts";
import { choosePlayers, type Players } from "../players.ts";
import { readRows } from "../rows-and-outputs.ts";

/** A model as a function that can also be differentiated: what `tensorflowPredictor` makes. */
export type DifferentiablePredictor = Predictor & { readonly differentiable: DifferentiableModel };

/** Options of {@link gradientShap}. */
export interface GradientShapOptions {
  /** The rows that stand for "feature absent". */
  readonly background: TableLike | Matrix;
  /** A weight for each background row, not negative. @defaultValue all equal */
  readonly backgroundWeights?: ArrayLike<number>;
  /** Features to treat as one. Others stay alone. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Names of the model's outputs. @defaultValue `output`, or `output 0`, `output 1`, … */
  readonly outputNames?: readonly string[];
  /** Most points at which the model is differentiated, for each explained row. @defaultValue two for each background row, from 256 to 2048 */
  readonly samples?: number;
  /** A whole number from 0 to 2^32 - 1: the same seed, the same values. @defaultValue 0 */
  readonly seed?: number;
}

/** Options, checked and filled in. */
export interface Settings {
  readonly predict: DifferentiablePredictor;
  /** Background rows that weigh something. */
  readonly background: Table;
  /** Of sum 1. */
  readonly weights: Float64Array;
  readonly described: { readonly numRows: number; readonly totalWeight: number };
  readonly players: Players;
  readonly outputNames: readonly string[] | undefined;
  readonly numPairs: number;
  readonly seed: number;
}

const CALL = "gradientShap";

/** @throws InputError for what is no differentiable predictor, and for wrong options */
export function readSettings(predict: DifferentiablePredictor, options: GradientShapOptions): Settings {
  if (typeof predict !== "function" || typeof predict.differentiable?.gradientsAt !== "function") {
    const mend = "Write gradientShap(tensorflowPredictor(model), { background }); any other model is explained by kernelShap.";
    throw fail("predict", "a predictor that tensorflowPredictor made", predict, mend);
  }
  if (typeof options !== "object" || options === null) throw fail("options", "an object with background", options, "Pass { background }.");
  refuseUnknownOptions(CALL, options, ["background", "backgroundWeights", "groups", "outputNames", "samples", "seed"]);
  const all = readRows(options.background, `${CALL} background`);
  const given = readWeights(CALL, all.numRows, options.backgroundWeights);
  const kept = Array.from(given.keys()).filter((row) => given[row] > 0);
  const totalWeight = given.reduce((sum, weight) => sum + weight, 0);
  return {
    predict,
    background: all.take(kept),
    weights: Float64Array.from(kept, (row) => given[row] / totalWeight),
    described: { numRows: all.numRows, totalWeight },
    players: choosePlayers(CALL, all.columnNames, options.groups),
    outputNames: options.outputNames,
    numPairs: choosePairs(options.samples, kept.length),
    seed: readSeed(options.seed ?? 0),
  };
}

function fail(argument: string, expected: string, received: unknown, mend: string): InputError {
  return new InputError({ call: CALL, argument, expected, received: describeReceived(received), mend });
}

function readSeed(seed: number): number {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw fail("seed", "a whole number from 0 to 4294967295", seed, "Leave it out for 0.");
}

/** A multiple of the background's rows where there are pairs enough: then every row has its own. */
function choosePairs(samples: number | undefined, numRows: number): number {
  if (samples !== undefined && !(Number.isSafeInteger(samples) && samples >= 16)) {
    throw fail(
      "samples",
      "a whole number of at least 16, which is what honest standard errors take",
      samples,
      "Leave it out for the default.",
    );
  }
  if (samples === undefined) return numRows <= 1024 ? numRows * Math.ceil(128 / numRows) : 1024;
  const pairs = Math.floor(samples / 2);
  return pairs >= numRows ? pairs - (pairs % numRows) : pairs;
}
