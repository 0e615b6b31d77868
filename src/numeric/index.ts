export { gaussLegendre } from "./gauss-legendre.ts";
export { createRandom } from "./random.ts";
