import { median } from "simple-statistics";
import { formatCount, formatterOf, withUnit } from "../charts/index.ts";
import { levelLabel } from "../table/index.ts";
import type { CategoricalColumn, NumericColumn } from "../table/index.ts";
import { FEWEST_CASES, levelShapes, numericShape } from "./driver-shape.ts";
import type { LevelShape, NumericShape } from "./driver-shape.ts";
import type { Units } from "./units.ts";
import { capitalize, countCases, joinAnd } from "./words.ts";
import type { Words } from "./words.ts";

/** What a sentence about one driver is made of. */
export interface DriverFacts {
  readonly column: NumericColumn | CategoricalColumn;
  /** The driver's contributions, one a row. */
  readonly amounts: Float64Array;
  readonly units: Units;
  readonly words: Words;
  /** What is higher or lower: `the risk of default`. */
  readonly subject: string;
}

/** How the prediction goes with one driver, in one or two sentences. */
export function describeDriver(facts: DriverFacts): string {
  return facts.column.kind === "numeric" ? describeNumbers(facts, facts.column) : describeLevels(facts, facts.column);
}

function describeNumbers(facts: DriverFacts, column: NumericColumn): string {
  const shape = numericShape(column, facts.amounts);
  if (shape === null) return `Too few ${facts.words.cases} with different values to tell how it acts.`;
  return [describeCourse(facts, column, shape), ...describeSparse(facts, column, shape), ...describeMissing(facts, column)].join(" ");
}

function describeCourse({ units, subject }: DriverFacts, column: NumericColumn, shape: NumericShape): string {
  const format = formatterOf(column.values);
  const write = (value: number): string => withUnit(format(value), column.description.unit);
  const { first, last, lowest, highest, steepest, kind } = shape;
  const [high, low] = units.signed([highest.amount, lowest.amount]).map(units.withUnit);
  if (high === low) return `No effect found: ${subject} is much the same over the whole range.`;
  if (kind === "turns") {
    return `${capitalize(subject)} is highest around ${write(highest.value)} (${high}) and lowest around ${write(lowest.value)} (${low}).`;
  }
  const [from, to] = units.signed([first.amount, last.amount]).map(units.withUnit);
  const where = steepest
    ? `; most of the ${kind === "rises" ? "rise" : "fall"} lies between ${write(steepest[0].value)} and ${write(steepest[1].value)}`
    : "";
  return `${capitalize(subject)} ${kind} from ${from} around ${write(first.value)} to ${to} around ${write(last.value)}${where}.`;
}

function describeSparse({ words }: DriverFacts, column: NumericColumn, { sparseAbove }: NumericShape): string[] {
  if (!sparseAbove) return [];
  const border = withUnit(formatterOf(column.values)(sparseAbove.value), column.description.unit);
  return [`Above ${border} there are only ${countCases(words, sparseAbove.count)}: too few to tell.`];
}

function describeMissing({ amounts, units, words }: DriverFacts, column: NumericColumn): string[] {
  const missing = Array.from(amounts).filter((_, row) => Number.isNaN(column.values[row]));
  if (missing.length === 0) return [];
  const count = countCases(words, missing.length);
  if (missing.length < FEWEST_CASES) return [`It is missing for only ${count}: too few to tell.`];
  const [typical] = units.signed([median(missing)]).map(units.withUnit);
  return [`Where it is missing: ${typical} (${count}).`];
}

function describeLevels(facts: DriverFacts, column: CategoricalColumn): string {
  const { units, words, subject } = facts;
  const levels = levelShapes(column, facts.amounts);
  const known = levels.filter(({ count }) => count >= FEWEST_CASES);
  const few = levels.filter(({ count }) => count < FEWEST_CASES);
  const name = ({ code }: LevelShape): string => (code < 0 ? "it is missing" : `it is “${levelLabel(column, code)}”`);
  const unknown = few.length === 0 ? [] : [`Too few ${words.cases} to tell: ${listFew(column, few)}.`];
  if (known.length < 2) return [`There is no comparison of levels with ${FEWEST_CASES} ${words.cases} or more.`, ...unknown].join(" ");
  const [high, low] = [known[0], known[known.length - 1]];
  const [highest, lowest] = units.signed([high.amount, low.amount]).map(units.withUnit);
  const told =
    highest === lowest
      ? `No effect found: ${subject} is much the same at every level.`
      : `${capitalize(subject)} is highest where ${name(high)} (${highest}, ${countCases(words, high.count)}) and lowest where ${name(low)} (${lowest}, ${countCases(words, low.count)}).`;
  return [told, ...unknown].join(" ");
}

function listFew(column: CategoricalColumn, few: readonly LevelShape[]): string {
  const most = 4;
  const named = few.slice(0, most).map(({ code, count }) => `“${code < 0 ? "missing" : levelLabel(column, code)}” (${formatCount(count)})`);
  return joinAnd(few.length > most ? [...named, `${few.length - most} more`] : named);
}
