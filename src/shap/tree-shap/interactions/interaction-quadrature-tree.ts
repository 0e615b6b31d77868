import type { Kernel } from "../../../kernels/index.ts";
import type { QuadratureRule } from "../../../numeric/index.ts";
import type { AttributionIndex } from "../../attribution-indexes.ts";
import { quadratureRule } from "../engine/index-weights.ts";
import type { InteractingPairs } from "./interacting-pairs.ts";
import { compileInteractionSteps, type InteractionSteps } from "./interaction-steps.ts";
import { outputPhi, type LaidTree, type RowBlock } from "../engine/laid-tree.ts";
import type { TreeProgram } from "../engine/tree-program.ts";

/**
 * Path-dependent interactions by quadrature, for any depth: with d players on the longest path a pair's integrand is a polynomial of degree
 * d − 2. Each node pays one short sum for every other player above it.
 */
export class InteractionQuadratureTree implements LaidTree {
  /** Rows that share one reading of a tree; their lines stay in the first-level cache. */
  readonly blockRows = 64;
  private readonly kernel: Kernel;
  private readonly program: TreeProgram;
  private readonly rule: QuadratureRule;
  private readonly layout: InteractionSteps;
  private place: { steps: number; partners: number; edges: number; ratios: number; rule: number } | null = null;

  /** @param program - with at least 2 players on some path */
  constructor(kernel: Kernel, program: TreeProgram, pairs: InteractingPairs, index: AttributionIndex) {
    this.kernel = kernel;
    this.program = program;
    this.rule = quadratureRule(index, program.mostPlayers - 2);
    this.layout = compileInteractionSteps(program, pairs);
  }

  scratchBytes(rows: number): number {
    const size = this.rule.nodes.length;
    return (this.program.depth + 1) * (rows * (24 * size + 12) + 16 * size) + rows * (8 * size + 16) + 64 * size;
  }

  load(): void {
    const { kernel, program, layout } = this;
    this.place = {
      steps: kernel.store(layout.steps),
      partners: kernel.store(layout.partners),
      edges: kernel.store(program.edges),
      ratios: kernel.store(program.ratios),
      rule: kernel.store(ruleLanes(this.rule)),
    };
  }

  add(block: RowBlock): void {
    const { kernel, program, place, layout, rule } = this;
    if (!place) throw new Error("InteractionQuadratureTree: add before load");
    kernel.scratch(() => {
      const scratch = kernel.allocate(this.scratchBytes(block.rows));
      const tree = [place.steps, layout.steps.length / 4, place.partners, place.edges, place.ratios] as const;
      const rows = [block.codes, block.sets, block.rows] as const;
      const phi = outputPhi(block, program);
      kernel.run.interactionQuadrature(...tree, ...rows, place.rule, rule.nodes.length, phi, scratch, program.depth);
    });
  }
}

/** The rule as the kernel reads it: for each node t, 1 − t, its weight and −1 / (1 − t), each twice for two lanes. */
function ruleLanes({ nodes, weights }: QuadratureRule): Float64Array {
  const lanes = new Float64Array(nodes.length * 8);
  nodes.forEach((t, k) => {
    [t, 1 - t, weights[k], -1 / (1 - t)].forEach((value, i) => lanes.fill(value, k * 8 + i * 2, k * 8 + i * 2 + 2));
  });
  return lanes;
}
