/** The desk's own style sheet: the site's paper and ink, one column, no ornament; it works from a small phone on and by the keyboard. */
import type { Site } from '../../model.ts';
import { coloursFor } from '../../publish/pages/style.ts';

export function deskStyle(site: Pick<Site, 'colour'>): string {
  return `${coloursFor(site)}
*, *::before, *::after { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 var(--gap) 4rem; max-width: 62rem; overflow-wrap: anywhere; }
h1, h2, h3, p, ul, dl, dd, figure, table, fieldset { margin: 0; }
h1, h2, h3 { font-family: var(--serif); line-height: 1.25; text-wrap: balance; }
h1 { margin-block: 1.6rem .6rem; font-size: clamp(1.7rem, 1.3rem + 2vw, 2.4rem); }
h2 { margin-block: 2.4rem .8rem; padding-block-start: .7rem; border-block-start: 3px solid var(--ink); font-size: 1.3rem; }
h3, h2.line { font-size: 1.1rem; }
h2.line { margin: 0; padding: 0; border: 0; }
a { color: var(--accent); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; inset-block-start: 0; inset-inline-start: 0; padding: .6rem 1rem; background: var(--ink); color: var(--paper); transform: translateY(-110%); z-index: 2; }
.skip:focus { transform: none; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.plate { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; align-items: center; padding-block: 1rem; border-block-end: 1px solid var(--hair); }
.plate p { font: 700 1.1rem/1.3 var(--serif); }
.plate ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; list-style: none; flex: 1; }
.plate li a { display: inline-block; padding-block: .2rem; }
.plate [aria-current] { color: var(--ink); font-weight: 700; text-decoration: none; }
.plate form { margin: 0; }
ul.rows { padding: 0; list-style: none; }
.rows > li { padding-block: 1rem; border-block-start: 1px solid var(--hair); }
.rows > li:first-child { border-block-start: 0; }
.rows p + p, .rows ul, .rows dl { margin-block-start: .3rem; }
.faint, .lately { color: var(--faint); }
small, .lately p { font-size: .875rem; }
.mark { display: inline-block; margin-inline-end: .5rem; padding: .05rem .5rem; border: 1px solid var(--faint); border-radius: 1rem; font: 600 .8125rem/1.5 var(--sans); white-space: nowrap; }
.mark.held, .mark.gone, .mark.failing { background: var(--ink); border-color: var(--ink); color: var(--paper); }
.mark.silent, .mark.waiting { border: 2px solid var(--accent); }
.bar { display: block; inline-size: 100%; max-inline-size: 22.5rem; block-size: 1.5rem; margin-block: .5rem .3rem; }
.bar .ok, .bar .some { fill: var(--accent); }
.bar .bad { fill: var(--ink); }
.bar .none { fill: var(--faint); }
.weeks { display: block; inline-size: 100%; max-inline-size: 40rem; block-size: 7rem; border-block-end: 1px solid var(--faint); }
.weeks path { fill: var(--accent); }
.relay { display: block; inline-size: 100%; max-inline-size: 46rem; block-size: auto; }
.relay path { fill: none; stroke: var(--accent); opacity: .75; }
.relay circle { fill: var(--ink); }
.relay text { fill: var(--ink); font: 14px var(--sans); }
figcaption { margin-block-start: .4rem; color: var(--faint); font-size: .875rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .3rem .8rem .3rem 0; border-block-start: 1px solid var(--hair); text-align: start; vertical-align: top; }
details { margin-block-start: .8rem; }
summary { inline-size: fit-content; min-block-size: 1.5rem; color: var(--accent); text-decoration: underline; cursor: pointer; }
.acts { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin-block-start: .7rem; }
form { margin-block-start: .6rem; }
.acts > * { min-inline-size: 0; max-inline-size: 100%; }
.acts form { margin: 0; }
label { display: block; font-size: .875rem; color: var(--faint); }
.fields { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; }
.fields > * { flex: 0 1 auto; min-inline-size: 0; max-inline-size: 100%; }
input, select, button { min-block-size: 2.5rem; max-inline-size: 100%; padding: .35rem .7rem; border: 1px solid var(--faint); border-radius: 2px; background: var(--field); color: var(--ink); font: 1rem/1.4 var(--sans); }
input[type="text"], input[type="password"], input[type="search"] { inline-size: 22rem; }
button { border: 2px solid var(--accent); background: var(--paper); color: var(--accent); font-weight: 600; cursor: pointer; }
button.main { background: var(--accent); color: var(--paper); }
button:hover { text-decoration: underline; }
.told { margin-block: 1.2rem; padding: .9rem 1.1rem; border: 2px solid var(--accent); background: var(--field); }
.told.refused { border-color: var(--ink); border-style: dashed; }
.told p + p { margin-block-start: .3rem; }
.evidence { padding-inline-start: 1.2rem; font-size: .9375rem; }
.text { max-inline-size: 44rem; font: 1rem/1.6 var(--serif); white-space: pre-line; }
@media print { .plate, form { display: none; } }
`;
}
