import { effectRange, formatCount, formatterOf, relativityChart, termChart, withUnit } from "../../charts/index.ts";
import type { Relativity, TermEffect } from "../../charts/index.ts";
import { dataTable } from "../data-table.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { Course, EffectMeasure } from "../terms/effect.ts";
import { describeEffects, writeEffect } from "../terms/effect-words.ts";
import { nameMeasure, toTermEffect } from "../terms/plain-effect.ts";
import type { TermReading } from "../terms/read-terms.ts";
import { capitalize } from "../words.ts";

/** So many curves and surfaces have a picture, which a sentence alone does not replace; */
const MOST_CURVES = 8;
/** others fill up to so many. */
const MOST_LINES = 4;

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

/** Whether a term has its sentence beside its picture. */
export function hasPicture(readings: readonly TermReading[], { effects }: TermReading): boolean {
  const bent = readings.filter(isBent).slice(0, MOST_CURVES);
  return bent.some((reading) => reading.effects === effects);
}

/** What a sentence alone does not tell. */
function isBent({ effects }: TermReading): boolean {
  return effects?.kind === "curve" || effects?.kind === "surface";
}

/** A column's course and what people call it. */
interface NamedCourse {
  readonly label: string;
  readonly effect: TermEffect;
  /** Where it has none elsewhere. */
  readonly sentence: string | null;
}

/** Curves of numeric columns (of levels too where they have no picture of their own), all on one scale. */
export async function showCurves(facts: Facts, measure: EffectMeasure, readings: readonly TermReading[]): Promise<Html | null> {
  const courses = pickCourses(facts, measure, readings);
  if (courses.length === 0) return null;
  const ends = courses.flatMap(({ effect }) => effectRange(effect));
  const range: readonly [number, number] = [Math.min(...ends), Math.max(...ends)];
  const parts: Html[] = [];
  for (const [k, course] of courses.entries()) parts.push(await showCurve(facts, measure, { ...course, id: `course-${k}`, range }));
  return html`<div class="pair">${parts}</div>`;
}

function pickCourses({ words }: Facts, measure: EffectMeasure, readings: readonly TermReading[]): NamedCourse[] {
  const drawn = readings.filter(({ course }) => course && (course.kind === "numeric" || measure.scale !== "factor"));
  const curves = new Set(drawn.filter((reading) => hasPicture(readings, reading)));
  const lines = drawn.filter((reading) => !isBent(reading)).slice(0, Math.max(0, MOST_LINES - curves.size));
  const shown = new Set([...curves, ...lines]);
  return drawn
    .filter((reading) => shown.has(reading))
    .flatMap((reading): NamedCourse[] => {
      const { label, columns, course, effects } = reading;
      const sentence = effects && curves.has(reading) ? describeEffects(measure, effects, words.cases) : null;
      return course ? [{ label, effect: toTermEffect(measure, label, columns[0], course), sentence }] : [];
    });
}

/** What one picture shows, and the range of all. */
interface ShownCourse extends NamedCourse {
  readonly id: string;
  readonly range: readonly [number, number];
}

async function showCurve(facts: Facts, measure: EffectMeasure, { id, label, effect, sentence, range }: ShownCourse): Promise<Html> {
  const { words } = facts;
  const figure = await renderFigure({
    id,
    size: "half",
    caption: writeCaption(facts, measure, label, effect),
    draw: (width) => termChart(effect, { width, title: null, note: null, range, sizeLabel: words.cases }),
    table: courseTable(measure, label, effect),
  });
  return html`<div>
    <h3>${label}</h3>
    ${sentence === null ? null : html`<p>${sentence}</p>`}${figure}
  </div>`;
}

function writeCaption({ words }: Facts, measure: EffectMeasure, label: string, effect: TermEffect): string {
  const { scale, unit } = measure;
  const against = effect.reference === undefined ? `the average ${words.case}` : `“${effect.reference}”`;
  const inUnit = scale === "difference" && unit !== undefined ? `, in ${unit}` : "";
  const look = effect.kind === "numeric" ? "Band" : "Lines";
  const intervals = effect.points.some(({ low }) => low !== null) ? ` ${look}: 95 % intervals; bars:` : " Bars:";
  return `${writeWhat(measure)} along “${label}”, against ${against}${inUnit}, all else alike.${intervals} how many ${words.cases} there are.`;
}

/** `What multiplies the price`, `What is added to the score of the model`. */
export function writeWhat({ scale, subject }: EffectMeasure): string {
  if (scale === "factor") return `What multiplies the ${subject}`;
  return `What is added to the ${scale === "score" ? "score of the model" : subject}`;
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
