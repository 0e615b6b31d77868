import { collectNames } from "./collect-names.ts";
import { parseExpression } from "./parse-formula.ts";

/**
 * The names that an expression of a recipe reads, in order of appearance: `["claims", "years"]` of `log(claims / years)`.
 * @param call - the public function to name in an error
 */
export function namesOfExpression(text: string, call: string): string[] {
  return collectNames(parseExpression(text, call)).map(({ name }) => name);
}
