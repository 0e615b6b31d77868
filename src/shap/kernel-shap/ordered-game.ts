import { createRandom, type Random } from "../../numeric/index.ts";
import { mixSeeds } from "./design-cache.ts";
import { addPlayer, complement, countWords, hasPlayer } from "./coalition-bits.ts";
import type { Task } from "./evaluate-tasks.ts";
import type { GameEnds } from "./game-ends.ts";
import { valueCoalition, type CoalitionValue } from "./game-value.ts";
import type { Game } from "./games.ts";
import type { HierarchyNode } from "./hierarchy.ts";
import { drawOrdering, planOwen, type OwenPlan } from "./orderings.ts";
import type { GameEstimate } from "./paired-regression.ts";

/** Tells the orderings' random numbers from those of designs. */
const STREAM = 0x0e4d;
/** Orderings that are evaluated at once. */
const AT_ONCE = 64;

/**
 * A game whose values are means over orderings of its players that keep to a hierarchy: each is gone through forwards and backwards, so that
 * effects of pairs are exact at once. Where all coalitions of the hierarchy are within reach they are evaluated instead: Owen's values exactly.
 *
 * @see Mitchell et al. (2022), arXiv:2104.12199 (antithetic permutations); Castro et al. (2009), doi:10.1016/j.cor.2008.04.004
 */
export class OrderedGame {
  numOrderings: number = 0;
  readonly plan: OwenPlan | null;
  private isPlanned = false;
  private readonly tree: HierarchyNode;
  private readonly numPlayers: number;
  private readonly random: Random;
  /** Of the marginal contributions, the mean of both directions; players × outputs. */
  private sums = new Float64Array(0);
  private squares = new Float64Array(0);
  /** The share of each source in the sums; empty for a single source. */
  private sourceSums: Float64Array[] = [];

  constructor(tree: HierarchyNode, numPlayers: number, seed: number, budget: number) {
    this.tree = tree;
    this.numPlayers = numPlayers;
    this.plan = planOwen(tree, numPlayers, budget);
    this.random = createRandom(mixSeeds(seed, STREAM, numPlayers));
  }

  /** Whether there is nothing left to evaluate. */
  get isExact(): boolean {
    return this.isPlanned;
  }

  /** What to evaluate so that as many coalitions have been as `coalitions` says. */
  *tasks(game: Game, ends: GameEnds, coalitions: number): Generator<Task> {
    if (this.plan) {
      if (!this.isPlanned) yield this.planTask(game, this.plan, ends);
      return;
    }
    const target = Math.max(2, Math.floor((coalitions - 2) / (2 * (this.numPlayers - 1))));
    while (this.numOrderings < target) {
      const orderings = Array.from({ length: Math.min(AT_ONCE, target - this.numOrderings) }, () => drawOrdering(this.tree, this.random));
      this.numOrderings += orderings.length;
      yield this.orderingTask(game, orderings, ends);
    }
  }

  /** Values and the variances of their means. */
  estimate(): GameEstimate {
    const count = this.isPlanned ? 1 : this.numOrderings;
    const values = this.sums.map((sum) => sum / count);
    const variances = this.isPlanned
      ? new Float64Array(values.length)
      : this.squares.map((square, i) => Math.max(0, square / count - values[i] ** 2) / (count - 1));
    return { values, variances, misfit: this.isPlanned ? 0 : 1, degreesOfFreedom: Math.max(1, count - 1) };
  }

  /** The part of each source in the values. */
  sourceValues(): Float64Array[] {
    const count = this.isPlanned ? 1 : this.numOrderings;
    return this.sourceSums.map((sums) => sums.map((sum) => sum / count));
  }

  private planTask(game: Game, plan: OwenPlan, { empty, full }: GameEnds): Task {
    const words = countWords(this.numPlayers);
    const size = (coalition: number): number => {
      let count = 0;
      for (let i = 0; i < this.numPlayers; i++) count += hasPlayer(plan.masks, coalition * words, i) ? 1 : 0;
      return count;
    };
    // The ends are known.
    const asked = Array.from({ length: plan.numCoalitions }, (_, i) => i).filter((i) => size(i) > 0 && size(i) < this.numPlayers);
    return {
      row: game.row,
      sources: game.sources,
      numCoalitions: asked.length,
      writeCoalition: (index, mask) => spreadPlayers(game, plan.masks, asked[index] * words, this.numPlayers, mask),
      take: (answers, outputs) => {
        this.makeRoom(game, outputs);
        const stride = game.sources.length * outputs;
        const values = Array.from({ length: plan.numCoalitions }, (_, i) => (size(i) === 0 ? empty : full));
        asked.forEach((coalition, i) => (values[coalition] = valueCoalition(game, answers, i * stride, outputs)));
        plan.factors.forEach((factor, i) => {
          const { value, shares } = values[plan.coalitions[i]];
          this.add(plan.players[i], factor, value, shares, outputs);
        });
        this.isPlanned = true;
      },
    };
  }

  private orderingTask(game: Game, orderings: readonly (readonly number[])[], ends: GameEnds): Task {
    const n = this.numPlayers;
    const words = countWords(n);
    const own = new Uint32Array(words);
    return {
      row: game.row,
      sources: game.sources,
      numCoalitions: orderings.length * 2 * (n - 1),
      writeCoalition: (index, mask) => {
        const ordering = orderings[Math.floor(index / (2 * (n - 1)))];
        const step = index % (2 * (n - 1));
        own.fill(0);
        for (let i = 0; i <= step >> 1; i++) addPlayer(own, 0, ordering[i]);
        if (step & 1) complement(own, 0, n);
        spreadPlayers(game, own, 0, n, mask);
      },
      take: (answers, outputs) => {
        this.makeRoom(game, outputs);
        const stride = game.sources.length * outputs;
        orderings.forEach((ordering, o) => {
          const at = (step: number): CoalitionValue => valueCoalition(game, answers, (o * 2 * (n - 1) + step) * stride, outputs);
          this.takeOrdering(ordering, at, ends, outputs);
        });
      },
    };
  }

  /** Adds the marginal contributions along an ordering and along its reverse, whose coalitions are the complements. */
  private takeOrdering(
    ordering: readonly number[],
    at: (step: number) => CoalitionValue,
    { empty, full }: GameEnds,
    outputs: number,
  ): void {
    const n = ordering.length;
    let [before, beforeComplement] = [empty, full];
    for (let place = 0; place < n; place++) {
      const after = place === n - 1 ? full : at(2 * place);
      const afterComplement = place === n - 1 ? empty : at(2 * place + 1);
      const step = (pick: (value: CoalitionValue) => Float64Array): Float64Array =>
        pick(after).map((value, i) => (value - pick(before)[i] + pick(beforeComplement)[i] - pick(afterComplement)[i]) / 2);
      const value = step((one) => one.value);
      this.add(
        ordering[place],
        1,
        value,
        step((one) => one.shares),
        outputs,
      );
      value.forEach((own, output) => (this.squares[ordering[place] * outputs + output] += own * own));
      [before, beforeComplement] = [after, afterComplement];
    }
  }

  private add(player: number, factor: number, value: Float64Array, shares: Float64Array, outputs: number): void {
    for (let output = 0; output < outputs; output++) {
      this.sums[player * outputs + output] += factor * value[output];
      this.sourceSums.forEach((sums, i) => (sums[player * outputs + output] += factor * shares[i * outputs + output]));
    }
  }

  private makeRoom(game: Game, outputs: number): void {
    const length = this.numPlayers * outputs;
    if (this.sums.length === length) return;
    this.sums = new Float64Array(length);
    this.squares = new Float64Array(length);
    if (game.sources.length > 1 && game.sources === game.baseSources)
      this.sourceSums = Array.from(game.sources, () => new Float64Array(length));
  }
}

/** A coalition in a game's numbering as one among all players. */
function spreadPlayers(game: Game, masks: Uint32Array, start: number, numPlayers: number, mask: Uint32Array): void {
  mask.fill(0);
  for (let i = 0; i < numPlayers; i++) if (hasPlayer(masks, start, i)) addPlayer(mask, 0, game.players[i]);
}
