import type { Kernel } from "../../../kernels/index.ts";
import type { AttributionIndex } from "../../attribution-indexes.ts";
import { joiningShares } from "./index-weights.ts";
import { countCells } from "./cell-groups.ts";
import { layLeaves, MOST_PLAYERS } from "./cell-leaves.ts";
import type { CellPlan } from "./cell-plan.ts";
import { narrowTest, type NarrowColumns } from "./narrow-columns.ts";
import { outputPhi, type CodedBackground, type RowBlock, type ValueTree } from "./laid-tree.ts";
import { CATEGORICAL_EDGE, EDGE, EDGE_WORDS } from "./tree-edges.ts";
import type { TreeProgram } from "./tree-program.ts";

/** Rows that the kernel takes at once: their cells and contributions stay in the first-level cache. */
const RUN_ROWS = 256;
const GROUP_WORDS = 8;

/** Where a tree's lists lie in kernel memory. */
interface Place {
  readonly edges: number;
  readonly groups: number;
  readonly tests: number;
  readonly players: number;
  readonly tables: number;
}

/**
 * Values by tables of cells: the tree is cut into groups of leaves, and each group has a table of its players' contributions by cell, made once, so
 * that a row costs one addition for each player of a group whatever the size of the background.
 */
export class TableTree implements ValueTree {
  /** Rows for which one reading of the tables suffices. */
  readonly blockRows = 2048;
  readonly loadedBytes: number;
  readonly roundings: number;
  private readonly kernel: Kernel;
  private readonly program: TreeProgram;
  private readonly plan: CellPlan;
  private readonly columns: NarrowColumns;
  private readonly background: CodedBackground | null;
  private readonly index: AttributionIndex;
  private place: Place | null = null;

  /** @param background - null: the path-dependent game */
  constructor(
    kernel: Kernel,
    program: TreeProgram,
    plan: CellPlan,
    columns: NarrowColumns,
    background: CodedBackground | null,
    index: AttributionIndex,
  ) {
    this.kernel = kernel;
    this.program = program;
    this.plan = plan;
    this.columns = columns;
    this.background = background;
    this.index = index;
    this.loadedBytes = plan.bytes;
    // Weights and counts, or ratios; supersets, shares, subsets and the two sums; leaves into cells, and cells into values.
    const made = background ? 3 * background.numRows : 2 * program.depth;
    this.roundings = made + 4 * program.mostPlayers + 2 * program.leafValues.length + 10;
  }

  scratchBytes(rows: number): number {
    return (2 * (this.plan.depth + 1) + 2) * Math.min(rows, RUN_ROWS) * 2;
  }

  load(): void {
    const { kernel, plan, columns } = this;
    const edges = kernel.store(narrowEdges(plan.edges, columns));
    const groups = kernel.store(layGroups(plan, ({ players }) => players.length));
    const tests = kernel.store(layTests(plan, columns));
    const players = kernel.store(Int32Array.from(plan.groups.flatMap((group) => group.players)));
    const tables = kernel.allocate(this.loadedBytes);
    kernel.floats(tables, this.loadedBytes / 8).fill(0);
    this.place = { edges, groups, tests, players, tables };
    kernel.scratch(() => this.fillTables(tables));
  }

  add(block: RowBlock): void {
    const { kernel, program, plan, place } = this;
    if (!place) throw new Error("TableTree: add before load");
    const { edges, groups, tests, players, tables } = place;
    kernel.scratch(() => {
      const scratch = kernel.allocate(this.scratchBytes(block.rows));
      const tree = [edges, plan.edges.length / EDGE_WORDS, groups, tests, players, tables] as const;
      for (let first = 0; first < block.rows; first += RUN_ROWS) {
        const rows = Math.min(RUN_ROWS, block.rows - first);
        const codes = [block.codes + first * 4, block.narrowed + first * 2, block.sets, block.rows, rows] as const;
        kernel.run.applyCells(...tree, ...codes, outputPhi(block, program) + first * 8, scratch, plan.depth);
      }
    });
  }

  private fillTables(tables: number): void {
    const { kernel, program, plan } = this;
    const leaves = layLeaves(program, plan);
    const { records, steps, slots, ratios, values } = leaves;
    const lists = [kernel.store(records), values.length, kernel.store(steps), kernel.store(slots), kernel.store(ratios)] as const;
    const counts = this.background ? this.countBackground(this.background) : 0;
    const more = [kernel.store(values), counts, kernel.store(sharesOf(this.index)), tables] as const;
    const masksBytes = Math.ceil(leaves.mostInside / 4) * 16;
    const scratch = kernel.allocate(masksBytes + (3 + program.mostPlayers) * 2 ** program.mostPlayers * 8);
    kernel.run.fillTables(...lists, ...more, scratch, masksBytes);
  }

  /** The background's weight in each cell: a double a cell, group after group. */
  private countBackground({ codes, narrowed, sets, rows, weights }: CodedBackground): number {
    const { kernel, plan, place } = this;
    if (!place) throw new Error("TableTree: count before load");
    const cells = plan.groups.reduce((sum, group) => sum + countCells(group), 0);
    const counts = kernel.allocate(cells * 8);
    kernel.floats(counts, cells).fill(0);
    const groups = kernel.store(layGroups(plan, () => 1));
    const scratch = kernel.allocate(this.scratchBytes(rows));
    const tree = [place.edges, plan.edges.length / EDGE_WORDS, groups, place.tests, counts] as const;
    for (let first = 0; first < rows; first += RUN_ROWS) {
      const run = Math.min(RUN_ROWS, rows - first);
      const block = [codes + first * 4, narrowed + first * 2, sets, rows, run] as const;
      kernel.run.countCells(...tree, ...block, weights + first * 8, scratch, plan.depth);
    }
    return counts;
  }
}

/** The groups' records, with tables of so many doubles a cell one after another. */
function layGroups({ groups }: CellPlan, doubles: (group: CellPlan["groups"][number]) => number): Int32Array {
  const out = new Int32Array(groups.length * GROUP_WORDS);
  let [table, players, tests] = [0, 0, 0];
  groups.forEach((group, g) => {
    const numTests = group.digits.reduce((sum, { limits }) => sum + limits.length, 0);
    out.set([table, group.players.length, players, tests, numTests, group.inside], g * GROUP_WORDS);
    table += countCells(group) * doubles(group) * 8;
    players += group.players.length;
    tests += numTests;
  });
  return out;
}

function layTests({ groups }: CellPlan, columns: NarrowColumns): Int32Array {
  const out: number[] = [];
  for (const { digits } of groups) {
    for (const { flags, column, limits, stride } of digits) {
      for (const limit of limits) {
        const test = flags & CATEGORICAL_EDGE ? { column, limit } : narrowTest(columns, column, limit);
        out.push(flags, test.column, test.limit | 0, stride);
      }
    }
  }
  return Int32Array.from(out);
}

/** Edges whose numeric tests are of narrow columns. */
function narrowEdges(edges: Int32Array, columns: NarrowColumns): Int32Array {
  const out = edges.slice();
  for (let at = 0; at < out.length; at += EDGE_WORDS) {
    if (out[at] & CATEGORICAL_EDGE) continue;
    const test = narrowTest(columns, out[at + EDGE.column], out[at + EDGE.limit] >>> 0);
    out[at + EDGE.column] = test.column;
    out[at + EDGE.limit] = test.limit;
  }
  return out;
}

/** What joining a coalition of s − 1 among d players weighs, at `d * (MOST_PLAYERS + 1) + s − 1`. */
function sharesOf(index: AttributionIndex): Float64Array {
  const out = new Float64Array((MOST_PLAYERS + 1) ** 2);
  for (let d = 1; d <= MOST_PLAYERS; d++) out.set(joiningShares(index, d), d * (MOST_PLAYERS + 1));
  return out;
}
