import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fitGlm } from "../../src/models/index.ts";
import type { GlmModel } from "../../src/models/index.ts";
import { readCsv } from "../../src/node/index.ts";
import type { ReportOptions } from "../../src/report/index.ts";
import { categorical, Table } from "../../src/table/index.ts";
import type { NumericColumn } from "../../src/table/index.ts";
import { creditReport } from "./report-cases.ts";

/** A report on a generalized linear model. */
export type GlmReport = ReportOptions & { readonly model: GlmModel; readonly data: Table };

const example = resolve(import.meta.dirname, "../../examples/credit-risk");
const reference = resolve(import.meta.dirname, "../reference/glm");

/** A logistic regression of the credit-risk example, on rows that it was not fitted to. */
export function creditGlmReport(): GlmReport {
  const { background: _, ...options } = creditReport();
  const training = readCsv(resolve(example, "train.csv"));
  const formula = "defaulted ~ account_status + duration + log(amount) + poly(age, 2) + credit_history + other_plans + telephone";
  const model = fitGlm(formula, training, { family: "binomial" });
  return { ...options, title: "Will this applicant repay? A model that adds up", model, data: options.data as Table };
}

interface ReferenceColumn {
  readonly values: readonly (number | string)[];
  /** Of factors. */
  readonly levels?: readonly string[];
}

/** The columns of a reference case, factors with their levels in R's order. */
function readReferenceTable(name: string): Table {
  const { data } = JSON.parse(readFileSync(resolve(reference, `${name}.json`), "utf8")) as { data: Record<string, ReferenceColumn> };
  return Table.fromColumns(
    Object.fromEntries(Object.entries(data).map(([column, { values, levels }]) => [column, levels ? categorical(values, levels) : values])),
  );
}

/** A Poisson regression of claims per holder, on the rows that it was fitted to (insurance of MASS). */
export function claimsGlmReport(): GlmReport {
  const table = readReferenceTable("poisson_insurance_offset");
  const logHolders = table.column(".o") as NumericColumn;
  const holders: NumericColumn = { ...logHolders, name: "Holders", values: logHolders.values.map((value) => Math.round(Math.exp(value))) };
  const data = Table.of([...table.select(["Claims", "District", "Group", "Age"]).columns, holders]).describe({
    Group: { label: "Size of the engine" },
    Age: { label: "Age of the driver" },
    Holders: { label: "Policyholders" },
  });
  const model = fitGlm("Claims ~ District + Group + Age + offset(log(Holders))", data, { family: "poisson" });
  const narrative = { case: "group of policies", cases: "groups of policies", prediction: "number of claims" };
  return { title: "How many claims?", model, data, response: "Claims", narrative, date: new Date(2026, 10, 22) };
}

/** A linear regression of prices of used cars, on the rows that it was fitted to (car_prices of modeldata). */
export function priceGlmReport(): GlmReport {
  const data = readReferenceTable("gaussian_identity_cars").describe({
    Price: { label: "Price", unit: "$" },
    Mileage: { label: "Mileage", unit: "miles" },
    Cylinder: { label: "Cylinders" },
    Leather: { label: "Leather seats" },
  });
  const model = fitGlm("Price ~ Mileage * Leather + Cylinder + Make", data);
  const narrative = { case: "car", cases: "cars", prediction: "price" };
  return { title: "What is a used car worth?", model, data, response: "Price", narrative, date: new Date(2026, 10, 22) };
}
