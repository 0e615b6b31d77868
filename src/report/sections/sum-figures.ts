import { formatCount, formatterOf, relativityChart, termChart, withUnit } from "../../charts/index.ts";
import type { Relativity, TermEffect } from "../../charts/index.ts";
import type { Column } from "../../table/index.ts";
import { dataTable } from "../data-table.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Course, EffectMeasure } from "../terms/effect.ts";
import { nameMeasure, writeEffect } from "../terms/effect-words.ts";
import type { TermReading } from "../terms/read-terms.ts";
import { capitalize } from "../words.ts";

const MOST_CURVES = 4;

/** The effects of all levels in one picture, where effects are multiples; else one picture a column. */
export async function showLevels(facts: Facts, measure: EffectMeasure, readings: readonly TermReading[]): Promise<Html | null> {
  const factors = readings.flatMap(({ label, course }) => (course?.kind === "categorical" ? [{ label, course }] : []));
  if (factors.length === 0 || measure.scale !== "factor") return null;
  const { words } = facts;
  const rows = factors.flatMap(({ label, course }) =>
    course.points.map(({ x, estimate, low, high, n }): Relativity => {
      return { term: label, level: String(x), relativity: estimate, low, high, n, isReference: x === course.reference };
    }),
  );
  const intervals = rows.some(({ low }) => low !== null) ? " lines: 95 % intervals; grey: no clear difference;" : "";
  return renderFigure({
    id: "levels",
    size: "full",
    caption: `What each level multiplies the ${measure.subject} by. Hollow: the level that the others of its group are compared with;${intervals} bars: number of ${words.cases}.`,
    draw: (width) => relativityChart(rows, { width, title: null, note: null, unitsLabel: nameMeasure(measure), sizeLabel: words.cases }),
    table: levelTable(facts, measure, factors),
  });
}

function levelTable(
  { words }: Facts,
  measure: EffectMeasure,
  factors: readonly { readonly label: string; readonly course: Course }[],
): Html {
  return dataTable(
    `What each level does to the ${measure.subject}`,
    [{ name: "What" }, { name: "Level" }, { name: capitalize(nameMeasure(measure)) }, { name: capitalize(words.cases), isNumber: true }],
    factors.flatMap(({ label, course }) =>
      course.points.map((point) => [
        label,
        point.x,
        point.x === course.reference ? "reference" : writeEffect(measure, point),
        formatCount(point.n),
      ]),
    ),
  );
}

/** A column's course and what people call it. */
interface NamedCourse {
  readonly label: string;
  readonly effect: TermEffect;
}

/** Curves of numeric columns (of levels too where they have no picture of their own), all on one scale. */
export async function showCurves(facts: Facts, measure: EffectMeasure, readings: readonly TermReading[]): Promise<Html | null> {
  const courses = readings
    .flatMap(({ label, columns, course }): NamedCourse[] =>
      course && (course.kind === "numeric" || measure.scale !== "factor")
        ? [{ label, effect: toTermEffect(measure, label, columns[0], course) }]
        : [],
    )
    .slice(0, MOST_CURVES);
  if (courses.length === 0) return null;
  const ends = courses.flatMap(({ effect }) =>
    effect.points.flatMap(({ estimate, low, high }) => [estimate, low ?? estimate, high ?? estimate]),
  );
  const range: readonly [number, number] = [Math.min(...ends.filter(Number.isFinite)), Math.max(...ends.filter(Number.isFinite))];
  const parts: Html[] = [];
  for (const [k, course] of courses.entries()) parts.push(await showCurve(facts, measure, { ...course, id: `course-${k}`, range }));
  return html`<div class="pair">${parts}</div>`;
}

function toTermEffect(measure: EffectMeasure, label: string, { description }: Column, { kind, reference, points }: Course): TermEffect {
  return {
    label,
    ...(kind === "numeric" && description.unit !== undefined ? { unit: description.unit } : {}),
    kind,
    points,
    scale: measure.scale === "factor" ? "factor" : "link",
    unitsLabel: measure.scale === "difference" ? (measure.unit ?? "") : nameMeasure(measure),
    ...(reference === null ? {} : { reference }),
  };
}

/** What one picture shows, and the range of all. */
interface ShownCourse extends NamedCourse {
  readonly id: string;
  readonly range: readonly [number, number];
}

async function showCurve(facts: Facts, measure: EffectMeasure, { id, label, effect, range }: ShownCourse): Promise<Html> {
  const { words } = facts;
  const figure = await renderFigure({
    id,
    size: "half",
    caption: writeCaption(facts, measure, { label, effect }),
    draw: (width) => termChart(effect, { width, title: null, note: null, range, sizeLabel: words.cases }),
    table: courseTable(measure, label, effect),
  });
  return html`<div>
    <h3>${label}</h3>
    ${figure}
  </div>`;
}

function writeCaption({ words }: Facts, { scale, subject, unit }: EffectMeasure, { label, effect }: NamedCourse): string {
  const what =
    scale === "factor" ? `What multiplies the ${subject}` : `What is added to the ${scale === "score" ? "score of the model" : subject}`;
  const against = effect.reference === undefined ? `the average ${words.case}` : `“${effect.reference}”`;
  const inUnit = scale === "difference" && unit !== undefined ? `, in ${unit}` : "";
  const look = effect.kind === "numeric" ? "Band" : "Lines";
  const intervals = effect.points.some(({ low }) => low !== null) ? ` ${look}: 95 % intervals; bars:` : " Bars:";
  return `${what} along “${label}”, against ${against}${inUnit}, all else alike.${intervals} how many ${words.cases} there are.`;
}

function courseTable(measure: EffectMeasure, label: string, { points, kind, unit, reference }: TermEffect): Html {
  const write = formatterOf(Float64Array.from(points, ({ x }) => Number(x)));
  return dataTable(
    `The ${measure.subject} along ${label}`,
    [{ name: label }, { name: capitalize(nameMeasure(measure)) }],
    points.map((point) => [
      kind === "numeric" ? withUnit(write(Number(point.x)), unit) : point.x,
      point.x === reference ? "reference" : writeEffect(measure, point),
    ]),
  );
}
