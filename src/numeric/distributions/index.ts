export { type Binomial, binomial } from "./binomial.ts";
export { type ChiSquared, chiSquared } from "./chi-squared.ts";
export { type FisherF, fisherF } from "./fisher-f.ts";
export { type Gamma, gamma } from "./gamma.ts";
export { type NegativeBinomial, negativeBinomial } from "./negative-binomial.ts";
export { type Normal, normal } from "./normal.ts";
export { type Poisson, poisson } from "./poisson.ts";
export { randomNormal } from "./random-normal.ts";
export { type StudentT, studentT } from "./student-t.ts";
