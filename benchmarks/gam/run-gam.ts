import { resolve } from "node:path";
import { Engine, rscript } from "../engine.ts";
import { median } from "../median.ts";
import { formulaOf, type GamCase } from "./cases.ts";
import { folder, makeData } from "./make-data.ts";

/** What one case measured. */
export interface GamResult {
  readonly title: string;
  readonly peer: GamCase["peer"];
  /** Medians over the rounds. */
  readonly seconds: { readonly vitrine: number; readonly peer: number };
  /** How many times as long as vitrine the peer took: of medians. */
  readonly ratio: number;
  /** The exact criterion less the peer's where both minimise the same one, else null. */
  readonly criterionExcess: number | null;
  /** Largest difference of a linear predictor, in its standard errors. */
  readonly difference: number;
  readonly effectiveDegreesOfFreedom: { readonly vitrine: number; readonly peer: number };
}

interface Answer {
  readonly seconds: number;
  readonly criterion: number;
  readonly edf: number;
  readonly linearPredictor: readonly number[];
  readonly standardErrors: readonly number[];
}

/** In standard errors. mgcv's own tolerance leaves 1e-4 of one; `bam` rounds covariates to other bins, and its criterion is an approximation. */
const AGREEMENT = { gam: 0.01, bam: 0.1 } as const;
/** Of each curve of the formula. */
const NUM_KNOTS = 10;
/** Of the criterion, which mgcv minimises to 1e-6 of its value. */
const EXCESS = 1e-6;

/** Starts mgcv. */
export function startPeer(): Engine {
  return new Engine(rscript, [resolve(import.meta.dirname, "peers.R"), folder]);
}

/** Checks that both find the same curves, then times them in turn. */
export async function runGam(each: GamCase): Promise<GamResult> {
  const { title, data, family, peer, repeats, rounds } = each;
  makeData(data, [family]);
  const own = new Engine(process.execPath, [resolve(import.meta.dirname, "vitrine.mjs"), folder]);
  const other = startPeer();
  for (const engine of [own, other]) await engine.ask({ do: "open", data, family });
  const formula = formulaOf(data);
  // `bam` would place them by a sample of the rows.
  const knots = peer === "bam" ? Array.from({ length: NUM_KNOTS }, (_, k) => k / (NUM_KNOTS - 1)) : null;
  const fitOwn = (times: number): Promise<Answer> =>
    own.ask<Answer>({ do: "fit", formula, family, discretize: peer === "bam", knots, repeats: times });
  const fitPeer = (): Promise<Answer> => other.ask<Answer>({ do: "fit", peer, formula, family, knots, repeats: 1 });
  const found = await fitOwn(1);
  const theirs = await fitPeer();
  const difference = compare(each, found, theirs);
  await fitOwn(repeats); // warm, as the compiled peer is from its first call on
  const seconds: Record<"vitrine" | "peer", number[]> = { vitrine: [], peer: [] };
  for (let round = 0; round < Math.max(rounds.vitrine, rounds.peer); round++) {
    if (round < rounds.vitrine) seconds.vitrine.push((await fitOwn(repeats)).seconds);
    if (round < rounds.peer) seconds.peer.push((await fitPeer()).seconds);
  }
  for (const engine of [own, other]) engine.close();
  const medians = { vitrine: median(seconds.vitrine), peer: median(seconds.peer) };
  return {
    title,
    peer,
    seconds: medians,
    ratio: medians.peer / medians.vitrine,
    criterionExcess: peer === "gam" ? found.criterion - theirs.criterion : null,
    difference,
    effectiveDegreesOfFreedom: { vitrine: found.edf, peer: theirs.edf },
  };
}

/** @returns the largest difference of a linear predictor, in standard errors */
function compare({ title, peer }: GamCase, own: Answer, theirs: Answer): number {
  const difference = own.linearPredictor.reduce(
    (most, value, k) => Math.max(most, Math.abs(value - theirs.linearPredictor[k]) / theirs.standardErrors[k]),
    0,
  );
  if (!(difference < AGREEMENT[peer])) throw new Error(`${title}: the curves differ by ${difference} standard errors`);
  const excess = own.criterion - theirs.criterion;
  if (peer === "gam" && !(excess < EXCESS * Math.abs(theirs.criterion)))
    throw new Error(`${title}: the criterion is ${excess} above mgcv's`);
  return difference;
}
