/** Files for a maintainer to begin with: they change nothing until something in them is changed. Pure. */
import { coloursFor } from '../pages/style.ts';
import type { Dressed } from './look.ts';

/** @param name one of startingNames */
export function startingFile(name: StartingName, site: Dressed): string {
  return name === 'page.html' ? page : style(site);
}

export const startingNames = ['style.css', 'page.html'] as const;
export type StartingName = (typeof startingNames)[number];

const page = `<!DOCTYPE html>
<!--
  The frame around every page. Each element whose name begins with "relais-" is a place that Relais fills: move them
  about, and put your own words and pictures around them, in  <header>, <aside>  or  <footer> , so that whoever listens to
  the page finds them. relais-head and relais-content have to stay.
  A file beside this one is named as it is called:  <img src="banner.png" alt="What it shows">
  A page of the site is named from its root:  <a href="about/">About us</a>
  Readers do not get remarks like this one. What is wrong here is said by:  relais check
-->
<html>
<head>
  <!-- Titles, feeds and the style sheet. Lines of your own, as  <link rel="me" href="…">  go below it. -->
  <relais-head></relais-head>
</head>
<body>
  <!-- Logo, name, and the line of sections. -->
  <relais-nameplate></relais-nameplate>

  <!-- What the page is about. -->
  <relais-content></relais-content>

  <!-- What stands at the foot: what you promise readers, whom to write to, the ways to other pages. -->
  <relais-foot></relais-foot>
</body>
</html>
`;

function style(site: Dressed): string {
  const [light = '', dark = ''] = coloursFor(site).split('@media');
  const isColour = (name: string): boolean => dark.includes(`${name}:`);
  return `/*
  Your own style. It comes after that of Relais, so what you write here wins; what you do not write stays as it is.
  Each line below holds a value as it is now. To change one, take the two signs before it and the two behind it away, and write another.
  A picture beside this file is named as it is called:  url("paper.png")
  For another colour of links and buttons write in sources.yaml, below  site: , a line  colour: "#8a1c1c" : that sees to it that
  they can be read, and colours feeds and mails too.
  Readers do not get remarks. What does nothing here is said by:  relais check
*/

/* On light screens. */
@media screen and (prefers-color-scheme: light) {
  :root {
${linesOf(light, isColour, '    ')}
  }
}

/* On dark ones. What you change above you will mostly want to change here. */
@media screen and (prefers-color-scheme: dark) {
  :root {
${linesOf(dark, isColour, '    ')}
  }
}

/* On all, and on paper. */
:root {
${linesOf(light, (name) => !isColour(name), '  ')}
}

/* Where the logo holds the name already: the name beside it stays for those who do not see the logo. */
/* .nameplate .name { font-size: 0; } .front .nameplate .name { font-size: 0; } */
`;
}

function linesOf(rules: string, isMeant: (name: string) => boolean, indent: string): string {
  return [...rules.matchAll(/(--[a-z]+): ([^;]+);/g)]
    .filter(([, name = '']) => isMeant(name))
    .map(([, name = '', value = '']) => `${indent}/* ${name}: ${value}; */ /* ${meanings[name] ?? ''} */`)
    .join('\n');
}

const meanings: Readonly<Record<string, string>> = {
  '--paper': 'behind everything',
  '--ink': 'letters',
  '--faint': 'letters of less weight',
  '--hair': 'thin lines',
  '--field': 'behind what can be filled in',
  '--accent': 'links, lines, buttons',
  '--serif': 'for reading; only fonts that readers have',
  '--sans': 'for what is around it',
  '--measure': 'how wide a text is',
  '--gap': 'space beside the page',
};
