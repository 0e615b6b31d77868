import { describeReceived, InputError } from "../../../errors.ts";
import { nearestNames } from "../../../table/index.ts";
import type { GlmFit } from "../glm-fit.ts";
import { ExpressionFault, parseEquation } from "./linear-expression.ts";
import type { LinearForms } from "./wald.ts";

/** `matrix × coefficients = rhs`. */
export interface HypothesisMatrix {
  /** q rows of p numbers, one a coefficient in the order of `model.coefficients`. */
  readonly matrix: readonly ArrayLike<number>[];
  /** q numbers. @defaultValue zeros */
  readonly rhs?: ArrayLike<number>;
}

/** Equations between coefficients, or a matrix. */
export type Hypothesis = string | readonly string[] | HypothesisMatrix;

/** A hypothesis as forms that are 0 where it holds, and how it reads. @throws {@link InputError} */
export function readHypothesis(call: string, { recipe, aliased }: GlmFit, hypothesis: Hypothesis): { forms: LinearForms; texts: string[] } {
  const names = recipe.columnNames;
  const texts = typeof hypothesis === "string" ? [hypothesis] : Array.isArray(hypothesis) ? (hypothesis as readonly string[]) : null;
  const forms = texts ? readTexts(call, texts, names) : readMatrix(call, hypothesis as HypothesisMatrix, names.length);
  const barred = names.filter((_, j) => aliased[j] && forms.constants.some((__, k) => forms.matrix[k * names.length + j] !== 0));
  if (barred.length > 0) {
    throw fault(call, {
      expected: "about coefficients that were estimated",
      received: `one about ${barred.join(", ")}, which is aliased`,
      mend: "Leave aliased coefficients out, or fit a model without the columns that they depend on.",
    });
  }
  return { forms, texts: texts ? [...texts] : describeRows(forms, names) };
}

function readTexts(call: string, texts: readonly string[], names: readonly string[]): LinearForms {
  if (texts.length === 0)
    throw fault(call, { expected: "at least one equation", received: "an empty array", mend: 'Write for example "a = b".' });
  const matrix = new Float64Array(texts.length * names.length);
  const constants = texts.map((text, k) => {
    const { multiples, constant } = parse(call, text, names);
    for (const [position, multiple] of multiples) matrix[k * names.length + position] = multiple;
    if ([...multiples.values()].some((multiple) => multiple !== 0)) return constant;
    throw fault(call, {
      expected: "about at least one coefficient",
      received: describeReceived(text),
      mend: "Name one of model.coefficients.",
    });
  });
  return { matrix, constants: Float64Array.from(constants) };
}

function parse(call: string, text: string, names: readonly string[]): ReturnType<typeof parseEquation> {
  if (typeof text !== "string") {
    throw fault(call, { expected: "made of equations as texts", received: describeReceived(text), mend: 'Write for example "a = b".' });
  }
  try {
    return parseEquation(text, names);
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    const near = error.unknownName === null ? [] : nearestNames(error.unknownName, names);
    const hint =
      near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "The names are those of model.coefficients; others go in backticks.";
    throw fault(call, {
      expected: error.expected,
      received: error.unknownName === null ? describeReceived(text) : JSON.stringify(error.unknownName),
      where: `character ${error.at + 1}`,
      mend: `${hint}\n  ${text.replace(/\s/g, " ")}\n  ${" ".repeat(error.at)}^`,
    });
  }
}

function readMatrix(call: string, given: HypothesisMatrix, p: number): LinearForms {
  const rows = given?.matrix;
  const isMatrix =
    Array.isArray(rows) && rows.length > 0 && rows.every((row) => row?.length === p && Array.from(row).every(Number.isFinite));
  if (!isMatrix) {
    const mend = "Give one row for each equation and one number for each of model.coefficients.";
    throw fault(call, {
      expected: `an equation as text, or { matrix } of rows of ${p} numbers`,
      received: describeReceived(rows ?? given),
      mend,
    });
  }
  const rhs = given.rhs ?? new Float64Array(rows.length);
  if (rhs.length !== rows.length || !Array.from(rhs).every(Number.isFinite)) {
    const mend = "Give one number for each row of the matrix.";
    throw fault(call, { expected: `{ rhs } of ${rows.length} numbers`, received: describeReceived(rhs), mend });
  }
  const matrix = Float64Array.from(rows.flatMap((row) => Array.from(row)));
  return { matrix, constants: Float64Array.from(rhs, (value) => -value) };
}

function describeRows({ matrix, constants }: LinearForms, names: readonly string[]): string[] {
  return Array.from(constants, (constant, k) => {
    const parts = names.flatMap((name, j) => {
      const multiple = matrix[k * names.length + j];
      return multiple === 0 ? [] : [multiple === 1 ? name : `${multiple}*${name}`];
    });
    return `${parts.join(" + ")} = ${constant === 0 ? 0 : -constant}`;
  });
}

function fault(call: string, problem: { expected: string; received: string; where?: string; mend: string }): InputError {
  return new InputError({ call, argument: "hypothesis", ...problem });
}
