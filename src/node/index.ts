export { readCsv } from "./read-csv.ts";
export { writeReport } from "./write-report.ts";
