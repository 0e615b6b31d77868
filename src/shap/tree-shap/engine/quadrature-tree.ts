import type { Kernel } from "../../../kernels/index.ts";
import type { QuadratureRule } from "../../../numeric/index.ts";
import type { AttributionIndex } from "../../attribution-indexes.ts";
import { quadratureRule } from "./index-weights.ts";
import { outputPhi, type RowBlock, type ValueTree } from "./laid-tree.ts";
import type { TreeProgram } from "./tree-program.ts";

/**
 * Path-dependent values by quadrature: no tables, no set-up beyond copying the tree in; for any depth.
 * With d players on the longest path the integrand is a polynomial of degree d − 1, for which ⌈d/2⌉ Gauss–Legendre nodes are exact.
 * Banzhaf values are the integrand in the middle.
 */
export class QuadratureTree implements ValueTree {
  /** Enough to fill vector lanes and to share a tree's reading, few enough for the first-level cache. */
  readonly blockRows = 64;
  readonly roundings: number;
  private readonly kernel: Kernel;
  private readonly program: TreeProgram;
  private readonly rule: QuadratureRule;
  private readonly numNodes: number;
  private place: { steps: number; edges: number; ratios: number; rule: number } | null = null;

  constructor(kernel: Kernel, program: TreeProgram, index: AttributionIndex) {
    this.kernel = kernel;
    this.program = program;
    this.rule = quadratureRule(index, program.mostPlayers - 1);
    this.numNodes = this.rule.nodes.length;
    // Products down and up, sums of siblings and over nodes; and the nodes themselves, of which the last is 1.4 / (K + 1/2)² short of 1.
    const nodes = 2 * program.mostPlayers * (this.numNodes + 1) ** 2 + 11 * this.numNodes;
    this.roundings = 12 * program.depth + 3 * program.leafValues.length + nodes + 10;
  }

  scratchBytes(rows: number): number {
    return (this.program.depth + 1) * rows * (16 * this.numNodes + 12) + 64 * this.numNodes;
  }

  load(): void {
    const { kernel, program } = this;
    this.place = {
      steps: kernel.store(program.steps),
      edges: kernel.store(program.edges),
      ratios: kernel.store(program.ratios),
      rule: kernel.store(ruleLanes(this.rule)),
    };
  }

  add(block: RowBlock): void {
    const { kernel, program, place, numNodes } = this;
    if (!place) throw new Error("QuadratureTree: add before load");
    kernel.scratch(() => {
      const scratch = kernel.allocate(this.scratchBytes(block.rows));
      const tree = [place.steps, program.steps.length, place.edges, place.ratios] as const;
      const rows = [block.codes, block.sets, block.rows] as const;
      kernel.run.quadrature(...tree, ...rows, place.rule, numNodes, outputPhi(block, program), scratch, program.depth);
    });
  }
}

/** The rule as the kernel reads it: for each node t, 1 − t, its weight g, g t and g (1 − t), each twice for two lanes. */
function ruleLanes({ nodes, weights }: QuadratureRule): Float64Array {
  return Float64Array.from(nodes).reduce(
    (lanes, t, k) => {
      const g = weights[k];
      [t, 1 - t, g, g * t, g * (1 - t)].forEach((value, i) => lanes.fill(value, k * 10 + i * 2, k * 10 + i * 2 + 2));
      return lanes;
    },
    new Float64Array(nodes.length * 10),
  );
}
