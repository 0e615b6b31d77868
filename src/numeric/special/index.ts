export { devianceTerm } from "./deviance-term.ts";
export { logLowerBeta, lowerBeta } from "./incomplete-beta.ts";
export { logLowerGamma, logUpperGamma, lowerGamma, upperGamma } from "./incomplete-gamma.ts";
export { log1mExp, log1pExp } from "./log-exp.ts";
export { logBeta } from "./log-beta.ts";
export { logGamma } from "./log-gamma.ts";
export { digamma, tetragamma, trigamma } from "./polygamma.ts";
export { millsRatio } from "./mills-ratio.ts";
export { stirlingError } from "./stirling-error.ts";
