export { devianceTerm } from "./deviance-term.ts";
export { logGamma } from "./log-gamma.ts";
export { digamma, tetragamma, trigamma } from "./polygamma.ts";
export { millsRatio } from "./mills-ratio.ts";
export { stirlingError } from "./stirling-error.ts";
