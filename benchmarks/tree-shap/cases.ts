/** A model that the benchmark trains, of LightGBM and of XGBoost alike. */
export interface ModelShape {
  readonly name: string;
  readonly trees: number;
  readonly depth: number;
  /** Leaves of a tree at most. */
  readonly leaves: number;
}

/** A model and how many rows of it are explained. */
export interface PathCase extends ModelShape {
  readonly rows: number;
  /** Deep trees have more unique columns on a path than a table of all subsets holds. */
  readonly deep: boolean;
}

/** Columns of the synthetic rows. */
export const COLUMNS = 20;

/** Rows of the file of explained rows, and of background rows. */
export const FILED_ROWS = 100_000;

const depth6 = { name: "depth6", trees: 100, depth: 6, leaves: 63 };
const depth8 = { name: "depth8", trees: 100, depth: 8, leaves: 255 };
const depth8Trees500 = { name: "depth8-trees500", trees: 500, depth: 8, leaves: 255 };
const deep = { name: "depth16-leaves2000", trees: 20, depth: 16, leaves: 2000 };
const small = { name: "quick", trees: 20, depth: 5, leaves: 31 };
const smallDeep = { name: "quick-deep", trees: 3, depth: 14, leaves: 200 };

/** Everything one run measures; `quick` is the same on sizes of a few seconds. */
export interface Plan {
  readonly pathDependent: readonly PathCase[];
  readonly interventional: { readonly model: ModelShape; readonly rows: number; readonly backgrounds: readonly number[] };
  readonly oneRow: readonly ModelShape[];
  readonly linearity: {
    readonly rows: readonly number[];
    readonly trees: ModelShape & { readonly cuts: readonly number[] };
    readonly leaves: readonly ModelShape[];
  };
  readonly threads: { readonly model: ModelShape; readonly rows: number };
  /** Seconds that the rounds of one case take at most, beyond the first three. */
  readonly secondsPerCase: number;
  /** Seconds a peer may take for one answer before it is left out. */
  readonly patience: number;
}

const leafSeries = (leaves: readonly number[], trees: number): readonly ModelShape[] =>
  leaves.map((most) => ({ name: `depth8-leaves${most}-trees${trees}`, trees, depth: 8, leaves: most }));

export const FULL: Plan = {
  pathDependent: [
    { ...depth6, rows: 1000, deep: false },
    { ...depth6, rows: 10_000, deep: false },
    { ...depth8, rows: 1000, deep: false },
    { ...depth8, rows: 10_000, deep: false },
    { ...depth8Trees500, rows: 1000, deep: false },
    { ...deep, rows: 200, deep: true },
  ],
  interventional: { model: depth6, rows: 1000, backgrounds: [100, 1000, 100_000] },
  oneRow: [depth6, depth8Trees500],
  linearity: {
    rows: [1000, 2000, 4000, 8000, 16_000],
    trees: { ...depth8Trees500, cuts: [60, 125, 250] },
    leaves: leafSeries([31, 63, 127, 255], 100),
  },
  threads: { model: depth6, rows: 100_000 },
  secondsPerCase: 15,
  patience: 45,
};

export const QUICK: Plan = {
  pathDependent: [
    { ...small, rows: 300, deep: false },
    { ...smallDeep, rows: 20, deep: true },
  ],
  interventional: { model: small, rows: 50, backgrounds: [20, 200] },
  oneRow: [small],
  linearity: { rows: [500, 1000, 2000], trees: { ...small, cuts: [5, 10] }, leaves: leafSeries([15, 31], 5) },
  threads: { model: small, rows: 2000 },
  secondsPerCase: 0.5,
  patience: 30,
};
