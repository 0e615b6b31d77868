import type { Environment } from "../page.ts";

/** What one case measured. */
export interface InteractionsResult {
  readonly name: string;
  readonly trees: number;
  readonly depth: number;
  readonly numLeaves: number;
  /** Rows that vitrine and shap explain; shap takes few, because each takes it long. */
  readonly rows: number;
  readonly shapRows: number;
  /** Largest difference from shap's interactions. */
  readonly difference: number;
  /** Building the explainer and explaining one row. */
  readonly buildSeconds: number;
  /** Medians for one row and leaf: all pairs dense, path-dependent and against 100 background rows, and shap. */
  readonly nanoseconds: { readonly pathDependent: number; readonly interventional: number; readonly shap: number };
  /** Median of the rounds' own ratios: shap ÷ path-dependent. */
  readonly ratio: number;
}

/** One run of the benchmark. */
export interface TreeInteractionsRun extends Environment {
  readonly rounds: number;
  readonly results: readonly InteractionsResult[];
}

/** The section of the page of figures. */
export function treeInteractionsSection({ rounds, results }: TreeInteractionsRun): string {
  const rows = results.map(({ trees, depth, numLeaves, rows: count, nanoseconds, ratio, difference, buildSeconds }) => {
    const cells = [
      `${trees} trees, depth ${depth}, ${numLeaves} leaves, ${count} rows`,
      nanoseconds.pathDependent.toFixed(1),
      nanoseconds.shap.toFixed(0),
      `${ratio.toFixed(0)} ×`,
      nanoseconds.interventional.toFixed(1),
      difference.toExponential(0),
      `${(buildSeconds * 1000).toFixed(0)} ms`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `All pairs of the 20 columns, dense, of LightGBM regressions; one thread each, in turn, for ${rounds} rounds; processor time, medians, ratios of the
same round. "shap" is \`shap_interaction_values\` of its C extension, on fewer rows; it has no interventional interactions. Answers agree before anything
is timed. Times per row and leaf are in nanoseconds.

| model | vitrine | shap | shap ÷ vitrine | vitrine, 100 background rows | largest difference | import, build, first row |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}
