export { gaussLegendre, type QuadratureRule } from "./gauss-legendre.ts";
export { createRandom, type Random } from "./random.ts";
