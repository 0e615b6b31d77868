import { expect, test } from "vitest";
import { renderReport } from "../../../src/report/index.ts";
import { creditReport } from "../../support/report-cases.ts";

test("the report of the credit-risk example is as it was looked at", async () => {
  await expect(await renderReport(creditReport())).toMatchFileSnapshot("../../golden/reports/credit-risk.html");
});
