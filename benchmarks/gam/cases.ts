/** Rows that all engines read from the same files: columns one after the other. */
export interface DataSet {
  readonly name: string;
  readonly numRows: number;
  readonly numColumns: number;
}

/** What fits the same model beside vitrine: mgcv's `gam(method = "REML")`, or its `bam(discrete = TRUE)`. */
type PeerName = "gam" | "bam";

/** A model of six cubic regression splines of ten functions each, to time. */
export interface GamCase {
  readonly title: string;
  readonly data: DataSet;
  readonly family: "gaussian" | "poisson" | "binomial";
  readonly peer: PeerName;
  /** Fits that are timed together, where one is too short for a clock. */
  readonly repeats: number;
  readonly rounds: { readonly vitrine: number; readonly peer: number };
}

/** A fit from chunks, of which the peak memory is measured. */
export interface ChunkCase {
  readonly title: string;
  readonly numRows: number;
  readonly numColumns: number;
  readonly rowsPerChunk: number;
  readonly family: "gaussian" | "poisson";
}

const NUM_SMOOTHS = 6;
const dataOf = (name: string, numRows: number): DataSet => ({ name: `gam-${name}`, numRows, numColumns: NUM_SMOOTHS });
const small = dataOf("small", 10_000);
const middle = dataOf("middle", 100_000);
const million = dataOf("million", 1_000_000);

export const gamCases: readonly GamCase[] = [
  { title: "10,000 rows, gaussian", data: small, family: "gaussian", peer: "gam", repeats: 5, rounds: { vitrine: 7, peer: 3 } },
  { title: "10,000 rows, poisson", data: small, family: "poisson", peer: "gam", repeats: 2, rounds: { vitrine: 7, peer: 3 } },
  { title: "10,000 rows, binomial", data: small, family: "binomial", peer: "gam", repeats: 2, rounds: { vitrine: 7, peer: 3 } },
  { title: "100,000 rows, gaussian", data: middle, family: "gaussian", peer: "bam", repeats: 1, rounds: { vitrine: 7, peer: 7 } },
  { title: "100,000 rows, poisson", data: middle, family: "poisson", peer: "bam", repeats: 1, rounds: { vitrine: 5, peer: 5 } },
  { title: "1,000,000 rows, gaussian", data: million, family: "gaussian", peer: "bam", repeats: 1, rounds: { vitrine: 5, peer: 5 } },
  { title: "1,000,000 rows, poisson", data: million, family: "poisson", peer: "bam", repeats: 1, rounds: { vitrine: 3, peer: 3 } },
];

export const chunkCase: ChunkCase = {
  title: "10,000,000 rows in chunks of 250,000, poisson",
  numRows: 10_000_000,
  numColumns: NUM_SMOOTHS,
  rowsPerChunk: 250_000,
  family: "poisson",
};

/** The formula, which R reads as well. */
export function formulaOf({ numColumns }: Pick<DataSet, "numColumns">): string {
  return `y ~ ${Array.from({ length: numColumns }, (_, j) => `s(x${j}, bs = "cr", k = 10)`).join(" + ")}`;
}
