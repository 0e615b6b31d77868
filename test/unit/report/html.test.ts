import { expect, test } from "vitest";
import { html } from "../../../src/report/html.ts";

test("texts and numbers are escaped in content and attributes", () => {
  const nasty = `</script><img src=x onerror="alert('1')"> & more`;
  expect(html`<p title="${nasty}">${nasty} ${1.5}</p>`.text).toBe(
    '<p title="&#60;/script&#62;&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62; &#38; more">' +
      "&#60;/script&#62;&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62; &#38; more 1.5</p>",
  );
});

test("markup of other templates stays, lists are written one after the other, null writes nothing", () => {
  const items = ["a<", "b"].map((item) => html`<i>${item}</i>`);
  expect(html`<b>${items}${null}</b>`.text).toBe("<b><i>a&#60;</i><i>b</i></b>");
});
