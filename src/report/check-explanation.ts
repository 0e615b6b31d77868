import { describeReceived, InputError } from "../errors.ts";
import type { Explanation } from "../shap/index.ts";
import type { Table } from "../table/index.ts";
import type { ReportedModel } from "./reported-model.ts";

/** What an explanation must be of. */
export interface Explained {
  readonly model: ReportedModel;
  readonly data: Table;
}

/** A given explanation must be one of this model's scores for these rows. @throws InputError where it is none */
export function checkExplanation(call: string, explanation: Explanation, explained: Explained): void {
  const fail = (expected: string, received: string): InputError =>
    new InputError({ call, argument: "explanation", expected, received, mend: "Leave it out to have it computed." });
  if (typeof explanation?.parts !== "function") throw fail("an Explanation", describeReceived(explanation));
  if (!explanation.isAdditive) throw fail("of values that add up to the predictions", "Banzhaf values, which do not");
  const problem = findMismatch(explanation, explained) ?? findMiss(explanation, explained);
  if (problem !== null) throw fail(problem.expected, problem.received);
}

/** What does not fit, in the words of an error; null where all does. */
type Problem = { readonly expected: string; readonly received: string } | null;

function findMismatch({ numRows, numOutputs, scale }: Explanation, { model, data }: Explained): Problem {
  const { scoreScale, outputNames } = model;
  if (scale !== scoreScale) return { expected: `one on the ${scoreScale} scale`, received: `the scale ${JSON.stringify(scale)}` };
  if (numRows === data.numRows && numOutputs === outputNames.length) return null;
  const outputs = `${outputNames.length} output${outputNames.length === 1 ? "" : "s"}`;
  return { expected: `of all ${data.numRows} rows and ${outputs}`, received: `${numRows} × ${numOutputs}` };
}

/** Another library may have explained, and added up in float32. */
const TOLERANCE = 1e-5;

function findMiss({ predictions, additivityResiduals: residuals, numOutputs }: Explanation, { model, data }: Explained): Problem {
  const scores = model.predictScores(data);
  const rowOf = (cell: number): string => `(row ${Math.floor(cell / numOutputs)})`;
  const miss = residuals.findIndex((residual, cell) => isFar(residual, scores[cell]));
  if (miss >= 0) {
    return { expected: "one whose values add up to its predictions", received: `values that miss by ${residuals[miss]} ${rowOf(miss)}` };
  }
  const cell = scores.findIndex((score, i) => isFar(score - predictions[i], score));
  if (cell < 0) return null;
  const received = `${predictions[cell]} where the model gives ${scores[cell]} ${rowOf(cell)}`;
  return { expected: "of this model's predictions for these rows", received };
}

function isFar(distance: number, score: number): boolean {
  return !(Math.abs(distance) <= TOLERANCE * Math.max(1, Math.abs(score)));
}
