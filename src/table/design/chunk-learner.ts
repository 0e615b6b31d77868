import { InputError } from "../../errors.ts";
import type { Warning } from "../../errors.ts";
import { expressionText } from "../formula/expression-text.ts";
import type { ModelFormula } from "../formula/model-formula.ts";
import { CellTable } from "../smooths/cell-table.ts";
import type { FinishedSmooth } from "../smooths/finish-smooth.ts";
import { findKnotsOption } from "../smooths/knots-option.ts";
import { learnSmooths } from "../smooths/learn-smooths.ts";
import type { SmoothCovariate } from "../smooths/smooth-spec.ts";
import type { LearnedSmooth } from "../smooths/smooth-variable.ts";
import type { Table } from "../table.ts";
import { findCompleteRows, takeCodes, takeNumbers } from "./complete-rows.ts";
import { DesignLearner } from "./design-learner.ts";
import type { DesignLearnerOptions } from "./design-learner.ts";
import type { NumbersAlongside } from "./design-options.ts";
import type { DesignRecipe } from "./design.ts";
import { DesignRows } from "./design-rows.ts";
import { findOccurringLevels } from "./factor-levels.ts";
import { levelSource } from "./learn-factor.ts";
import { LevelUnion, NumberUnion } from "./level-union.ts";
import type { DesignPlan } from "./plan-design.ts";
import { listSources, scanColumns } from "./scan-column.ts";

/** What a {@link ChunkLearner} may be told. */
export interface ChunkLearnerOptions extends DesignLearnerOptions {
  /** The most different numbers that smooths see of a covariate. */
  readonly cells: number;
  /** Knots of smooth terms by covariate. @defaultValue placed by the basis */
  readonly knots?: Readonly<Record<string, readonly number[]>> | undefined;
}

/** What was learned of all chunks. */
export interface LearnedChunks {
  readonly recipe: DesignRecipe;
  /** The smooth terms, in the order of their columns. */
  readonly smooths: readonly LearnedSmooth[];
  readonly warnings: readonly Warning[];
  /** The cells of covariates, which designs of the chunks are made with. */
  readonly cells: CellTable;
}

/**
 * Learns a recipe with smooth terms from a table that comes in chunks, in memory that does not grow with the rows. All chunks are read twice: the
 * first time for levels, ranges and cells, the second time for how many rows each cell has.
 */
export class ChunkLearner {
  readonly #call: string;
  readonly #options: ChunkLearnerOptions;
  readonly #learner: DesignLearner;
  readonly #levels: Map<string, LevelUnion | NumberUnion> = new Map();
  #cells: CellTable | null = null;
  #numRows = 0;

  /** @param call - the public function to name in an error */
  constructor(call: string, formula: ModelFormula, { cells, knots, ...options }: ChunkLearnerOptions) {
    this.#call = call;
    this.#options = { ...options, cells, knots };
    this.#learner = new DesignLearner(call, formula, { ...options, smooths: "learn" });
  }

  /**
   * The first reading of a chunk. @param alongside - other numbers whose missing values count as well
   *
   * @throws {@link InputError} as {@link DesignLearner.add}
   */
  survey(table: Table, alongside: readonly NumbersAlongside[] = []): void {
    this.#learner.add(table);
    const plan = this.#learner.plan!;
    const rows = this.#completeRows(plan, table, alongside);
    if (rows.numRows === 0) return;
    this.#numRows += rows.numRows;
    this.#cells ??= new CellTable(plan.smooths, this.#options.cells);
    this.#cells.survey(rows.covariates);
    for (const covariate of listLevels(plan)) this.#addLevels(covariate, rows);
  }

  /** The second reading of the same chunk. */
  count(table: Table, alongside: readonly NumbersAlongside[] = []): void {
    const rows = this.#completeRows(this.#learner.plan!, table, alongside);
    if (rows.numRows > 0) this.#cells!.count(rows.covariates);
  }

  /** The recipe of all chunks. @throws {@link InputError} as `learnDesign` */
  finish(): LearnedChunks {
    const { plan } = this.#learner;
    if (!plan || !this.#cells) throw refuse(this.#call, "with at least one row in which nothing is missing", "none");
    const { source, smooths: specs, expanded } = plan;
    const context = {
      source,
      covariates: this.#cells,
      levelsOf: (covariate: SmoothCovariate): readonly string[] => this.#levelsOf(covariate),
      knots: findKnotsOption(this.#call, specs, this.#options.knots ?? {}),
    };
    const { smooths: finished, warnings } = learnSmooths(context, specs, expanded.hasIntercept);
    const recipe = this.#learner.finish(finished);
    if (recipe.columnNames.length > this.#numRows) {
      throw refuse(
        this.#call,
        `of at least as many complete rows as the model has coefficients, ${recipe.columnNames.length}`,
        `${this.#numRows}`,
      );
    }
    return { recipe, smooths: placeSmooths(finished, recipe), warnings, cells: this.#cells };
  }

  /** The rows in which nothing is missing. */
  #completeRows({ columns, response }: DesignPlan, table: Table, alongside: readonly NumbersAlongside[]): DesignRows {
    const names = [...columns, ...response.columns];
    const sources = listSources(table, names, scanColumns(this.#call, table, names), alongside);
    return new DesignRows(this.#call, table, findCompleteRows(this.#call, table.numRows, sources, "drop"));
  }

  #addLevels({ text, expression }: SmoothCovariate, { table, rows }: DesignRows): void {
    const source = levelSource(this.#call, expression, table);
    const union = this.#levels.get(text) ?? (source.kind === "numeric" ? new NumberUnion() : new LevelUnion());
    this.#levels.set(text, union);
    if (union instanceof NumberUnion) {
      if (source.kind === "numeric") union.add(takeNumbers(source.values, rows));
    } else if (source.kind === "categorical") union.add({ levels: source.levels, codes: takeCodes(source.codes, rows) });
  }

  #levelsOf({ text, expression }: SmoothCovariate): readonly string[] {
    const found = findOccurringLevels(this.#levels.get(text)!.finish());
    const given = Object.entries(this.#options.levels ?? {}).find(([name]) => name === expressionText(expression));
    return given ? given[1].filter((level) => found.includes(level)) : found;
  }
}

/** The covariates of smooths that are taken as levels. */
function listLevels({ smooths }: DesignPlan): SmoothCovariate[] {
  const all = smooths.flatMap(({ covariates, by }) => [...covariates, ...(by === null ? [] : [by])]);
  const levels = all.filter(({ kind }) => kind === "levels");
  return levels.filter(({ text }, k) => levels.findIndex((other) => other.text === text) === k);
}

function placeSmooths(finished: readonly FinishedSmooth[], { terms }: DesignRecipe): LearnedSmooth[] {
  const firsts = new Map(terms.map(({ label, positions }) => [label, positions[0]]));
  return finished.map(({ learned }) => ({ ...learned, first: firsts.get(learned.label)! }));
}

function refuse(call: string, expected: string, received: string): InputError {
  return new InputError({
    call,
    argument: "chunks",
    expected,
    received,
    mend: "Give more rows, or take smooths of a smaller k, or leave terms out.",
  });
}
