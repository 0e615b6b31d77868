import { Explanation } from "../../../src/shap/index.ts";
import type { ExplainedFeature, ExplanationParts } from "../../../src/shap/index.ts";
import { Table } from "../../../src/table/index.ts";
import type { CategoricalColumn, Column, ColumnDescription, NumericColumn } from "../../../src/table/index.ts";

/** Numbers in [0, 1) that are the same in every run: Park and Miller's minimal generator. */
function makeUniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export function numericColumn(name: string, values: ArrayLike<number>, description: ColumnDescription = {}): NumericColumn {
  return { kind: "numeric", name, values: Float64Array.from(values), description };
}

export function levelColumn(
  name: string,
  codes: ArrayLike<number>,
  levels: readonly string[],
  description: ColumnDescription = {},
): CategoricalColumn {
  return { kind: "categorical", name, codes: Int32Array.from(codes), levels, description };
}

/** An explanation in which each column is a feature; `contributions[j][i]` belongs to column j and row i. */
export function explain(
  columns: readonly Column[],
  contributions: readonly ArrayLike<number>[],
  parts: Partial<ExplanationParts> = {},
): Explanation {
  const data = Table.of(columns);
  const { numRows } = data;
  const features = columns.map(({ name, description }): ExplainedFeature => ({ name, label: description.label ?? name, columns: [name] }));
  const values = Float64Array.from(
    { length: numRows * columns.length },
    (_, cell) => contributions[cell % columns.length][Math.floor(cell / columns.length)],
  );
  const base = -0.85;
  const predictions = Float64Array.from({ length: numRows }, (_, row) => contributions.reduce((sum, each) => sum + each[row], base));
  return new Explanation({
    values,
    baseValues: new Float64Array(numRows).fill(base),
    predictions,
    data,
    features,
    outputNames: ["bad"],
    scale: "raw",
    units: "log-odds",
    method: "test",
    background: null,
    warnings: [],
    ...parts,
  });
}

const statuses = ["overdrawn", "0 to 200 €", "over 200 €", "no current account"];
const purposes = ["new car", "used car", "radio or television", "furniture and equipment", "education", "business"];
const minorNames = [
  "Savings",
  "Employed since",
  "Housing",
  "Other debtors",
  "Property",
  "Instalment rate",
  "Residence since",
  "Other credits",
  "Job",
  "Telephone",
];

/** Made-up applicants for credit, with contributions as a tree model might give them: 5 described columns and 10 minor ones. */
export function creditExplanation(numRows = 300): Explanation {
  const uniform = makeUniform(20_240_601);
  const draw = (make: (u: number) => number): Float64Array => Float64Array.from({ length: numRows }, () => make(uniform()));
  const noise = (size: number): Float64Array => draw((u) => size * (u - 0.5));
  const status = draw((u) => (u < 0.03 ? -1 : Math.floor(u * 4)));
  const duration = draw((u) => 6 * (1 + Math.floor(u * u * 10)));
  const amount = draw((u) => Math.round(250 + 12_000 * u ** 2.5));
  const age = draw((u) => (u < 0.06 ? NaN : Math.round(19 + 52 * u ** 1.6)));
  const purpose = draw((u) => Math.floor(u * 6));
  const described: Column[] = [
    levelColumn("status", status, ["A11", "A12", "A13", "A14"], {
      label: "Account status",
      levels: { A11: statuses[0], A12: statuses[1], A13: statuses[2], A14: statuses[3] },
    }),
    numericColumn("duration", duration, { label: "Duration", unit: "months" }),
    numericColumn("amount", amount, { label: "Amount", unit: "€" }),
    numericColumn("age", age, { label: "Age", unit: "years" }),
    levelColumn("purpose", purpose, purposes, { label: "Purpose of the loan" }),
  ];
  const jitter = noise(0.3);
  const act = (values: Float64Array, effect: (value: number) => number): Float64Array =>
    values.map((value, row) => effect(value) + jitter[(row * 7) % numRows]);
  const contributions = [
    act(status, (code) => [0.62, 0.2, -0.35, -0.72][code] ?? 0.05),
    act(duration, (months) => 0.022 * (months - 22)),
    act(amount, (euro) => (euro > 7000 ? 0.5 : euro < 1500 ? 0.1 : -0.16)),
    act(age, (years) => (Number.isNaN(years) ? 0.12 : years < 26 ? 0.33 : -0.08)),
    act(purpose, (code) => [0.2, -0.35, -0.2, 0.05, 0.3, 0.08][code]),
    ...minorNames.map((_, k) => noise(0.24 / (1 + k / 2))),
  ];
  const minor = minorNames.map((name) =>
    numericColumn(
      name,
      draw((u) => Math.floor(u * 5)),
      {},
    ),
  );
  return explain([...described, ...minor], contributions);
}
