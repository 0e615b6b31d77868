import type { AttributionIndex } from "../../src/shap/index.ts";
import { planCells } from "../../src/shap/tree-shap/engine/cell-plan.ts";
import type { CodedBackground } from "../../src/shap/tree-shap/engine/laid-tree.ts";
import { TableTree } from "../../src/shap/tree-shap/engine/table-tree.ts";
import type { TreeEngine } from "../../src/shap/tree-shap/engine/tree-engine.ts";
import type { TreeProgram } from "../../src/shap/tree-shap/engine/tree-program.ts";

/** A tree by tables, whatever the dispatcher would do with it. */
export function layTable(
  engine: TreeEngine,
  program: TreeProgram,
  background: CodedBackground | null,
  index: AttributionIndex = "shapley",
): TableTree {
  const plan = planCells(program);
  if (!plan) throw new Error("too many players for tables");
  return new TableTree(engine.kernel, program, plan, engine.columns, background, index);
}
