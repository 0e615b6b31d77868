// Everything that runs anywhere: Node, browsers and workers. What needs Node stands in `vitrine/node`.
export { ConvergenceError, InputError, type InputProblem, type Warning } from "./errors.ts";
export { Table, categorical, columnLabel, isMatrix, levelLabel, parseCsv } from "./table/index.ts";
export type * from "./table/index.ts";
export {
  TreeEnsemble,
  importCatboost,
  importLightgbm,
  importMlCart,
  importMlRandomForest,
  importOnnx,
  importSklearn,
  importXgboost,
} from "./trees/index.ts";
export type * from "./trees/index.ts";
export * from "./models/index.ts";
export * from "./predictors/index.ts";
export * from "./shap/index.ts";
export * from "./quality/index.ts";
export * from "./charts/index.ts";
export * from "./report/index.ts";
