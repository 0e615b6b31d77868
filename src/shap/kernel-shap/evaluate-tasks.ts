import { countWords } from "./coalition-bits.ts";
import { DistinctRows } from "./distinct-rows.ts";
import type { Imputer } from "./imputer.ts";
import type { Job, ModelRunner } from "./model-runner.ts";
import type { SyntheticRows } from "./synthetic-rows.ts";

/** Coalitions of one explained row to evaluate against the same sources. */
export interface Task {
  /** Position of the explained row. */
  readonly row: number;
  /** Positions of the background rows; with an imputer the numbers of its draws. */
  readonly sources: Int32Array;
  readonly numCoalitions: number;
  /** Writes a coalition among all players. */
  writeCoalition(index: number, mask: Uint32Array): void;
  /**
   * Takes the answers, coalition by coalition, source by source, output by output.
   * @param answers - numCoalitions × sources × outputs
   */
  take(answers: Float64Array, outputs: number): void;
}

/** What evaluation needs of a call. */
export interface Evaluation {
  readonly rows: SyntheticRows;
  readonly runner: ModelRunner;
  readonly numPlayers: number;
  readonly maxBatchRows: number;
  /** Where absent features come from; null for the background rows as they are. */
  readonly imputer: Imputer | null;
  /** Rows asked for so far, before equal ones are sent once. */
  readonly asked: { rows: number };
}

/** Requests whose answers are held at once: tasks beyond it wait. */
export const MOST_REQUESTS: number = 2 ** 19;

/** Evaluates tasks in batches that run on from task to task and from row to row; rows that were asked for already are not asked for again. */
export async function evaluateTasks(evaluation: Evaluation, tasks: Iterable<Task>): Promise<void> {
  let held: Task[] = [];
  let requests = 0;
  for (const task of tasks) {
    held.push(task);
    requests += task.numCoalitions * task.sources.length;
    if (requests < MOST_REQUESTS) continue;
    await evaluateHeld(evaluation, held, requests);
    held = [];
    requests = 0;
  }
  if (held.length > 0) await evaluateHeld(evaluation, held, requests);
}

async function evaluateHeld(evaluation: Evaluation, tasks: readonly Task[], requests: number): Promise<void> {
  evaluation.asked.rows += requests;
  const outputs = evaluation.runner.numOutputs;
  const found = new Float64Array(requests * outputs);
  // The place of each request's answer: requests for the same row share one.
  const slots = new Int32Array(requests);
  await evaluation.runner.runAll(makeBatches(evaluation, tasks, found, slots));
  let first = 0;
  for (const task of tasks) {
    const count = task.numCoalitions * task.sources.length;
    const answers = new Float64Array(count * outputs);
    for (let i = 0; i < count; i++) {
      const slot = slots[first + i] * outputs;
      for (let output = 0; output < outputs; output++) answers[i * outputs + output] = found[slot + output];
    }
    task.take(answers, outputs);
    first += count;
  }
}

function* makeBatches(evaluation: Evaluation, tasks: readonly Task[], found: Float64Array, slots: Int32Array): Generator<Job> {
  const { rows, numPlayers, imputer, runner } = evaluation;
  const batch = new Batch(evaluation);
  const mask = new Uint32Array(countWords(numPlayers));
  let request = 0;
  let slot = 0;
  let distinctRow = -1;
  let distinct: DistinctRows | null = null;
  for (const task of tasks) {
    const mayMeet = imputer === null && (rows.hasTies || task.sources.length > 1);
    if (mayMeet && distinctRow !== task.row) {
      distinctRow = task.row;
      distinct = new DistinctRows(rows, task.row, numPlayers);
    }
    for (let coalition = 0; coalition < task.numCoalitions; coalition++) {
      task.writeCoalition(coalition, mask);
      const imputed = imputer?.impute(task.row, mask);
      for (const source of task.sources) {
        const known = mayMeet && distinct ? distinct.find(mask, source, slot) : -1;
        slots[request++] = known < 0 ? slot : known;
        if (known >= 0) continue;
        slot++;
        batch.add(task.row, source, mask, imputed);
        if (batch.isFull) yield batch.send(found, runner.numOutputs);
      }
    }
  }
  if (batch.length > 0) yield batch.send(found, runner.numOutputs);
}

/** Requests that are sent together. */
class Batch {
  length: number = 0;
  private sent = 0;
  private readonly evaluation: Evaluation;
  private readonly words: number;
  private readonly rows: Int32Array;
  private readonly sources: Int32Array;
  private readonly masks: Uint32Array;
  /** Cells of absent features, where an imputer made them. */
  private readonly cells: (Float64Array | Int32Array)[] | undefined;

  constructor(evaluation: Evaluation) {
    const { maxBatchRows, numPlayers, imputer, rows } = evaluation;
    this.evaluation = evaluation;
    this.words = countWords(numPlayers);
    this.rows = new Int32Array(maxBatchRows);
    this.sources = new Int32Array(maxBatchRows);
    this.masks = new Uint32Array(maxBatchRows * this.words);
    if (imputer) this.cells = rows.makeCells(maxBatchRows);
  }

  get isFull(): boolean {
    return this.length === this.rows.length;
  }

  add(row: number, source: number, mask: Uint32Array, imputed: readonly (Float64Array | Int32Array)[] | undefined): void {
    this.rows[this.length] = row;
    this.sources[this.length] = this.cells ? this.length : source;
    this.masks.set(mask, this.length * this.words);
    this.cells?.forEach((cells, j) => (cells[this.length] = imputed![j][source]));
    this.length++;
  }

  send(found: Float64Array, outputs: number): Job {
    const { rows, sources, masks, length, cells } = this;
    const start = this.sent * outputs;
    const batch = this.evaluation.rows.make({ length, rows, sources, masks }, cells);
    this.sent += length;
    this.length = 0;
    return { batch, deliver: (predictions) => found.set(predictions, start) };
  }
}
