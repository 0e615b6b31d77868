export { type Binomial, binomial } from "./binomial.ts";
export { type Normal, normal } from "./normal.ts";
export { type Poisson, poisson } from "./poisson.ts";
