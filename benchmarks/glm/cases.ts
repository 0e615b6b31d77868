import type { DataSet, ResponseName } from "./make-data.ts";

/** What fits the same regression beside vitrine. */
export type PeerName = "R" | "statsmodels" | "glum" | "glumErrors";

/** A regression to time. */
export interface FitCase {
  readonly title: string;
  readonly data: DataSet;
  readonly response: ResponseName;
  readonly useColumns: boolean;
  readonly useFactors: boolean;
  /** Fits that are timed together, where one is too short for a clock. */
  readonly repeats: number;
  /** Rounds that each peer takes part in; vitrine takes part in all. */
  readonly rounds: Readonly<Partial<Record<PeerName, number>>>;
}

/** An elastic-net path to time. */
export interface PathCase {
  readonly family: "gaussian" | "binomial" | "poisson";
  readonly data: DataSet;
  readonly rounds: number;
}

const million: DataSet = { name: "glm-million", numRows: 1_000_000, numColumns: 20, levels: [50, 200, 1000] };
const middle: DataSet = { name: "glm-middle", numRows: 10_000, numColumns: 10, levels: [] };
const small: DataSet = { name: "glm-small", numRows: 150, numColumns: 5, levels: [] };
const wide: DataSet = { name: "glm-wide", numRows: 100_000, numColumns: 100, levels: [] };

const dense = { response: "poisson", useColumns: true, useFactors: false } as const;

/** The slow peers take part in as many rounds as patience allows. */
export const fitCases: readonly FitCase[] = [
  {
    title: "1,000,000 rows, 20 dense columns",
    data: million,
    ...dense,
    repeats: 1,
    rounds: { R: 2, statsmodels: 2, glum: 7, glumErrors: 7 },
  },
  {
    title: "the same rows, 20 dense columns and factors of 50, 200 and 1,000 levels",
    data: million,
    response: "poissonOfFactors",
    useColumns: true,
    useFactors: true,
    repeats: 1,
    rounds: { glum: 3, glumErrors: 3 },
  },
  {
    title: "the same rows, the three factors alone",
    data: million,
    response: "poissonOfFactors",
    useColumns: false,
    useFactors: true,
    repeats: 1,
    rounds: { glum: 3, glumErrors: 3 },
  },
  {
    title: "10,000 rows, 10 dense columns",
    data: middle,
    ...dense,
    repeats: 20,
    rounds: { R: 5, statsmodels: 5, glum: 5, glumErrors: 5 },
  },
  { title: "150 rows, 5 dense columns", data: small, ...dense, repeats: 100, rounds: { R: 5, statsmodels: 5, glum: 5, glumErrors: 5 } },
];

export const pathCases: readonly PathCase[] = (["gaussian", "binomial", "poisson"] as const).map((family) => ({
  family,
  data: wide,
  rounds: 3,
}));
