import { treeShap } from "vitrine/shap";
import type { TreeEnsemble } from "vitrine/trees";
import { COLUMNS, type PathCase, type Plan } from "./cases.ts";
import { countLeaves, firstRows, openLightgbm, openXgboost, readDoubles } from "./models.ts";
import { describeFailure, PEER_NAMES, PEERS, type Peer, type PeerName } from "./peers.ts";
import type { PathResult, PeerResult } from "./results.ts";
import { comparePeer, enter, leftOut, takeTurns, type Contestant, type OwnWork } from "./rounds.ts";

/** Vitrine and all its peers on one shape of model. */
export async function runPathCase(
  peers: Readonly<Record<PeerName, Peer>>,
  shape: PathCase,
  { secondsPerCase }: Plan,
  note: (text: string) => void,
): Promise<PathResult> {
  const ensemble = await openLightgbm(peers.lightgbm, shape);
  const own = ownWork(ensemble, shape.rows);
  const ownXgboost = await xgboostWork(peers.xgboost, shape);
  const contestants: Contestant[] = [];
  const found: Partial<Record<PeerName, PeerResult>> = {};
  for (const name of PEER_NAMES) {
    const left = (why: string): void => {
      found[name] = leftOut(why);
      note(`${PEERS[name].title} of ${shape.trees} trees of depth ${shape.depth}, ${shape.rows} rows: ${why}`);
    };
    const work = name === "xgboost" ? ownXgboost : own;
    if (typeof work === "string") left(work);
    else {
      const rows = Math.max(1, Math.min(shape.rows, Math.floor(PEERS[name].mostCells / work.numLeaves)));
      const contestant = await enter(peers[name], work, { model: shape.name, rows }, left);
      if (contestant !== null) contestants.push(contestant);
    }
  }
  const owns = typeof ownXgboost === "string" ? [own] : [own, ownXgboost];
  const measured = await takeTurns(owns, contestants, secondsPerCase);
  for (const each of contestants) found[each.peer.name] = comparePeer(measured, each);
  const times = measured.own.get(own) ?? { warm: Number.NaN, fresh: Number.NaN };
  const perCell = (seconds: number, work: OwnWork): number => (seconds * 1e9) / work.rows / work.numLeaves;
  const buildSeconds = Math.max(0, times.fresh - times.warm);
  return {
    trees: ensemble.numTrees,
    depth: shape.depth,
    numLeaves: own.numLeaves,
    rows: shape.rows,
    rounds: measured.rounds,
    nanoseconds: perCell(times.warm, own),
    fresh: perCell(times.fresh, own),
    buildSeconds,
    buildRows: Math.round((buildSeconds / times.warm) * shape.rows),
    xgboost:
      typeof ownXgboost === "string"
        ? null
        : { numLeaves: ownXgboost.numLeaves, nanoseconds: perCell(measured.own.get(ownXgboost)?.warm ?? Number.NaN, ownXgboost) },
    peers: found,
  };
}

function ownWork(ensemble: TreeEnsemble, numRows: number, single = false): OwnWork {
  const cells = readDoubles("explained.x").subarray(0, numRows * COLUMNS);
  // XGBoost reads its rows in single precision: both explain the same ones.
  const data = firstRows(single ? cells.map(Math.fround) : cells, numRows);
  const explainer = treeShap(ensemble);
  const { values } = explainer.explain(data);
  return {
    rows: numRows,
    numLeaves: countLeaves(ensemble),
    values,
    explain: () => void explainer.explain(data),
    fresh: () => void treeShap(ensemble).explain(data),
  };
}

/** Vitrine's work on XGBoost's model, or why there is none. */
async function xgboostWork(peer: Peer, shape: PathCase): Promise<OwnWork | string> {
  try {
    return ownWork(await openXgboost(peer, shape), shape.rows, true);
  } catch (error) {
    return describeFailure(error);
  }
}
