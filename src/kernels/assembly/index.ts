// The tuned core: one WebAssembly module. The TypeScript side lays out memory and owns it; nothing here allocates.
export { quadrature } from "./quadrature";
export { applyCells, countCells, narrowCodes } from "./cells";
export { fillTables } from "./cell-tables";
export { listPatterns, applyPairs } from "./pairs";
export { enumerateCoalitions, evaluateCoalitions, explainPair } from "./coalitions";
export { interactionQuadrature } from "./interaction-quadrature";
export {
  countLeafPatterns, sumSupersets, addInteractionTables, applyInteractionTables, applyInteractionPairs,
} from "./interaction-tables";
export { codeCells } from "./row-codes";
export { addLeaves } from "./leaves";
export { packGroup, addGram, addSum, addGroupSums, multiplyGroups, addQuadratics } from "./panels";
export {
  multiplyRows, scatter, gather, scatterPairs, gatherPairs, scatterLines, gatherLines, scatterGroups, gatherGroups,
} from "./codes";
export { factorTriangle, invertTriangle, multiplyInverse } from "./triangles";
export { multiplyDense, fillRadial } from "./dense";
export { reflectRows } from "./reflections";

/** The first byte that the caller may use. */
export function heapBase(): usize {
  return __heap_base;
}
