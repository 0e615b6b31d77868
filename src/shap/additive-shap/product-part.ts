import { multiply, multiplyTransposed } from "../../numeric/index.ts";
import type { BlockMatrix } from "../../numeric/index.ts";
import { applyDesign, basisSize, namesOfExpression } from "../../table/index.ts";
import type { DesignRecipe, DesignTerm, FactorCoding, RecipeVariable, SmoothVariable, Table } from "../../table/index.ts";
import type { BackgroundRows, JointPart } from "./joint-part.ts";

/** One factor of a product: `region` of `region:age`. */
interface ProductFactor {
  readonly variable: Exclude<RecipeVariable, SmoothVariable>;
  readonly coding: FactorCoding | null;
  /** The columns of the table that it reads. */
  readonly columns: readonly string[];
  /** Its number of design columns. */
  readonly width: number;
  /** The bit of its player. */
  readonly bit: number;
}

const call = "additiveShap.explain";

/**
 * A term whose every factor belongs to one player is a product: the means of the absent players' factors over the background are taken
 * once, folded into the coefficients, and a row costs no more than to predict it, whatever the size of the background.
 * @param playerOf the player of a column
 * @returns null where a factor, such as `I(a * b)`, reads columns of several players
 */
export function productPart(
  { recipe, estimates }: { readonly recipe: DesignRecipe; readonly estimates: Float64Array },
  term: DesignTerm,
  players: readonly number[],
  playerOf: (column: string) => number,
  background: BackgroundRows,
): JointPart | null {
  const factors = readFactors(recipe, term, players, playerOf);
  if (factors === null) return null;
  const coefficients = Float64Array.from(term.positions, (position) => estimates[position] || 0);
  const shares = background.weights.map((weight) => weight / background.totalWeight);
  const folded = new Map<number, Float64Array>();
  const fold = (coalition: number): Float64Array => {
    const found = folded.get(coalition);
    if (found) return found;
    const absent = factors.filter(({ bit }) => !((coalition >> bit) & 1));
    const means = absent.length === 0 ? Float64Array.of(1) : multiplyTransposed(designOf(recipe, absent, background.table), shares);
    const made = foldMeans(coefficients, factors, coalition, means);
    folded.set(coalition, made);
    return made;
  };
  return {
    players,
    worth: (coalition, rows) => {
      const present = factors.filter(({ bit }) => (coalition >> bit) & 1);
      const rest = fold(coalition);
      return present.length === 0 ? new Float64Array(rows.numRows).fill(rest[0]) : multiply(designOf(recipe, present, rows), rest);
    },
  };
}

function readFactors(
  recipe: DesignRecipe,
  term: DesignTerm,
  players: readonly number[],
  playerOf: (column: string) => number,
): ProductFactor[] | null {
  const inputs = new Set(recipe.inputs.map(({ name }) => name));
  const factors: ProductFactor[] = [];
  for (const [k, label] of term.factors.entries()) {
    const variable = recipe.variables.find((one) => one.label === label);
    if (variable === undefined || variable.kind === "smooth") return null; // a smooth is no product of columns
    const columns = namesOfExpression(variable.expression, call).filter((name) => inputs.has(name));
    const owners = new Set(columns.map(playerOf));
    if (owners.size > 1) return null;
    const [owner = players[0]] = owners;
    factors.push({ variable, coding: term.codings[k], columns, width: widthOf(variable, term.codings[k]), bit: players.indexOf(owner) });
  }
  return factors;
}

function widthOf(variable: Exclude<RecipeVariable, SmoothVariable>, coding: FactorCoding | null): number {
  if (variable.kind === "numeric") return 1;
  if (variable.kind === "basis") return basisSize(variable.basis);
  return variable.levels.length - (coding === "indicators" ? 0 : 1);
}

/** The design of some factors' product alone, in the order of the term: the first factor's columns change fastest. */
function designOf(recipe: DesignRecipe, factors: readonly ProductFactor[], table: Table): BlockMatrix {
  const width = factors.reduce((product, factor) => product * factor.width, 1);
  const columns = new Set(factors.flatMap((factor) => factor.columns));
  const term: DesignTerm = {
    label: factors.map(({ variable }) => variable.label).join(":"),
    variables: [...columns],
    factors: factors.map(({ variable }) => variable.label),
    codings: factors.map(({ coding }) => coding),
    positions: Array.from({ length: width }, (_, position) => position),
  };
  const part: DesignRecipe = {
    ...recipe,
    columnNames: term.positions.map(String),
    terms: [term],
    hasIntercept: false,
    inputs: recipe.inputs.filter(({ name }) => columns.has(name)),
    variables: factors.map(({ variable }) => variable),
    offsets: [],
  };
  return applyDesign(call, part, table, { missing: "fail" }).matrix;
}

/** Sums coefficients times the absent factors' mean products: one number a product of the present factors. */
function foldMeans(coefficients: Float64Array, factors: readonly ProductFactor[], coalition: number, means: Float64Array): Float64Array {
  const size = factors.reduce((product, { width, bit }) => ((coalition >> bit) & 1 ? product * width : product), 1);
  const folded = new Float64Array(size);
  for (let cell = 0; cell < coefficients.length; cell++) {
    let [rest, present, absent, presentStride, absentStride] = [cell, 0, 0, 1, 1];
    for (const { width, bit } of factors) {
      const column = rest % width;
      rest = (rest - column) / width;
      if ((coalition >> bit) & 1) {
        present += column * presentStride;
        presentStride *= width;
      } else {
        absent += column * absentStride;
        absentStride *= width;
      }
    }
    folded[present] += coefficients[cell] * means[absent];
  }
  return folded;
}
