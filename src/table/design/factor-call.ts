import type { CallNode, Expression } from "../formula/expression.ts";
import { expressionText } from "../formula/expression-text.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import { CallArguments, constantTexts } from "./call-arguments.ts";
import type { ContrastName } from "./contrasts.ts";

/** What a formula says of a factor besides where its levels come from. */
export interface FactorSpec {
  /** Only levels that occur, as R's factor() does; those of the column otherwise. */
  readonly occurring?: boolean;
  /** The levels in order, where they are spelled out. */
  readonly levels?: readonly string[];
  /** The level to put first. */
  readonly first?: string;
  readonly contrast?: ContrastName;
  /** Position of the reference level of treatment contrasts; −1 is the last. */
  readonly base?: number;
  /** Refuses one of the call's arguments, once the levels are known. */
  readonly refuse?: (argument: string, expected: string) => Error;
}

const CONTRASTS: Readonly<Record<string, ContrastName>> = {
  treatment: "treatment",
  SAS: "treatment",
  sum: "sum",
  helmert: "helmert",
  poly: "polynomial",
};

/** Reads factor(), as.factor(), relevel() and C(), which may stand within each other. @throws InputError with a caret */
export function readFactorCall(source: FormulaSource, call: CallNode): FactorSpec & { readonly argument: Expression } {
  const given = openCall(source, call);
  const refuse = (argument: string, expected: string): Error => given.refuse(argument, expected);
  const inner = readInner(source, given.need(call.name === "C" ? "object" : "x"));
  if (call.name === "relevel") return { ...inner, first: readReference(given), refuse };
  if (call.name === "C") return { ...inner, ...readContrast(given), refuse: inner.refuse ?? refuse };
  const levels = given.get("levels");
  if (levels === undefined) return { ...inner, occurring: call.name === "factor" && inner.levels === undefined };
  const texts = constantTexts(levels);
  if (texts === null || texts.length === 0 || new Set(texts).size < texts.length) {
    throw given.refuse("levels", 'different levels, such as c("low", "high")');
  }
  return { argument: inner.argument, levels: texts, refuse };
}

function openCall(source: FormulaSource, call: CallNode): CallArguments {
  if (call.name === "C") return new CallArguments(source, call, ["object", "contr"], ["base"]);
  if (call.name === "relevel") return new CallArguments(source, call, ["x", "ref"]);
  return new CallArguments(source, call, call.name === "factor" ? ["x", "levels"] : ["x"]);
}

function readInner(source: FormulaSource, node: Expression): FactorSpec & { readonly argument: Expression } {
  const isFactor = node.kind === "call" && ["factor", "as.factor", "C", "relevel"].includes(node.name);
  return isFactor ? readFactorCall(source, node) : { argument: node };
}

function readReference(given: CallArguments): string {
  const [text, ...rest] = constantTexts(given.need("ref")) ?? [];
  if (text !== undefined && rest.length === 0) return text;
  throw given.refuse("ref", "one level as ref");
}

function readContrast(given: CallArguments): { contrast?: ContrastName; base?: number } {
  const node = given.get("contr");
  const base = given.whole("base", 1, 1_000_000);
  if (node === undefined) return base === undefined ? {} : { contrast: "treatment", base: base - 1 };
  const written = node.kind === "text" ? node.value : expressionText(node);
  const name = written.replace(/^contr\./, "");
  if (!Object.hasOwn(CONTRASTS, name)) throw given.refuse("contr", `one of ${Object.keys(CONTRASTS).join(", ")} as contrasts`);
  if (base !== undefined && name !== "treatment") throw given.refuse("base", "base for treatment contrasts alone");
  return { contrast: CONTRASTS[name], base: name === "SAS" ? -1 : (base ?? 1) - 1 };
}
