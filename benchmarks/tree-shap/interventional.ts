import { treeShap } from "vitrine/shap";
import type { Plan } from "./cases.ts";
import { countLeaves, firstRows, openLightgbm, readDoubles } from "./models.ts";
import { PEERS, type Peer, type PeerName } from "./peers.ts";
import type { InterventionalResult, PeerResult } from "./results.ts";
import { comparePeer, enter, leftOut, takeTurns, type Contestant } from "./rounds.ts";

/** shap goes through rows × background: so many pairs of them a round, and no background beyond. */
const SHAP_PAIRS = 10_000;
const SHAP_BACKGROUND = 1000;
/** Peers hold thresholds, leaves or values in single precision. */
const AGREEMENT = 1e-2;

/** Vitrine, shap and woodelf against a background of this size. */
export async function runInterventionalCase(
  peers: Readonly<Record<PeerName, Peer>>,
  { interventional: { model, rows }, secondsPerCase }: Plan,
  size: number,
  note: (text: string) => void,
): Promise<InterventionalResult> {
  const ensemble = await openLightgbm(peers.lightgbm, model);
  const data = firstRows(readDoubles("explained.x"), rows);
  const background = firstRows(readDoubles("background.x"), size);
  const explainer = treeShap(ensemble, { background });
  const own = {
    rows,
    numLeaves: countLeaves(ensemble),
    values: explainer.explain(data).values,
    explain: () => void explainer.explain(data),
    fresh: () => void treeShap(ensemble, { background }).explain(data),
  };
  const contestants: Contestant[] = [];
  const found: Partial<Record<PeerName, PeerResult>> = {};
  for (const name of ["shap", "woodelf"] as const) {
    if (name === "shap" && size > SHAP_BACKGROUND) continue;
    const left = (why: string): void => {
      found[name] = leftOut(why);
      note(`${PEERS[name].title} with ${size} background rows: ${why}`);
    };
    const some = name === "shap" ? Math.max(1, Math.min(rows, Math.floor(SHAP_PAIRS / size))) : rows;
    const contestant = await enter(
      peers[name],
      own,
      { model: model.name, rows: some, background: "background", of: size },
      left,
      AGREEMENT,
    );
    if (contestant !== null) contestants.push(contestant);
  }
  const measured = await takeTurns([own], contestants, secondsPerCase);
  for (const each of contestants) found[each.peer.name] = comparePeer(measured, each);
  const times = measured.own.get(own) ?? { warm: Number.NaN, fresh: Number.NaN };
  return {
    background: size,
    rows,
    microseconds: (times.warm * 1e6) / rows,
    buildSeconds: Math.max(0, times.fresh - times.warm),
    peers: found,
  };
}
