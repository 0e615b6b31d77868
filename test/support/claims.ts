import { fitGlm, poisson, type GlmModel, type GlmOptions } from "../../src/models/index.ts";
import { createRandom } from "../../src/numeric/index.ts";
import { categorical, type TableLike } from "../../src/table/index.ts";

const random = createRandom(11);
const NUM_ROWS = 240;
const regions = ["north", "south", "west"];
const drawn = Array.from({ length: NUM_ROWS }, () => ({
  region: regions[Math.floor(random.next() * 3)],
  fuel: random.next() < 0.4 ? "diesel" : "petrol",
  age: 20 + Math.floor(random.next() * 50),
  years: 0.2 + random.next(),
  doors: [3, 4, 5][Math.floor(random.next() * 3)],
  noise: random.next(),
}));

/** Columns of 240 insured cars, made up: counts of claims, two factors, three numbers and the household that each car belongs to. */
export const claims: Readonly<Record<string, ReturnType<typeof categorical> | number[]>> = {
  claims: drawn.map(({ region, age, years, noise }) => Math.floor(years * (region === "west" ? 2 : 1) * (3 - age / 40) + 1.5 * noise)),
  region: categorical(
    drawn.map(({ region }) => region),
    regions,
  ),
  fuel: categorical(
    drawn.map(({ fuel }) => fuel),
    ["petrol", "diesel"],
  ),
  age: drawn.map(({ age }) => age),
  years: drawn.map(({ years }) => years),
  doors: drawn.map(({ doors }) => doors),
  household: drawn.map((_, row) => row % 40),
};

/** A Poisson model of the claims. */
export function fitClaims(formula = "claims ~ region + fuel + age + offset(log(years))", options: GlmOptions = {}): GlmModel {
  return fitGlm(formula, claims as TableLike, { family: poisson(), ...options });
}
