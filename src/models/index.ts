export type { Family, FamilyJson, FamilyName, FittedRows, WorkingRows } from "./families/family.ts";
export type { Link, LinkName } from "./families/link.ts";
export type { GlmFit, GlmProblem, TrainingData } from "./glm/glm-fit.ts";
