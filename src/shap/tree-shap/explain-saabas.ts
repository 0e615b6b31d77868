import { countTrees, goesLeft, type EncodedRows, type TreeNodes } from "../../trees/index.ts";
import { explainChecked } from "../additivity.ts";
import { rowsAtOnce, type RawFindings } from "./explain-raw.ts";
import { prepareLinear } from "./linear/linear-values.ts";
import { joinArrays, makeOnce, type RowWork } from "./row-work.ts";
import type { TreeGame } from "./tree-game.ts";
import { coverShare } from "./engine/tree-program.ts";

/**
 * Saabas values: at each test on a row's way down, the change of the mean leaf value by cover, credited to the feature tested. They add up, but
 * credit features by their order in the tree: a model that depends more on a feature can give it less.
 * @see Saabas (2014), "Interpreting random forests"; Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9, on their inconsistency
 */
export function saabasWork(game: TreeGame): RowWork<Omit<RawFindings, "roundings">> {
  const { ensemble, players, baseValues } = game;
  const means = makeOnce(() => meansOfNodes(ensemble.nodes));
  const openLinear = makeOnce(() => prepareLinear(game));
  return {
    rowsAtOnce: rowsAtOnce(game),
    check: () => undefined,
    compute({ rows }) {
      const values = creditSteps(game, means(), rows);
      return { values: openLinear()?.add(rows, values) ?? values, predictions: ensemble.sumLeaves(rows) };
    },
    assemble(found, { data }) {
      const predictions = joinArrays(found.map((each) => each.predictions));
      return explainChecked({
        values: joinArrays(found.map((each) => each.values)),
        baseValues: predictions.map((_, cell) => baseValues[cell % baseValues.length]),
        predictions,
        data,
        features: players.describe(data),
        outputNames: ensemble.outputNames,
        scale: "raw",
        units: ensemble.link.units,
        index: "saabas",
        method: "tree-saabas",
        background: null,
        warnings: ensemble.warnings,
      });
    },
  };
}

/** Mean leaf values below each node by cover; nodes × leafWidth. */
function meansOfNodes(nodes: TreeNodes): Float64Array {
  const { leafWidth, leafStart, leafValues, left, right, feature } = nodes;
  const means = new Float64Array(feature.length * leafWidth);
  // Parents come before their children.
  for (let i = feature.length - 1; i >= 0; i--) {
    const [toLeft, toRight] = feature[i] < 0 ? [0, 0] : [coverShare(nodes, i, left[i]), coverShare(nodes, i, right[i])];
    for (let k = 0; k < leafWidth; k++) {
      means[i * leafWidth + k] =
        feature[i] < 0 ? leafValues[leafStart[i] + k] : toLeft * means[left[i] * leafWidth + k] + toRight * means[right[i] * leafWidth + k];
    }
  }
  return means;
}

/** Steps of all rows through all trees: rows × players × outputs. */
function creditSteps({ ensemble, players }: TreeGame, means: Float64Array, rows: EncodedRows): Float64Array {
  const { nodes, numOutputs } = ensemble;
  const { feature, left, right, treeStart, treeOutput, leafWidth } = nodes;
  const numPlayers = players.features.length;
  const out = new Float64Array(rows.numRows * numPlayers * numOutputs);
  for (let row = 0; row < rows.numRows; row++) {
    for (let tree = 0; tree < countTrees(nodes); tree++) {
      let node = treeStart[tree];
      while (feature[node] >= 0) {
        const tested = feature[node];
        const child = goesLeft(nodes, node, rows.values[row * rows.numColumns + tested]) ? left[node] : right[node];
        const cell = (row * numPlayers + players.playerOf[tested]) * numOutputs + treeOutput[tree];
        for (let k = 0; k < leafWidth; k++) out[cell + k] += means[child * leafWidth + k] - means[node * leafWidth + k];
        node = child;
      }
    }
  }
  return out;
}
