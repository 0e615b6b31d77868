import { DesignCache } from "../../kernel-shap/design-cache.ts";
import { countDesigns, openGame, type Game } from "../../kernel-shap/games.ts";
import { findLink } from "../../kernel-shap/value-link.ts";
import type { ExplainedOutput } from "./explained-output.ts";
import type { RowMixer } from "./row-mixer.ts";
import type { SamplingSettings } from "./sampling-options.ts";
import { shapleyOfTable } from "./shapley-of-table.ts";

/** Players that differ between two rows up to which all their coalitions are evaluated: as dear as some 2,000 sampled coalitions of 100 trees. */
const ENUMERATED_PLAYERS = 16;
/** Doubles of one table of coalitions, at most: 128 MiB. */
const MOST_CELLS = 2 ** 24;

/** Makes the games of explained rows: one a background row, whose values are known where few players differ. */
export class ResponseGames {
  private readonly mixer: RowMixer;
  private readonly output: ExplainedOutput;
  private readonly numPlayers: number;
  private readonly sampling: SamplingSettings;
  private readonly designs: DesignCache;
  private readonly link = findLink("treeShap.explain", "identity");

  constructor(mixer: RowMixer, output: ExplainedOutput, numPlayers: number, sampling: SamplingSettings) {
    this.mixer = mixer;
    this.output = output;
    this.numPlayers = numPlayers;
    this.sampling = sampling;
    this.designs = new DesignCache(sampling.seed);
  }

  /** The games of the mixer's row. */
  open(row: number): Game[] {
    const games: Game[] = [];
    const wide: { source: number; players: Int32Array }[] = [];
    this.mixer.weights.forEach((_, source) => {
      const players = this.mixer.differences(source);
      if (this.canEnumerate(players.length)) games.push(this.enumerateGame(row, source, players));
      else wide.push({ source, players });
    });
    return [...games, ...this.openWide(row, wide)];
  }

  private canEnumerate(players: number): boolean {
    const { outputNames } = this.output;
    const cells = 2 ** players * Math.max(outputNames.length, this.mixer.numOutputs);
    return cells <= MOST_CELLS && (players <= ENUMERATED_PLAYERS || 2 ** players <= this.sampling.budget);
  }

  private enumerateGame(row: number, source: number, players: Int32Array): Game {
    const weight = this.mixer.weights[source];
    const outputs = this.output.outputNames.length;
    const worth = players.length === 0 ? new Float64Array(0) : this.output.apply(this.mixer.enumerate(source, players), row);
    const values = shapleyOfTable(worth, players.length, outputs).map((value) => weight * value);
    return {
      ...this.openGame(row, 0, [source], new Int32Array(0)),
      players,
      known: { values, variances: new Float64Array(values.length), misfit: 0, degreesOfFreedom: 1 },
      settled: true,
    };
  }

  /** Games to sample: background rows share a design where one each would cost too much algebra. */
  private openWide(row: number, wide: readonly { source: number; players: Int32Array }[]): Game[] {
    const count = Math.min(countDesigns({ numPlayers: this.numPlayers, keepsEven: false }), wide.length);
    return Array.from({ length: count }, (_, stream) => {
      const own = wide.filter((__, i) => i % count === stream);
      const players = new Set(own.flatMap((each) => [...each.players]));
      const sources = own.map(({ source }) => source);
      return this.openGame(row, stream, sources, Int32Array.from(players).sort());
    });
  }

  private openGame(row: number, stream: number, all: readonly number[], players: Int32Array): Game {
    const { link, designs, sampling } = this;
    const sources = Int32Array.from(all);
    const weights = Float64Array.from(all, (source) => this.mixer.weights[source]);
    const plan = { link, designs, hierarchy: null, seed: sampling.seed, budget: sampling.budget, keepsEven: false };
    return openGame(row, stream, { sources, weights, baseSources: sources, baseWeights: weights }, players, plan);
  }
}
