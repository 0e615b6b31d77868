export { categorical } from "./categorical.ts";
export type { CategoricalValues } from "./categorical.ts";
export { columnLabel, columnLength, levelLabel, readCell } from "./column.ts";
export type { CategoricalColumn, Column, ColumnDescription, NumericColumn } from "./column.ts";
export type { CsvOptions } from "./csv-options.ts";
export { CsvSplitter } from "./csv-splitter.ts";
export type { CsvPiece } from "./csv-splitter.ts";
export type { ArrowTableLike, ArrowVectorLike } from "./from-arrow.ts";
export type { ColumnValues } from "./from-columns.ts";
export { isMatrix } from "./matrix.ts";
export type { Matrix } from "./matrix.ts";
export { nearestNames } from "./near-names.ts";
export { parseCsv } from "./parse-csv.ts";
export { toTable } from "./table-like.ts";
export type { TableLike } from "./table-like.ts";
export { Table } from "./table.ts";
export type { TableRecord } from "./table.ts";
export { basisSize } from "./design/basis.ts";
export type { Basis, PolynomialBasis, PowerBasis, SplineBasis } from "./design/basis.ts";
export { takeCodes, takeNumbers } from "./design/complete-rows.ts";
export type { MissingPolicy } from "./design/complete-rows.ts";
export { CONTRAST_NAMES, contrastMatrix } from "./design/contrasts.ts";
export type { ContrastName } from "./design/contrasts.ts";
export { ChunkLearner } from "./design/chunk-learner.ts";
export type { ChunkLearnerOptions, LearnedChunks } from "./design/chunk-learner.ts";
export type { CellTable } from "./smooths/cell-table.ts";
export { DesignLearner } from "./design/design-learner.ts";
export type { DesignLearnerOptions } from "./design/design-learner.ts";
export type { ApplyOptions, LearnOptions, NumbersAlongside } from "./design/design-options.ts";
export type {
  BasisVariable,
  Design,
  DesignRecipe,
  DesignResponse,
  DesignTerm,
  FactorCoding,
  FactorVariable,
  NumericVariable,
  RecipeInput,
  RecipeResponse,
  RecipeVariable,
} from "./design/design.ts";
export type { UnseenPolicy } from "./design/factor-levels.ts";
export type {
  BasisMargin,
  LearnedSmooth,
  LevelsMargin,
  ShapeConstraint,
  SmoothLevel,
  SmoothMargin,
  SmoothVariable,
} from "./smooths/smooth-variable.ts";
export { learnDesign } from "./design/learn-design.ts";
export type { LearnedDesign } from "./design/learn-design.ts";
export { applyDesign, applyDesignAndResponse } from "./design/make-design.ts";
export { recipeFromJson } from "./design/recipe-json.ts";
export { factor, interaction, linear, polynomial } from "./formula/builders.ts";
export type {
  BuiltFormula,
  FactorOptions,
  FactorTerm,
  InteractionTerm,
  LinearTerm,
  PolynomialTerm,
  TermBuilder,
} from "./formula/builders.ts";
export { re, s, t2, te, ti } from "./formula/smooth-builders.ts";
export type { Covariates, ProductOptions, RandomEffectOptions, SmoothOptions, SmoothTerm } from "./formula/smooth-builders.ts";
export { BASIS_NAMES, SHAPE_NAMES } from "./smooths/smooth-spec.ts";
export type { BasisName, ShapeName } from "./smooths/smooth-spec.ts";
export { expandFormula } from "./formula/expand-formula.ts";
export type { ExpandedFormula, FormulaTerm, FormulaVariable } from "./formula/expand-formula.ts";
export type {
  Argument,
  BinaryNode,
  BinaryOperator,
  CallNode,
  Expression,
  GroupNode,
  NameNode,
  NumberNode,
  Place,
  SignNode,
  SmoothNode,
  TextNode,
} from "./formula/expression.ts";
export { expressionText, numberText } from "./formula/expression-text.ts";
export type { FormulaSource } from "./formula/formula-error.ts";
export { formulaText } from "./formula/model-formula.ts";
export type { ModelFormula } from "./formula/model-formula.ts";
export { namesOfExpression } from "./formula/names-of-expression.ts";
export { parseFormula } from "./formula/parse-formula.ts";
export type { Formula } from "./formula/parse-formula.ts";
