import { palettes } from "../charts/index.ts";
import type { Palette } from "../charts/index.ts";

/** The ground behind the cards, by theme; the cards themselves have the charts' ground. */
const GROUNDS = { light: "#f6f7f9", dark: "#0f1317" } as const;

/** All styles of the page. Light and dark colours are those of the charts. */
export function writeStyles(): string {
  return `${variables(palettes.light, GROUNDS.light)}
@media screen and (prefers-color-scheme:dark){${variables(palettes.dark, GROUNDS.dark)}
${darkPictures()}}
${LAYOUT}`;
}

function variables({ ink, quiet, grid, ground, accent }: Palette, page: string): string {
  return `:root{--ink:${ink};--quiet:${quiet};--line:${grid};--paper:${ground};--accent:${accent};--ground:${page}}`;
}

/** Each colour of a light picture is turned into its counterpart, wherever it fills or draws a line. */
function darkPictures(): string {
  const { light, dark } = palettes;
  const pairs = (Object.keys(light) as (keyof Palette)[]).flatMap((name): [string, string][] => {
    const [from, to] = [light[name], dark[name]];
    return typeof from === "string" ? [[from, String(to)]] : from.map((colour, k): [string, string] => [colour, to[k]]);
  });
  return [...new Map(pairs)]
    .flatMap(([from, to]) => ["fill", "stroke"].map((paint) => `svg [${paint}="${from}"]{${paint}:${to}}`))
    .join("\n");
}

// A 4-pixel scale: 4, 8, 12, 16, 24, 40, 64.
const LAYOUT = `*{box-sizing:border-box}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);background:var(--ground);color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:64px}
body{margin:0;overflow-wrap:break-word}
header,nav ul,main{max-width:1040px;margin:0 auto;padding:0 16px}
header{padding-top:40px;padding-bottom:16px}
header p{max-width:none}
h1{font-size:1.75rem;line-height:1.2;letter-spacing:-.01em;margin:0 0 8px;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:0 0 8px}
h3{font-size:1rem;line-height:1.4;margin:0 0 4px}
p{margin:0 0 12px;max-width:68ch;text-wrap:pretty}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.soft,small,figcaption,summary{color:var(--quiet)}
small,figcaption,summary{font-size:.875rem;line-height:1.5}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:8px;background:var(--paper);padding:8px 12px;z-index:3}
nav{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--line)}
nav ul{display:flex;gap:24px;overflow-x:auto;list-style:none;white-space:nowrap;scrollbar-width:none}
nav a{display:block;padding:12px 0;color:var(--quiet);text-decoration:none;font-size:.9rem}
nav a:hover{color:var(--ink);text-decoration:underline;text-underline-offset:4px}
main{padding-bottom:64px}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:24px;margin-top:24px}
.lead{font-size:1.125rem;line-height:1.5;text-wrap:balance}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:24px;margin:24px 0;padding:0;list-style:none}
.tiles li{border-top:3px solid var(--accent);padding-top:12px;display:grid;grid-template-rows:subgrid;grid-row:span 3;row-gap:4px;font-size:.875rem;line-height:1.4}
.tiles b{font-size:1.75rem;line-height:1.15;font-variant-numeric:tabular-nums}
.tiles small{font-variant-numeric:tabular-nums}
.tiles li{min-width:0}
.tiles b,.tiles small,.tiles span,h1,h2,h3,p,dd,dt,li,summary,figcaption,.head span{overflow-wrap:anywhere}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:40px 32px;margin-top:24px}
h3.beside{margin-top:32px}
.maps{margin-top:40px}.maps h3:not(:first-child){margin-top:40px}
.pair>div>h3,.pair>div>p{max-width:none}
.pair+details,.full+details,.maps+details{margin-top:24px;border-top:1px solid var(--line);padding-top:16px}
figure{margin:16px 0 0}
figcaption{max-width:68ch;margin-bottom:8px}
svg{display:block;max-width:100%;height:auto;font-family:inherit;font-variant-numeric:tabular-nums}
.narrow{display:none}
.card{border:1px solid var(--line);border-radius:8px;padding:16px;min-width:0}
.card figure{margin-top:16px}
.cards{gap:24px}
.cards .last{grid-column:1/-1;display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 32px}
.cards .last figure{margin-top:0}
.head h3{margin:0}
.head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 16px;margin-bottom:4px;font-variant-numeric:tabular-nums}
details{margin-top:12px}
summary{cursor:pointer;width:fit-content}
summary:hover{color:var(--ink)}
.frame{overflow-x:auto;margin-top:12px}
.frame+h3{margin-top:24px}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.45}
th,td{padding:8px 12px 8px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--quiet);vertical-align:bottom}
tbody th{min-width:7em}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.prose{min-width:14rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
dl{display:grid;grid-template-columns:minmax(140px,220px) minmax(0,1fr);gap:8px 24px;margin:16px 0 0}
dt{color:var(--quiet)}
dd{margin:0;max-width:68ch}
dl+p{margin-top:16px}
.pair+h3,details .frame+h3{margin-top:32px}
details h3{margin-top:16px}
main ul:not(.tiles),main ol{padding-left:1.25em}
main ul:not(.tiles) li,main ol li{max-width:68ch;margin-bottom:8px}
@media (min-width:1024px){
figure.full{display:grid;grid-template-columns:640px minmax(0,1fr);gap:0 32px}
figure.full figcaption{grid-column:2;grid-row:1}
figure.full>div{grid-column:1;grid-row:1}
figure.full details{grid-column:1/-1}}
@media (max-width:1023px){.pair,.cards .last{grid-template-columns:minmax(0,1fr)}.cards .last figure{margin-top:16px}}
@media (max-width:736px){.full>.wide{display:none}.full>.narrow{display:block}}
@media (max-width:560px){
section{padding:16px}
header{padding-top:24px}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:24px 16px}
.tiles b{font-size:1.5rem}
.card{border-width:1px 0 0;border-radius:0;padding:24px 0 0}
dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:12px}
.wide{display:none}.narrow{display:block}}
@media (max-width:380px){header,nav ul,main{padding-left:8px;padding-right:8px}section{padding:12px}}
@page{size:A4;margin:16mm 14mm}
@media print{
html{background:#fff;font-size:11pt;color-scheme:light}
nav,.skip,details{display:none}
header,main{max-width:none;padding:0}
section{border:0;border-top:1px solid var(--line);border-radius:0;padding:16px 0 0;margin-top:16px}
h2,h3,.lead{break-after:avoid}
.tiles{grid-template-columns:repeat(4,minmax(0,1fr));gap:16px}
.tiles b{font-size:1.375rem}
.pair{grid-template-columns:repeat(2,minmax(0,1fr));gap:24px}
.pair .wide,.full>.narrow{display:none}
.pair .narrow,.full>.wide{display:block}
.card{border:0;border-top:1px solid var(--line);border-radius:0;padding:12px 0 0}
.cards .last{grid-column:auto;display:block}
figure,.card,.tiles li,tr{break-inside:avoid}}`;
