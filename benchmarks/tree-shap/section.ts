import type { Environment } from "../page.ts";

/** What one case measured. */
export interface CaseResult {
  readonly name: string;
  readonly trees: number;
  readonly depth: number;
  readonly numLeaves: number;
  readonly rows: number;
  /** Largest difference from shap's values. */
  readonly difference: number;
  /** Reading the model, building the explainer and explaining one row. */
  readonly buildSeconds: number;
  /** Median time for one row and leaf. */
  readonly nanoseconds: { readonly vitrine: number; readonly shap: number; readonly lightgbm: number };
  /** Medians of the rounds' own ratios: how many times as long the peer took. */
  readonly ratios: { readonly shap: number; readonly lightgbm: number };
}

/** One run of the benchmark. */
export interface TreeShapRun extends Environment {
  readonly rounds: number;
  readonly results: readonly CaseResult[];
}

/** The section of the page of figures. */
export function treeShapSection({ rounds, results }: TreeShapRun): string {
  const rows = results.map(({ trees, depth, numLeaves, rows: count, nanoseconds, ratios, difference, buildSeconds }) => {
    const { vitrine, shap, lightgbm } = nanoseconds;
    const cells = [
      `${trees} trees, depth ${depth}, ${numLeaves} leaves, ${count} rows`,
      vitrine.toFixed(1),
      shap.toFixed(0),
      lightgbm.toFixed(0),
      `${ratios.shap.toFixed(1)} ×`,
      `${ratios.lightgbm.toFixed(1)} ×`,
      difference.toExponential(0),
      `${(buildSeconds * 1000).toFixed(0)} ms`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `LightGBM regressions on synthetic data of 20 columns, one thread each, on one machine in one run. Vitrine and its peers take turns for
${rounds} rounds; times are medians, ratios are medians of the rounds' own ratios. Values agree with shap's before anything is timed.
Times per row and leaf are in nanoseconds. "shap" is shap's own C extension, "LightGBM" is \`predict(pred_contrib=True)\`.

| model | vitrine | shap | LightGBM | shap ÷ vitrine | LightGBM ÷ vitrine | largest difference | import, build, first row |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}
