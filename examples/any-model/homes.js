// The homes of Ames, Iowa: those that both models learn from, and every fifth, kept for the report.
import { fileURLToPath } from "node:url";
import { readCsv } from "vitrine/node";

const all = readCsv(fileURLToPath(new URL("../../docs/data/homes.csv", import.meta.url))).describe({
  price: { label: "Price", unit: "$" },
  area: { label: "Living area", unit: "sq ft" },
  built: { label: "Year built" },
  kind: { label: "Kind of building" },
  neighborhood: { label: "Neighborhood" },
});

const counts = new Map();
for (const { neighborhood } of all.toRecords()) counts.set(neighborhood, (counts.get(neighborhood) ?? 0) + 1);
// Four neighborhoods have fewer than twenty sales, too few to learn from and to test on: 21 homes are left out.
const usual = all.filter(({ neighborhood }) => counts.get(neighborhood) >= 20);

export const training = usual.filter((_, row) => row % 5 !== 0);
export const kept = usual.filter((_, row) => row % 5 === 0);
export const features = ["area", "built", "kind", "neighborhood"];
