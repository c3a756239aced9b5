/**
 * The one style sheet. A printed pamphlet of two colours, ink and one accent, with the relay as its only ornament: a line
 * of stations for the sections, nodes for the groups a text passed through. System fonts: a serif for reading, a sans for
 * what is around it. Properties are logical, so the same rules serve both directions; no letter is spaced out or slanted
 * where the script forbids it.
 */
import type { Site } from '../../model.ts';
import { accentsOf, papers } from '../look/accent.ts';
import { type Dressed, lookOf } from '../look/look.ts';

const { light, dark } = papers;

/** Colours as variables: a maintainer changes the accent, and in a style sheet of their own what they like. */
export function coloursFor(site: Pick<Site, 'colour'>): string {
  const accents = accentsOf(site);
  return `
:root {
  color-scheme: light dark;
  --paper: ${light.paper}; --ink: #15191b; --faint: #4a5458; --hair: #c6cdcb; --field: ${light.field}; --accent: ${accents.light};
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Noto Naskh Arabic", "Geeza Pro", "Sakkal Majalla", "Noto Serif", "Liberation Serif", serif;
  --sans: "Avenir Next", Avenir, "Segoe UI", "Helvetica Neue", "Noto Sans", "Noto Sans Arabic", "Liberation Sans", Arial, sans-serif;
  --measure: 36rem; --gap: clamp(1.25rem, 4vw, 3rem);
}
@media (prefers-color-scheme: dark) {
  :root { --paper: ${dark.paper}; --ink: #e6eae8; --faint: #a9b4b5; --hair: #38444a; --field: ${dark.field}; --accent: ${accents.dark}; }
}`;
}

const foundations = `
*, *::before, *::after { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--serif); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 var(--gap); max-width: 84rem; background: var(--paper); color: var(--ink); overflow-wrap: break-word; }
[dir="rtl"] { line-height: 1.85; }
[dir="ltr"] { line-height: 1.6; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; }
img { max-width: 100%; height: auto; max-height: 40rem; object-fit: contain; }
h1, h2, h3 { line-height: 1.15; font-weight: 700; text-wrap: balance; }
h1:lang(ar), h1:lang(fa), h2:lang(ar), h2:lang(fa), h3:lang(ar), h3:lang(fa), h1[dir="rtl"], h2[dir="rtl"], h3[dir="rtl"] { line-height: 1.45; }
small { font-size: .875em; }
time { font-variant-numeric: lining-nums; }
.skip { position: absolute; inset-block-start: 0; inset-inline-start: 0; padding: .6rem 1rem; background: var(--ink); color: var(--paper); font-family: var(--sans); transform: translateY(-110%); z-index: 2; }
.skip:focus { transform: none; }
.nothing { padding-block: 2rem; color: var(--faint); }
.doors { display: flex; flex-wrap: wrap; gap: .15rem 1.4rem; padding: 0; list-style: none; font: .875rem/1.9 var(--sans); color: var(--faint); }
.doors .on a { font-weight: 600; }`;

/** Nameplate with the line of sections: each a station, the one shown filled in. */
const nameplate = `
.nameplate { padding-block-start: 1.3rem; }
.nameplate .name { margin-block-end: .8rem; font: 700 1.125rem/1.3 var(--serif); }
.nameplate .name a { color: inherit; text-decoration: none; }
.nameplate .name a:hover { text-decoration: underline; }
.logo { inline-size: auto; max-inline-size: 16rem; block-size: clamp(2.5rem, 1.3em, 5rem); margin-inline-end: .6rem; vertical-align: middle; }
.line { display: flex; flex-wrap: wrap; row-gap: .7rem; padding: 0; list-style: none; font: .9375rem/1.5 var(--sans); }
.line li { position: relative; padding-block-start: 1.3rem; padding-inline-end: 2.2rem; }
.line li::after { content: ""; position: absolute; inset-block-start: calc(.5rem - 1px); inset-inline: 0; border-block-start: 2px solid var(--accent); }
.line li:last-child { flex: 1; padding-inline-end: 0; }
.line li::before { content: ""; position: absolute; z-index: 1; inset-block-start: 0; inset-inline-start: 0; inline-size: 1rem; block-size: 1rem; border: 2px solid var(--accent); border-radius: 50%; background: var(--paper); }
.line li.here::before { background: var(--accent); }
.line a { display: inline-block; min-block-size: 1.5rem; line-height: 1.5; color: var(--ink); text-decoration: none; }
.line a:hover { text-decoration: underline; }
.line .here a { font-weight: 700; }
.foot { margin-block-start: 5rem; padding-block: 1.4rem 3rem; border-block-start: 3px double var(--hair); font: .875rem/1.7 var(--sans); color: var(--faint); }
.foot p { max-inline-size: 62ch; margin-block-end: .4rem; }
.foot .promise { font: 1.125rem/1.5 var(--serif); color: var(--ink); margin-block-end: .8rem; }
[dir="rtl"] .foot .promise { line-height: 1.8; }`;

/** Opening of a page, and the two columns: what is read, and the margin beside it. */
const layout = `
.opening { padding-block: clamp(2rem, 6vw, 4.25rem) clamp(1.5rem, 4vw, 2.5rem); max-inline-size: 46rem; }
.opening h1 { font-size: clamp(2.4rem, 1.6rem + 4vw, 4.25rem); line-height: 1.04; }
.opening h1:lang(ar), .opening h1:lang(fa), .opening h1[dir="rtl"] { line-height: 1.35; }
.opening .month { display: block; font-size: .45em; font-weight: 400; line-height: 1.4; color: var(--faint); }
.opening .about { margin-block-start: .7rem; font-size: 1.25rem; line-height: 1.45; color: var(--faint); max-inline-size: 34rem; }
[dir="rtl"] .opening .about { line-height: 1.75; }
.opening .doors { margin-block-start: 1rem; }
.margin { margin-block-start: 2.5rem; font: .9375rem/1.6 var(--sans); }
.margin > * { padding-block: 1.1rem 1.6rem; border-block-start: 1px solid var(--hair); }
.margin > :first-child { border-block-start: 3px solid var(--ink); }
.margin h2 { margin-block-end: .6rem; font: 700 1.125rem/1.3 var(--serif); }
.margin p { color: var(--faint); max-inline-size: 62ch; }
[dir="rtl"] .margin { line-height: 1.8; }
.margin ul { padding: 0; list-style: none; }
.margin small { color: var(--faint); }
.feeds li { margin-block-start: .8rem; }
.margin h3 { margin-block: 1.4rem .3rem; font-size: 1em; }
.tongues a { display: inline-block; padding: .2rem .3rem; }
.feeds input { display: block; inline-size: 100%; margin-block-start: .25rem; padding: .45rem .55rem; border: 1px solid var(--faint); border-radius: 0; background: var(--field); color: var(--ink); font: .8125rem/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace; text-align: start; text-overflow: ellipsis; user-select: all; }
.months { columns: 2 9rem; }
.months li, .sources li { padding-block: .12rem; break-inside: avoid; }
.sources + p { margin-block-start: .6rem; }
.sources .away { color: var(--faint); }
@media (min-width: 40rem) and (max-width: 74.99rem) {
  .spread > .margin { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); column-gap: var(--gap); }
  .spread > .margin > * { border-block-start: 3px solid var(--ink); }
}
@media (min-width: 75rem) {
  .spread { display: grid; grid-template-columns: minmax(0, 1fr) 18rem; column-gap: 4.5rem; align-items: start; }
  .spread > .margin { margin-block-start: clamp(2rem, 6vw, 4.25rem); }
}
@media (min-width: 62rem) {
  .beside { display: grid; grid-template-columns: minmax(0, 40rem) minmax(15rem, 20rem); column-gap: var(--gap); justify-content: space-between; align-items: start; }
  .beside > .margin { margin-block-start: clamp(2rem, 6vw, 4.25rem); }
}`;

/** A day: its number large in the margin, its stories beside it. */
const days = `
.day { border-block-start: 1px solid var(--hair); }
.day > h2 { position: relative; padding-block: .9rem .3rem; font: 400 1rem/1.3 var(--sans); color: var(--faint); }
.day > h2::before { content: ""; position: absolute; inset-block-start: -2px; inset-inline-start: 0; inline-size: 4.5rem; border-block-start: 3px solid var(--ink); }
.day > h2 b { color: var(--ink); font: 700 1.375em/1.2 var(--serif); font-variant-numeric: lining-nums; }
.story { padding-block: 1rem 1.9rem; max-inline-size: var(--measure); }
.story + .story { border-block-start: 1px solid var(--hair); padding-block-start: 1.6rem; }
.story h3 { font-size: clamp(1.375rem, 1.2rem + .7vw, 1.6875rem); line-height: 1.2; }
h1 a, h3 a, .numbered h2 a, .lines .what a { color: inherit; text-decoration-color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .14em; }
.credit { margin-block: .5rem .9rem; font: .9375rem/1.5 var(--sans); color: var(--faint); }
.credit a { unicode-bidi: isolate; }
.credit[dir="rtl"] { line-height: 1.75; }
.chain { display: inline-flex; flex: none; align-items: center; margin-inline-end: .35rem; }
.chain i { position: relative; inline-size: 10px; block-size: 10px; border: 2px solid var(--accent); border-radius: 50%; }
.chain i:first-child { background: var(--accent); }
.chain i + i { margin-inline-start: 7px; }
.chain i + i::before { content: ""; position: absolute; inset-block-start: calc(50% - 1px); inset-inline-end: calc(100% + 1px); inline-size: 9px; border-block-start: 2px solid var(--accent); }
.chain.longer::after { content: ""; inline-size: 1rem; border-block-start: 2px dotted var(--accent); }
.text > * + * { margin-block-start: .8em; }
.text li + li { margin-block-start: .3em; }
.text h2, .text h3, .text h4, .text h5, .text h6 { margin-block: 1.4em 0; font-size: 1.0625em; line-height: 1.35; }
.text ul, .text ol { padding-inline-start: 1.4em; }
.text blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--hair); }
.text pre { overflow-x: auto; white-space: pre-wrap; }
.text table { display: block; max-inline-size: 100%; overflow-x: auto; border-collapse: collapse; font-size: .9375rem; }
.text td, .text th { padding: .3rem .6rem; border: 1px solid var(--hair); text-align: start; vertical-align: top; }
.text hr { border: 0; border-block-start: 1px solid var(--hair); margin-block: 1.6em; }
.text figcaption { font: .875rem/1.5 var(--sans); color: var(--faint); }
.ends { margin-block-start: 1rem; }
.particulars, .attached { margin-block-start: .35rem; font: .875rem/1.6 var(--sans); color: var(--faint); }
.particulars > div { display: flex; flex-wrap: wrap; gap: 0 .4rem; }
.particulars dt::after, .attached dt::after { content: ":"; }
.particulars dt:lang(fr)::after, .attached dt:lang(fr)::after, .register dt:lang(fr)::after { content: "\\a0:"; }
.particulars dd + dd::before { content: "·"; margin-inline-end: .4rem; }
.attached { margin-block-start: .9rem; padding-inline-start: .9rem; border-inline-start: 2px solid var(--accent); }
.neighbours { display: flex; justify-content: space-between; gap: 1rem; padding-block: 1.2rem; border-block-start: 3px solid var(--ink); font-family: var(--sans); }
.neighbours.pages { flex-wrap: wrap; justify-content: flex-start; border: 0; }
.neighbours small { display: block; color: var(--faint); }
.neighbours [rel="next"] { margin-inline-start: auto; text-align: end; }
@media (min-width: 36rem) {
  .credit { display: flex; gap: .35rem; align-items: baseline; }
}
@media (min-width: 48rem) {
  .day { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); column-gap: 2rem; }
  .day > h2 { position: sticky; inset-block-start: 0; align-self: start; padding-block: 1.05rem 1rem; font-size: .875rem; line-height: 1.45; }
  .day > h2 b { display: block; font-size: 4rem; line-height: 1; letter-spacing: -.02em; }
  .day > h2::before { inline-size: 8.5rem; }
}`;

/** What is coming up. */
const coming = `
.coming { max-inline-size: var(--measure); margin-block-end: 2rem; padding-block: .9rem 1rem; border-block-start: 3px solid var(--ink); border-block-end: 1px solid var(--hair); }
.coming h2 { font: 700 1.125rem/1.3 var(--serif); }
.coming ul { padding: 0; list-style: none; }
.coming.dates { padding: 0; border: 0; list-style: none; margin-block-end: 1.2rem; }
.coming li { padding-block: .8rem; border-block-start: 1px solid var(--hair); }
.coming li:first-child { border-block-start: 0; }
.coming h3 { font-size: 1.125rem; line-height: 1.3; }
.coming .when { font: 600 .9375rem/1.5 var(--sans); }
.coming .p-status, .coming .p-location { color: var(--faint); font-family: var(--sans); }
.coming .p-location { font-size: .9375rem; }
.coming .credit { margin-block: .2rem 0; font-size: .875rem; }
.coming .calendar { font: .875rem/1.9 var(--sans); }
[dir="rtl"] .coming h2, [dir="rtl"] .coming h3, .coming h3[dir="rtl"] { line-height: 1.6; }`;

/** A story's page and the relay beside it. */
const tale = `
.tale { max-inline-size: 40rem; }
.tale .opening { padding-block-end: 1rem; }
.tale .opening h1 { font-size: clamp(1.9rem, 1.4rem + 2.4vw, 3.125rem); line-height: 1.1; }
.tale .opening h1[dir="rtl"] { line-height: 1.4; }
.tale .credit { margin-block-start: 1rem; }
.tale .text { font-size: 1.125rem; }
.ways { margin-block-end: .8rem; font: .9375rem/1.6 var(--sans); color: var(--faint); }
.translations { margin-block-start: 2rem; font-family: var(--sans); }
.translations h2 { font-size: 1rem; }
.translations ul { margin-block: .4rem 1.2rem; padding: 0; list-style: none; line-height: 1.6; }
.door { margin-block: 2rem 1.2rem; font-family: var(--sans); }
.door a { display: inline-block; padding: .7rem 1.2rem; background: var(--accent); color: var(--paper); font-weight: 600; line-height: 1.35; text-decoration: none; }
.door a:hover { text-decoration: underline; }
.door small { display: block; margin-block-start: .45rem; color: var(--faint); text-align: start; overflow-wrap: anywhere; }
[dir="rtl"] .door small { text-align: end; }
.standing { margin-block-start: 1.4rem; padding-block-start: .6rem; border-block-start: 1px solid var(--hair); font-size: .875rem; color: var(--faint); }
.corrections { margin-block-start: 2rem; padding-block-start: .9rem; border-block-start: 1px solid var(--hair); font: .9375rem/1.6 var(--sans); }
.corrections h2 { font: 700 1.125rem/1.3 var(--serif); }
.correction { margin-block-start: .9rem; }
.correction h3 { font: 600 1em/1.5 var(--sans); }
.correction summary { inline-size: fit-content; min-block-size: 1.5rem; color: var(--accent); text-decoration: underline; cursor: pointer; }
.correction dl > div { margin-block-start: .35rem; }
.correction dt { font-size: .875em; color: var(--faint); }
.correction dd { margin: 0; }
.correction p + p { margin-block-start: .5em; }
.correction dd p { padding-inline-start: .8rem; border-inline-start: 3px solid var(--hair); overflow-wrap: anywhere; }
[dir="rtl"] .corrections, .correction p[dir="rtl"] { line-height: 1.85; }
.corrections + .lately { margin-block-start: 1.2rem; }
.correction del, .correction .withheld { color: var(--faint); }
.correction del { text-decoration: line-through; }
.correction ins { font-weight: 600; text-decoration: underline; text-decoration-color: var(--accent); text-decoration-thickness: 2px; text-underline-offset: .18em; }
.heard { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.margin .stale { color: var(--ink); font-size: .875rem; font-weight: 600; }
.terms { margin-block-start: .4rem; font: .875rem/1.6 var(--sans); color: var(--faint); }
.relay { margin-block-start: 1rem; padding: 0; list-style: none; }
.relay > li { position: relative; padding-block-end: 1.6rem; padding-inline-start: 2rem; }
.relay > li::before { content: ""; position: absolute; z-index: 1; inset-block-start: .2rem; inset-inline-start: 0; inline-size: 1.1rem; block-size: 1.1rem; border: 3px solid var(--accent); border-radius: 50%; background: var(--paper); }
.relay > li.original::before { background: var(--accent); }
.relay > li::after { content: ""; position: absolute; inset-block: .6rem -.6rem; inset-inline-start: calc(.55rem - 1.5px); border-inline-start: 3px solid var(--accent); }
.relay > li:last-child { padding-block-end: .4rem; }
.relay > li:last-child::after { display: none; }
.relay .who { color: var(--ink); font-size: 1.0625rem; font-weight: 600; line-height: 1.4; }
.relay .who small { display: block; font-size: .8125rem; font-weight: 400; }
.relay .who .via { font-size: .8125rem; font-weight: 400; }
.relay .who a { color: inherit; }
.relay .clock { color: var(--faint); }
.related li { padding-block-end: .9rem; line-height: 1.4; }
.related small, .related span { display: block; font-size: .8125rem; color: var(--faint); }
.because { margin-block-start: .45rem; font-size: .875rem; line-height: 1.5; }
.because p { font-weight: 600; }
.margin .because ul { padding-inline-start: 1.1em; list-style: disc; color: var(--faint); overflow-wrap: anywhere; }
.count { margin-block-start: 1rem; font-size: .875rem; }
.notice { max-inline-size: 40rem; padding-block: clamp(2rem, 6vw, 4.25rem); }
.notice h1 { margin-block-end: 1rem; font-size: clamp(1.9rem, 1.4rem + 2.4vw, 3.125rem); }`;

/** The front page's board, the digest's numbered list, the register of sources. */
const lists = `
.front .nameplate { padding-block: clamp(1.5rem, 5vw, 3.25rem) 1.2rem; }
.front .nameplate .name { margin-block-end: 1.6rem; font-size: clamp(2.2rem, 1.4rem + 4.4vw, 4.5rem); line-height: 1.04; }
.front:lang(ar) .nameplate .name, .front:lang(fa) .nameplate .name { line-height: 1.4; }
.station { padding-block: 1.5rem 2rem; border-block-start: 1px solid var(--hair); }
.station:first-child { border-block-start: 0; }
.station h2 { font-size: 2rem; }
.station h2, .station .about { text-align: -webkit-match-parent; text-align: match-parent; }
.station h2 a { color: inherit; text-decoration: none; }
.station h2 a:hover { text-decoration: underline; }
.station .about { margin-block-start: .3rem; color: var(--faint); max-inline-size: 26rem; }
.lines { padding: 0; list-style: none; margin-block: .8rem .8rem; }
.lines li { padding-block: .6rem; border-block-start: 1px dotted var(--hair); }
.lines time, .lines .seen { font: .8125rem/1.6 var(--sans); color: var(--faint); }
.lines .what > span:first-child { display: block; font-size: 1.1875rem; line-height: 1.35; text-align: -webkit-match-parent; text-align: match-parent; }
.lines .what > span[dir="rtl"]:first-child { line-height: 1.6; }
.lines .by { font: .875rem/1.6 var(--sans); color: var(--faint); }
@media (min-width: 48rem) {
  .station { display: grid; grid-template-columns: minmax(0, 17rem) minmax(0, 1fr); column-gap: var(--gap); }
  .station > header { grid-row: span 2; }
  .lines { margin-block-start: 0; }
  .lines li { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); column-gap: 1.2rem; align-items: baseline; }
  .lines li:first-child { border-block-start: 0; padding-block-start: .2rem; }
}
.numbered { padding: 0; list-style: none; counter-reset: story; max-inline-size: 46rem; margin-block-end: 2rem; }
.numbered > li { position: relative; counter-increment: story; padding-block: 1.4rem 1.6rem; border-block-start: 1px solid var(--hair); }
.numbered > li:first-child { border-block-start: 3px solid var(--ink); }
.numbered.on { counter-reset: none; }
.numbered h2, .numbered h3 { font-size: 1.5rem; line-height: 1.25; }
.numbered h2[dir="rtl"], .numbered h3[dir="rtl"] { line-height: 1.5; }
.part { margin-block: 1.6rem .7rem; font-size: 1rem; }
.numbered > li > .text { margin-block-end: .7rem; }
.numbered > li::before { content: counter(story); font: 400 1rem/1.3 var(--sans); color: var(--faint); }
.numbered:lang(fa) > li::before { content: counter(story, persian); }
.since { max-inline-size: 46rem; margin-block-end: 2rem; padding-block-start: 1rem; border-block-start: 1px solid var(--hair); }
.since h2 { font-size: 1.25rem; line-height: 1.3; }
.since ul { margin-block-start: .6rem; padding: 0; list-style: none; }
.since li { padding-block: .25rem; }
.since small { font-family: var(--sans); color: var(--faint); }
.carried { color: var(--accent); font-weight: 600; }
@media (min-width: 48rem) {
  .numbered > li { padding-inline-start: 4rem; }
  .numbered > li::before { position: absolute; inset-inline-start: 0; inset-block-start: 1.35rem; font: 400 2.25rem/1 var(--serif); font-variant-numeric: lining-nums; }
}
.register { padding: 0; list-style: none; }
.register > li { position: relative; padding-block: 1.2rem; padding-inline-start: 2rem; border-block-start: 1px solid var(--hair); }
.register > li::before { content: ""; position: absolute; inset-block-start: 1.5rem; inset-inline-start: 0; inline-size: 1rem; block-size: 1rem; border: 2px solid var(--accent); border-radius: 50%; }
.register > .ok::before, .register > .silent::before, .register > .waiting::before { background: var(--accent); }
.register > .gone::before, .register > .paused::before, .register > .stopped::before, .register > .never-asked::before { border-style: dotted; }
.register > .failing::before, .register > .held::before { border-color: var(--ink); }
.register > .failing .state, .register > .held .state { color: var(--ink); }
.register h2 { font-size: 1.25rem; line-height: 1.3; }
.register .state { font: .9375rem/1.6 var(--sans); color: var(--faint); }
.register .why { display: block; max-inline-size: 62ch; }
.register dl { margin-block-start: .4rem; font: .875rem/1.6 var(--sans); }
.register dl > div { display: flex; flex-wrap: wrap; gap: 0 .8rem; }
.register dt { color: var(--faint); }
.register dt::after { content: ":"; }
.bar { display: block; inline-size: 100%; max-inline-size: 22.5rem; block-size: 1.5rem; margin-block: .5rem .3rem; }
[dir="rtl"] .bar { transform: scaleX(-1); }
.bar .ok, .bar .some { fill: var(--accent); }
.bar .bad { fill: var(--ink); }
.bar .none { fill: var(--faint); }
.lately { margin-block-start: .35rem; font: .875rem/1.6 var(--sans); color: var(--faint); }
.foot .old { color: var(--ink); font-weight: 600; }
.register .address { overflow-wrap: anywhere; min-inline-size: 0; }
@media (min-width: 48rem) {
  .register > li { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); grid-template-rows: auto 1fr; column-gap: var(--gap); }
  .register dl { grid-column: 2; grid-row: 1 / span 2; margin-block-start: .2rem; }
}`;

/** The page of a source, for those who write it. */
const account = `
.account section { max-inline-size: 46rem; padding-block: 1.3rem 1.8rem; border-block-start: 1px solid var(--hair); }
.account h2 { margin-block-end: .7rem; font-size: 1.5rem; }
.account h3 { margin-block: 1.2rem .2rem; font-size: 1.0625rem; line-height: 1.4; }
.account p + p, .account dl + p { margin-block-start: .6rem; }
.account dl { font: .9375rem/1.6 var(--sans); }
.account dt, .account .label, .account .by { font: .875rem/1.6 var(--sans); color: var(--faint); }
.account dl > div { padding-block: .3rem; }
.account .credit { display: inline; font: inherit; }
.account .address, .account code { overflow-wrap: anywhere; }
.account code { font: .8125rem/1.5 ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
.account pre { margin-block: .2rem .8rem; padding: .5rem .7rem; border: 1px solid var(--hair); background: var(--field); white-space: pre-wrap; }
.account .label { margin-block-start: .8rem; }
.passed { padding: 0; list-style: none; }
.passed li { padding-block: .5rem; }
.passed .by { display: block; }
[dir="rtl"] .account dl, [dir="rtl"] .account .by { line-height: 1.85; }
@media (min-width: 40rem) {
  .account dl > div { display: grid; grid-template-columns: 13rem minmax(0, 1fr); column-gap: 1.5rem; }
}`;

const seek = `
.seek { display: flex; flex-wrap: wrap; align-items: end; gap: .8rem 1rem; padding-block-end: 1.4rem; font: 1rem/1.5 var(--sans); }
.seek[hidden], button[hidden] { display: none; }
.seek label { display: grid; gap: .2rem; color: var(--faint); font-size: .875rem; }
.seek label:first-child { flex: 1 1 14rem; }
.seek input, .seek select, button { min-block-size: 2.75rem; max-inline-size: 100%; padding: .3rem .7rem; border: 1px solid var(--faint); border-radius: 0; background: var(--field); color: var(--ink); font: 1rem/1.4 var(--sans); }
button { padding-inline: 1.2rem; border-color: var(--accent); background: var(--accent); color: var(--paper); font-weight: 600; cursor: pointer; }
#told:empty { display: none; }
#found { max-inline-size: 52rem; }`;

const print = `
@media print {
  :root { --paper: #fff; --ink: #000; --faint: #333; --hair: #999; --accent: #000; }
  html { font-size: 10.5pt; line-height: 1.45; }
  body { padding: 0; max-width: none; }
  .skip, .nameplate nav, .doors, .neighbours, #subscribe, #months, .foot p + p:not(.old) { display: none; }
  .opening { padding-block: 1rem; }
  .day { display: block; }
  .day > h2 { position: static; }
  .day > h2::before { display: none; }
  .day > h2 b { display: inline; font-size: 1.4em; }
  h1, h2, h3, .credit { break-after: avoid; break-inside: avoid; }
  .story, .tale, .numbered { max-inline-size: none; }
  h1 a.u-url::after, h3 a.u-url::after, .numbered h2 a.u-url::after { content: " " attr(href); display: block; font: .8rem/1.4 monospace; overflow-wrap: anywhere; }
  .door a { padding: 0; background: none; color: #000; }
  * { print-color-adjust: economy; }
}`;

/** The text of `style.css`: ours, then what the maintainer has written, which so has the last word. */
export function styleSheetFor(site: Dressed): string {
  const { css } = lookOf(site);
  const parts = [coloursFor(site), foundations, nameplate, layout, days, coming, tale, lists, account, seek, print];
  return `${[...parts, ...(css === '' ? [] : [css])].map((part) => part.trim()).join('\n')}\n`;
}
