import { InputError } from "../../errors.ts";
import type { Matrix, TableLike } from "../../table/index.ts";
import { countTrees, type EncodedRows, type TreeEnsemble } from "../../trees/index.ts";
import type { AttributionIndex } from "../attribution-indexes.ts";
import { readWeights } from "../background-weights.ts";
import type { BackgroundSummary } from "../explanation.ts";
import { checkCovers } from "./check-covers.ts";
import { codeColumns, type ColumnCoding } from "./engine/coded-columns.ts";
import { chooseTreePlayers, type TreePlayers } from "./tree-players.ts";
import { compileTree, type TreeProgram } from "./engine/tree-program.ts";
import type { TreeShapOptions } from "./tree-shap.ts";

/** Players on one path, at most: beyond it the quadrature needs more than 512 nodes. */
const MOST_PLAYERS = 1024;

/** The rows that stand for absence. */
export interface TreeBackground {
  readonly rows: EncodedRows;
  /** One a row, not negative; any scale. */
  readonly weights: Float64Array;
}

/** Everything that is known before the first row comes: what is explained, to whom it is credited and against what. */
export interface TreeGame {
  readonly ensemble: TreeEnsemble;
  readonly players: TreePlayers;
  readonly coding: ColumnCoding;
  /** One a tree and value of a leaf. */
  readonly programs: readonly TreeProgram[];
  /** null in the path-dependent game. */
  readonly background: TreeBackground | null;
  /** On the raw scale; one an output. */
  readonly baseValues: Float64Array;
  readonly index: AttributionIndex;
}

/** A game against background rows. */
export type InterventionalGame = TreeGame & { readonly background: TreeBackground };

/** @param options - checked */
export function prepareGame(ensemble: TreeEnsemble, options: TreeShapOptions): TreeGame {
  const players = chooseTreePlayers(ensemble, options.groups);
  const background = options.background === undefined ? null : readBackground(ensemble, options.background, options.backgroundWeights);
  const coding = codeColumns(ensemble.nodes);
  const programs = compileTrees(ensemble, coding, players.playerOf);
  if (!background) checkCovers(ensemble, programs);
  const baseValues = background ? meanPrediction(ensemble, background) : expectedValues(ensemble, programs);
  return { ensemble, players, coding, programs, background, baseValues, index: options.index ?? "shapley" };
}

function compileTrees(ensemble: TreeEnsemble, coding: ColumnCoding, playerOf: Int32Array): TreeProgram[] {
  const { nodes } = ensemble;
  const programs: TreeProgram[] = [];
  for (let tree = 0; tree < countTrees(nodes); tree++) {
    for (let part = 0; part < nodes.leafWidth; part++) programs.push(compileTree(nodes, coding, tree, part, playerOf));
  }
  const widest = programs.reduce((most, { mostPlayers }) => Math.max(most, mostPlayers), 0);
  if (widest > MOST_PLAYERS) {
    throw new InputError({
      call: "treeShap",
      argument: "ensemble",
      expected: `a model with at most ${MOST_PLAYERS} different features on one path`,
      received: `a path with ${widest}`,
      mend: "Train shallower trees, or put features together with `groups`.",
    });
  }
  return programs;
}

function readBackground(ensemble: TreeEnsemble, data: TableLike | Matrix, weights: ArrayLike<number> | undefined): TreeBackground {
  const rows = ensemble.encode(data, "treeShap background");
  return { rows, weights: readWeights("treeShap", rows.numRows, weights) };
}

/** What an explanation says of its background. */
export function summarizeBackground({ rows, weights }: TreeBackground): BackgroundSummary {
  return { numRows: rows.numRows, totalWeight: weights.reduce((sum, weight) => sum + weight, 0) };
}

/** Base value of the interventional game: the mean raw prediction over the background. */
function meanPrediction(ensemble: TreeEnsemble, { rows, weights }: TreeBackground): Float64Array {
  const predictions = ensemble.sumLeaves(rows);
  const means = new Float64Array(ensemble.outputNames.length);
  let total = 0;
  weights.forEach((weight, i) => {
    total += weight;
    for (let output = 0; output < means.length; output++) means[output] += weight * predictions[i * means.length + output];
  });
  return means.map((sum) => sum / total);
}

/** Base value of the path-dependent game: base score and mean leaf of each tree by cover. */
function expectedValues(ensemble: TreeEnsemble, programs: readonly TreeProgram[]): Float64Array {
  const sums = Float64Array.from(ensemble.baseScores);
  for (const { output, expectedValue } of programs) sums[output] += expectedValue;
  return sums;
}
