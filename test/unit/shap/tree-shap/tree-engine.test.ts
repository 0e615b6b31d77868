import { expect, test } from "vitest";
import { codeColumns } from "../../../../src/shap/tree-shap/engine/coded-columns.ts";
import type { LaidTree, RowBlock } from "../../../../src/shap/tree-shap/engine/laid-tree.ts";
import { QuadratureTree } from "../../../../src/shap/tree-shap/engine/quadrature-tree.ts";
import { TreeEngine } from "../../../../src/shap/tree-shap/engine/tree-engine.ts";
import { compileTree, type TreeProgram } from "../../../../src/shap/tree-shap/engine/tree-program.ts";
import { layTable } from "../../../support/lay-table.ts";
import { importCase, toMatrix, treeCases } from "../../../reference/tree-cases.ts";

/** Both ways sum the same leaves in float64. */
const ROUNDING = 1e-13;

const treeCase = treeCases.find(({ name }) => name === "lgb_dart_concrete");
if (!treeCase) throw new Error("the reference case lgb_dart_concrete is missing");
const ensemble = importCase(treeCase);
const { nodes } = ensemble;
const rows = toMatrix(treeCase.X);
const numFeatures = ensemble.features.length;
const coding = codeColumns(nodes);
const programs = Array.from({ length: ensemble.numTrees }, (_, tree) =>
  compileTree(
    nodes,
    coding,
    tree,
    0,
    Int32Array.from({ length: numFeatures }, (__, j) => j),
  ),
);

function explainByTables(most?: number): { values: Float64Array; again: Float64Array; bytes: number } {
  const engine = new TreeEngine(coding, numFeatures, 1);
  const background = toMatrix(treeCase?.background ?? []);
  const coded = engine.placeBackground(background, new Float64Array(background.numRows).fill(2));
  engine.placeTrees(
    programs.map((program) => layTable(engine, program, coded)),
    most,
  );
  return { values: engine.explain(rows), again: engine.explain(rows), bytes: engine.kernel.bytes };
}

test("a model in groups of trees gives what it gives all at once, call after call, in less memory", () => {
  const whole = explainByTables();
  const inGroups = explainByTables(1);
  whole.values.forEach((value, cell) => expect(Math.abs(inGroups.values[cell] - value)).toBeLessThan(ROUNDING));
  expect(inGroups.again).toEqual(inGroups.values);
  expect(whole.again).toEqual(whole.values);
  expect(inGroups.bytes).toBeLessThan(whole.bytes);
});

test("tables of the path-dependent game give what the quadrature gives", () => {
  const explainBy = (make: (engine: TreeEngine, program: TreeProgram) => LaidTree): Float64Array => {
    const engine = new TreeEngine(coding, numFeatures, 1);
    engine.placeTrees(programs.map((program) => make(engine, program)));
    return engine.explain(rows);
  };
  const byTables = explainBy((engine, program) => layTable(engine, program, null));
  const byQuadrature = explainBy(({ kernel }, program) => new QuadratureTree(kernel, program, "shapley"));
  byTables.forEach((value, cell) => expect(Math.abs(byQuadrature[cell] - value)).toBeLessThan(ROUNDING * 10));
});

test("memory stays the same over many calls", () => {
  const engine = new TreeEngine(coding, numFeatures, 1);
  engine.placeTrees(programs.map((program) => new QuadratureTree(engine.kernel, program, "shapley")));
  engine.explain(rows);
  const { bytes } = engine.kernel;
  for (let call = 0; call < 200; call++) engine.explain(rows);
  expect(engine.kernel.bytes).toBe(bytes);
});

test("trees that need much working memory take fewer rows at once", () => {
  const seen: number[] = [];
  const engine = new TreeEngine(coding, numFeatures, 1);
  const hungry = {
    blockRows: 64,
    scratchBytes: (count: number) => count * 2 ** 22,
    load: () => undefined,
    add: (block: RowBlock) => void seen.push(block.rows),
  };
  engine.placeTrees([hungry]);
  engine.explain(rows);
  // 64 MiB at 4 MiB a row: 16 rows a block.
  expect(seen).toEqual(Array.from({ length: Math.ceil(rows.numRows / 16) }, () => 16));
});
