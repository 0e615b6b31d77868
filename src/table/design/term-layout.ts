import { InputError } from "../../errors.ts";
import { smoothWidth } from "../smooths/smooth-matrix.ts";
import { basisNames } from "./basis.ts";
import { contrastSuffixes } from "./contrasts.ts";
import type { DesignTerm, FactorCoding, FactorVariable, RecipeVariable } from "./design.ts";

const MOST_COLUMNS = 1_000_000;

/** A term before its columns are known: positions of its variables, ascending, and the label. */
export interface PlannedTerm {
  readonly label: string;
  readonly variables: readonly number[];
}

/** Every column of a design, by name, and which term has which. */
export interface TermLayout {
  readonly columnNames: string[];
  readonly terms: DesignTerm[];
}

/**
 * Gives each term its columns, as R's model.matrix does.
 *
 * @param columnsOf - the table's columns that each variable reads
 * @throws InputError when there is no column, or there are more than a million
 */
export function layOutTerms(
  call: string,
  planned: readonly PlannedTerm[],
  variables: readonly RecipeVariable[],
  columnsOf: readonly (readonly string[])[],
  hasIntercept: boolean,
): TermLayout {
  const columnNames: string[] = hasIntercept ? ["(Intercept)"] : [];
  const terms: DesignTerm[] = hasIntercept ? [{ label: "(Intercept)", variables: [], factors: [], codings: [], positions: [0] }] : [];
  const codings = codeFactors(planned, variables, hasIntercept);
  for (const [t, term] of planned.entries()) {
    const suffixed = term.variables.map((v, k) => variableNames(call, variables[v], codings[t][k]));
    const width = suffixed.reduce((product, names) => product * names.length, 1);
    if (columnNames.length + width > MOST_COLUMNS) throw refuseColumns(call, term.label, width);
    const first = columnNames.length;
    for (const name of productNames(suffixed)) columnNames.push(name);
    terms.push({
      label: term.label,
      variables: [...new Set(term.variables.flatMap((v) => columnsOf[v]))],
      factors: term.variables.map((v) => variables[v].label),
      codings: codings[t],
      positions: Array.from({ length: width }, (_, column) => first + column),
    });
  }
  if (columnNames.length > 0) return { columnNames, terms };
  throw new InputError({
    call,
    argument: "formula",
    expected: "made of an intercept or at least one term",
    received: "neither",
    mend: "Take out the 0, or add a term.",
  });
}

/**
 * R's rule: a factor of a term is coded by contrasts where the rest of the term stands in an earlier term, else by one column a level;
 * without an intercept the first factor of the first term that has one takes a column for every level.
 *
 * @see Chambers and Hastie (1992), Statistical Models in S, section 2.4.1; the documentation of `terms.object` in R
 */
function codeFactors(
  planned: readonly PlannedTerm[],
  variables: readonly RecipeVariable[],
  hasIntercept: boolean,
): (FactorCoding | null)[][] {
  const stands = findMargins(planned);
  const codings = planned.map(({ variables: members }, t) =>
    members.map((v): FactorCoding | null => {
      if (variables[v].kind !== "factor") return null;
      const rest = members.filter((other) => other !== v);
      return rest.length === 0 || stands(rest, t) ? "contrasts" : "indicators";
    }),
  );
  if (hasIntercept) return codings;
  const term = codings.find((list) => list.some((coding) => coding !== null));
  if (term) term[term.findIndex((coding) => coding !== null)] = "indicators";
  return codings;
}

/** Answers whether all of some variables stand together in a term before the one at a position. */
function findMargins(planned: readonly PlannedTerm[]): (rest: readonly number[], before: number) => boolean {
  const sets = planned.map((term) => new Set(term.variables));
  const termsWith = new Map<number, number[]>();
  for (const [t, term] of planned.entries()) {
    for (const v of term.variables) {
      const list = termsWith.get(v);
      if (list === undefined) termsWith.set(v, [t]);
      else list.push(t);
    }
  }
  return (rest, before) => {
    // Of one variable the first term that has it decides, so that a long list is searched for products of three and more alone.
    const [rarest] = rest.map((v) => termsWith.get(v)!).sort((one, other) => one.length - other.length);
    return rarest.some((t) => t < before && rest.every((v) => sets[t].has(v)));
  };
}

/** The names of the columns that a variable has alone. */
function variableNames(call: string, variable: RecipeVariable, coding: FactorCoding | null): string[] {
  const { label } = variable;
  if (variable.kind === "numeric") return [label];
  if (variable.kind === "smooth") return Array.from({ length: smoothWidth(variable) }, (_, column) => `${label}.${column + 1}`);
  if (variable.kind === "basis") return basisNames(label, variable.basis);
  if (coding === "indicators") return variable.levels.map((level) => label + level);
  if (variable.levels.length < 2) throw refuseLevels(call, variable);
  return contrastSuffixes(variable.contrast, variable.levels, variable.reference).map((suffix) => label + suffix);
}

/** Every combination, the first variable's names changing fastest. */
function productNames(lists: readonly (readonly string[])[]): string[] {
  return lists.slice(1).reduce<string[]>((names, list) => list.flatMap((last) => names.map((name) => `${name}:${last}`)), [...lists[0]]);
}

function refuseColumns(call: string, label: string, width: number): InputError {
  return new InputError({
    call,
    argument: "formula",
    expected: `of at most ${MOST_COLUMNS} design columns`,
    received: `${width} in the term ${label} alone or with the ones before`,
    mend: "Cross factors of fewer levels.",
  });
}

function refuseLevels(call: string, { label, levels }: FactorVariable): InputError {
  return new InputError({
    call,
    argument: `factor ${label}`,
    expected: "of at least two levels",
    received: levels.length === 0 ? "none" : `${JSON.stringify(levels[0])} alone`,
    mend: "Take it out of the formula: what does not vary explains nothing.",
  });
}
