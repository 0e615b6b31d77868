export { fitGamParallel, type GamParallelOptions } from "./fit-gam-parallel.ts";
export { fitGlmParallel, type GlmParallelOptions } from "./fit-glm-parallel.ts";
export { readCsv } from "./read-csv.ts";
export { readCsvChunks, type CsvChunkOptions } from "./read-csv-chunks.ts";
export { writeReport } from "./write-report.ts";
export { writeTables } from "./write-tables/write-tables.ts";
