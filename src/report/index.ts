export type { OtherModel } from "./comparison.ts";
export type { PredictedModel } from "./predicted-model.ts";
export type { ReportOptions } from "./options.ts";
export { renderReport } from "./render-report.ts";
export { renderSvg } from "./render-svg.ts";
export { version } from "./version.ts";
export type { Narrative } from "./words.ts";
