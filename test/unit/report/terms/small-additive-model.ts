import type { AdditiveModel } from "../../../../src/report/terms/additive-model.ts";
import type { DesignTerm, Table, TableRecord } from "../../../../src/table/index.ts";

/** A term of a made-up model: what it multiplies its coefficients with, for one row. */
export interface SmallTerm {
  readonly label: string;
  readonly variables: readonly string[];
  /** By what follows the label in a coefficient's name. */
  readonly coefficients: Readonly<Record<string, number>>;
  readonly design: (row: TableRecord) => readonly number[];
  /** @defaultValue 0.001 */
  readonly pValue?: number | null;
}

/** Half an interval of every coefficient. */
const HALF = 0.1;

/** A model made of these terms; all coefficients have intervals of ±0.1, all parts standard errors of 0.05. */
export function smallAdditiveModel(terms: readonly SmallTerm[], levels: Readonly<Record<string, readonly string[]>> = {}): AdditiveModel {
  const all = terms.flatMap(({ label, coefficients }) =>
    Object.entries(coefficients).map(([end, estimate]) => ({ name: label + end, estimate })),
  );
  let next = 0;
  const designTerms = terms.map(({ label, variables, coefficients }): DesignTerm => {
    const positions = Object.keys(coefficients).map(() => next++);
    return { label, variables, factors: label.split(":"), codings: label.split(":").map(() => null), positions };
  });
  return {
    terms: designTerms,
    coefficients: all.map((each) => ({ ...each, low: each.estimate - HALF, high: each.estimate + HALF })),
    levelsOf: (column) => levels[column] ?? [],
    pValueOf: ({ label }) => {
      const { pValue = 0.001 } = terms.find((term) => term.label === label) ?? {};
      return pValue;
    },
    errorsInHalfInterval: 2,
    isCentred: true,
    predictTerms: (data: Table) => {
      const values = Float64Array.from(
        data.toRecords().flatMap((row) =>
          terms.map(({ coefficients, design }) => {
            const x = design(row);
            return Object.values(coefficients).reduce((sum, estimate, k) => sum + estimate * x[k], 0);
          }),
        ),
      );
      return { values, standardErrors: values.map(() => 0.05) };
    },
  };
}
