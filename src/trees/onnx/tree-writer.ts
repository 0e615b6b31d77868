import { InputError } from "../../errors.ts";
import type { DraftTree } from "../draft-trees.ts";
import { CATEGORICAL, MISSING_LEFT } from "../nodes.ts";

/** Where a node hangs: the parent and the side; null for the root. */
export interface Hook {
  readonly parent: number;
  readonly side: "left" | "right";
}

/** How much work all trees of a model may make together: nodes and categories written, and nodes passed on the way. */
export class WorkBudget {
  private readonly call: string;
  private readonly most: number;
  private spent = 0;

  constructor(call: string, most: number) {
    this.call = call;
    this.most = most;
  }

  /** @throws InputError where it is used up */
  spend(steps: number): void {
    this.spent += steps;
    if (this.spent <= this.most) return;
    throw new InputError({
      call: this.call,
      argument: "the trees",
      expected: "of a size to be written with shared nodes as copies, and tests of equality as tests of order",
      received: `more than ${this.most} nodes and categories`,
      mend: "Explain the model's predictions with onnxPredictor and kernelShap.",
    });
  }
}

/** A tree that grows node by node, from the root. */
export class TreeWriter {
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly feature: number[] = [];
  private readonly threshold: number[] = [];
  private readonly flags: number[] = [];
  private readonly cover: number[] = [];
  private readonly categories = new Map<number, Int32Array>();
  /** The node of the file that each leaf was. */
  readonly leaves: number[] = [];

  leaf(hook: Hook | null, source: number, cover: number): void {
    this.add(hook, -1, NaN, 0, cover);
    this.leaves[this.leaves.length - 1] = source;
  }

  /** @returns the new node */
  number(hook: Hook | null, feature: number, threshold: number, missingLeft: boolean, cover: number): number {
    return this.add(hook, feature, threshold, missingLeft ? MISSING_LEFT : 0, cover);
  }

  /** @param listed - Categories that go left, ascending. @returns the new node */
  set(hook: Hook | null, feature: number, listed: readonly number[], missingLeft: boolean, cover: number): number {
    const id = this.add(hook, feature, NaN, missingLeft ? MISSING_LEFT + CATEGORICAL : CATEGORICAL, cover);
    this.categories.set(id, Int32Array.from(listed));
    return id;
  }

  /** @param leafValues - Nodes × values of a leaf. */
  finish(leafValues: Float64Array, output: number): DraftTree {
    return {
      left: Int32Array.from(this.left),
      right: Int32Array.from(this.right),
      feature: Int32Array.from(this.feature),
      threshold: Float64Array.from(this.threshold),
      flags: Uint8Array.from(this.flags),
      cover: Float64Array.from(this.cover),
      leafValues,
      categories: this.categories,
      output,
      numDeleted: 0,
    };
  }

  private add(hook: Hook | null, feature: number, threshold: number, flags: number, cover: number): number {
    const id = this.left.length;
    this.left.push(-1);
    this.right.push(-1);
    this.feature.push(feature);
    this.threshold.push(threshold);
    this.flags.push(flags);
    this.cover.push(cover);
    this.leaves.push(-1);
    if (hook !== null) this[hook.side][hook.parent] = id;
    return id;
  }
}
