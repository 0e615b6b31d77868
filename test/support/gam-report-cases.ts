import { fitGam } from "../../src/models/index.ts";
import type { GamModel } from "../../src/models/index.ts";
import { createRandom } from "../../src/numeric/index.ts";
import type { ReportOptions } from "../../src/report/index.ts";
import { categorical, Table } from "../../src/table/index.ts";

/** A report on a generalized additive model. */
export type GamReport = ReportOptions & { readonly model: GamModel; readonly data: Table };

const regions = ["north", "south", "west"];

/** Homes whose price has an arch over age, a hill on the map and levels; `noise` moves nothing. */
function makeHomes(count: number, seed: number): Table {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => {
    const [age, east, north] = [80 * Math.sqrt(random.next()), 10 * random.next(), 6 * random.next()];
    const region = regions[random.integer(3)];
    const [area, noise] = [60 + 100 * random.next(), random.next()];
    const hill = 0.4 * Math.exp(-(((east - 6) / 2) ** 2) - ((north - 3) / 1.5) ** 2);
    const log = 4 + 0.008 * area - 0.0004 * (age - 45) ** 2 + hill + (region === "south" ? 0.2 : 0);
    return { price: Math.exp(log + 0.15 * (random.next() + random.next() + random.next() - 1.5)), age, east, north, area, noise, region };
  });
  const column = (name: keyof (typeof rows)[number]): unknown[] => rows.map((row) => row[name]);
  const names = ["price", "age", "east", "north", "area", "noise"] as const;
  return Table.fromColumns({
    ...Object.fromEntries(names.map((name) => [name, Float64Array.from(column(name) as number[])])),
    region: categorical(column("region") as string[], regions),
  }).describe({
    price: { label: "Price", unit: "€" },
    age: { label: "Age of the home", unit: "years" },
    east: { label: "East", unit: "km" },
    north: { label: "North", unit: "km" },
    area: { label: "Living area", unit: "m²" },
    region: { label: "Region" },
  });
}

/** An additive gamma regression of prices, on homes that it was not fitted to. */
export function homesGamReport(): GamReport {
  const training = makeHomes(400, 5);
  const formula = "price ~ s(age) + te(east, north, k = c(5, 5)) + s(noise, k = 5) + area + s(region, bs = 're')";
  const model = fitGam(formula, training, { family: "gamma", link: "log" });
  const background = training.rows(0, 60);
  const narrative = { case: "home", cases: "homes", prediction: "price" };
  return {
    title: "What is a home worth?",
    model,
    data: makeHomes(200, 6),
    response: "price",
    background,
    narrative,
    date: new Date(2026, 10, 22),
  };
}

/** An additive logistic regression on the rows that it was fitted to. */
export function soldGamReport(): GamReport {
  const homes = makeHomes(500, 9);
  const random = createRandom(3);
  const age = homes.column("age");
  const sold = Array.from({ length: homes.numRows }, (_, row) => {
    const years = age.kind === "numeric" ? age.values[row] : 0;
    return random.next() < 1 / (1 + Math.exp((Math.abs(years - 40) - 20) / 8)) ? 1 : 0;
  });
  const data = Table.of([...homes.columns, Table.fromColumns({ sold: Float64Array.from(sold) }).column("sold")]);
  const model = fitGam("sold ~ s(age) + area", data, { family: "binomial" });
  const narrative = { case: "home", cases: "homes", prediction: "chance of a sale", event: "a sale" };
  return { title: "Which homes sell?", model, data, response: "sold", narrative, date: new Date(2026, 10, 22) };
}
