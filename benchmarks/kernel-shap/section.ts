import type { Environment } from "../page.ts";

/** One model at one budget. */
export interface CaseResult {
  readonly name: string;
  readonly columns: number;
  /** Evaluations of v for each explained row; each is one model row for each background row. */
  readonly budget: number;
  /** Mean squared error of each engine over rows, columns and repetitions, over the mean square of the exact values. */
  readonly errors: Readonly<Record<string, number>>;
  /** Share of the exact values within 1.96 standard errors, of those that have an error at all. */
  readonly coverage: number | null;
  readonly intervals: number;
  /** Rows sent to the model for each explained row, over budget × background rows. */
  readonly sent: number;
  /** Processor time outside of the model for each row sent, in microseconds. */
  readonly overhead: number;
}

/** One run of the benchmark. */
export interface KernelShapRun extends Environment {
  readonly rows: number;
  readonly background: number;
  readonly repetitions: number;
  readonly peerRepetitions: number;
  readonly results: readonly CaseResult[];
}

const OURS = "vitrine";
const KERNEL = "shap KernelExplainer";
const PERMUTATION = "shap PermutationExplainer";

/** The shapiq estimator of least error. */
function bestOfShapiq({ errors }: CaseResult): readonly [name: string, error: number] {
  return Object.entries(errors)
    .filter(([engine]) => engine.startsWith("shapiq "))
    .reduce((best, own) => (own[1] < best[1] ? own : best));
}

/** The section of the page of figures. */
export function kernelShapSection(run: KernelShapRun): string {
  const { rows, background, repetitions, peerRepetitions, results } = run;
  const lines = results.map((result) => {
    const { name, columns, budget, errors, coverage, sent, overhead } = result;
    const [best, least] = bestOfShapiq(result);
    const against = (other: number): string => (errors[OURS] < 1e-20 ? "exact" : `${(other / errors[OURS]).toPrecision(2)} ×`);
    const cells = [
      `${name}, ${columns} columns`,
      budget.toLocaleString("en"),
      errors[OURS] < 1e-20 ? "0" : errors[OURS].toExponential(1),
      `${errors[KERNEL].toExponential(1)} (${against(errors[KERNEL])})`,
      `${errors[PERMUTATION].toExponential(1)} (${against(errors[PERMUTATION])})`,
      `${least.toExponential(1)} (${against(least)}, ${best.replace("shapiq ", "")})`,
      coverage === null ? "–" : `${(100 * coverage).toFixed(1)} %`,
      `${(100 * sent).toFixed(0)} %`,
      `${overhead.toFixed(1)} µs`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const intervals = results.reduce((sum, result) => sum + result.intervals, 0);
  const inside = results.reduce((sum, result) => sum + (result.coverage ?? 0) * result.intervals, 0);
  return `LightGBM models of ${rows} explained rows against ${background} background rows; exact values from interventional Tree SHAP. A budget is the
evaluations of the game for each explained row, each of which is one model row for each background row; all engines have the same. Errors are
squared, the mean over rows, columns and ${repetitions} seeds (${peerRepetitions} of the peers), as a share of the mean square of the exact values; in brackets how many times ours.
KernelExplainer runs with its l1 regularization off. "shapiq" is the one of its estimators that did best in that line, chosen with the
truth at hand, of KernelSHAP with pairs, PermutationSamplingSV and SVARM; its latest release for this Python. "Within" is the share of exact values within 1.96 standard errors: ${((100 * inside) / intervals).toFixed(1)} % of ${intervals.toLocaleString("en")} in all. "Sent" are
model rows as a share of budget × background rows, after equal rows are sent once and games are enumerated. "Overhead" is
processor time outside of the model for each row sent: of a model of 1 ms a row, 50 µs are 5 %.

| model | budget | vitrine | KernelExplainer | PermutationExplainer | shapiq | within | sent | overhead |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
}
