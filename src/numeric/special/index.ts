export { devianceTerm } from "./deviance-term.ts";
export { logGamma } from "./log-gamma.ts";
export { digamma, tetragamma, trigamma } from "./polygamma.ts";
