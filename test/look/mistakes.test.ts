/** Every way to get a file of the look wrong that we have thought of, and what is said about it: where, and what to write instead. */
import { expect, test } from 'vitest';
import { lookOf } from '../../src/publish/look/look.ts';
import { partsFor } from '../../src/publish/look/markup.ts';
import { startingFile, startingNames } from '../../src/publish/look/starting.ts';
import { lookProblems } from '../../src/publish/look-problems.ts';
import { expectLinear } from '../expect-linear.ts';
import { drawing, dressed, frame, dot as png } from './dress.ts';

function told(files: Readonly<Record<string, string | Uint8Array>>): string {
  return lookProblems({ look: dressed({ 'here.png': png, ...files }), url: 'https://news.example/a/' })
    .map(({ code, subject, happened }) => {
      const place = subject.line === undefined ? '' : `${subject.line}:${subject.column} `;
      return `${String(subject.file).replace('look/', '')} ${place}${code.replace('look/', '')} ${happened}`;
    })
    .join('\n');
}

const whole = (text: string): string => `broken ${text}`;

test.each([
  // The frame.
  ['', ''],
  [
    '<relais-content></relais-content>',
    `page.html 1:1 ${whole('<head> is missing. Write  <head>  and  </head>  around what belongs there.')}`,
  ],
  [
    '<head><relais-head/></head>\n<body><p>x</p></body>',
    `page.html ${whole('<relais-content> is missing. Write  <relais-content></relais-content>  where Relais is to put its content.')}`,
  ],
  [
    frame('<relais-contents></relais-contents>'),
    `page.html 1:53 ${whole('Relais fills no <relais-contents>. Did you mean <relais-content>?')}`,
  ],
  [
    frame('<relais-content></relais-content>'),
    `page.html 1:86 ${whole('<relais-content> stands there twice. Take one away.')}`,
  ],
  [frame('<relais-head></relais-head>'), `page.html 1:53 ${whole('<relais-head> stands there twice. Take one away.')}`],
  [
    frame('<relais-foot>Own</relais-foot>'),
    `page.html 1:66 ${whole('nothing may stand inside <relais-foot>: Relais fills it.')}`,
  ],
  [
    frame('<relais-foot><p>Own</p></relais-foot>'),
    `page.html 1:66 ${whole('nothing may stand inside <relais-foot>: Relais fills it.')}`,
  ],
  [
    frame('<p><relais-foot></relais-foot></p>'),
    `page.html 1:56 ${whole('<relais-foot> cannot stand inside <p>. Put it into a  <div>.')}`,
  ],
  [
    frame('<main><relais-foot/></main>'),
    `page.html 1:59 ${whole('<relais-foot> cannot stand inside <main>. Put it into a  <div>.')}`,
  ],
  [
    frame('', '<relais-foot></relais-foot>'),
    `page.html 1:40 ${whole('<relais-foot> belongs between  <body>  and  </body>.')}`,
  ],
  [frame('<div>\n'), `page.html 1:53 ${whole('<div> opens here and is never closed. Write  </div>  where it ends.')}`],
  [frame('</div>'), `page.html 1:53 ${whole('</div> closes nothing that is open.')}`],
  [
    frame('<div><b>x</div></b>'),
    `page.html 1:62 ${whole('</div> stands before  </b> : close first what was opened last.')}`,
  ],
  // What browsers end where another of its kind opens.
  [
    frame('<li><div><li></div>x'),
    `page.html 1:62 ${whole('<li> cannot stand here: browsers would end the <div> with the <li> around it. Write  <ul>  around what belongs together.')}`,
  ],
  [
    frame('<dl><dd><address><p><dt></p></address></dl>'),
    `page.html 1:73 ${whole('<dt> cannot stand here: browsers would end the <address> with the <dd> around it. Write  <dl>  around what belongs together.')}`,
  ],
  [
    frame('<ul><li><b><li></b></ul>'),
    `page.html 1:64 ${whole('<li> cannot stand here: browsers would end the <b> with the <li> around it. Write  <ul>  around what belongs together.')}`,
  ],
  [
    frame('<p class="x>y</p>'),
    `page.html 1:53 ${whole('a tag opens here and does not end as it should. Is a quotation mark missing, or a  > ?')}`,
  ],
  [
    frame('<p\n'),
    `page.html 1:53 ${whole('a tag opens here and does not end as it should. Is a quotation mark missing, or a  > ?')}`,
  ],
  [frame('<!-- x'), `page.html 1:53 ${whole('a remark opens here and is never closed. Write  -->  where it ends.')}`],
  [
    frame('<script>a'),
    `page.html 1:53 ${whole('<script> opens here and is never closed. Write  </script>  where it ends.')}`,
  ],
  [
    frame('<?php echo 1 ?>'),
    `page.html 1:53 ${whole('a tag opens here and does not end as it should. Is a quotation mark missing, or a  > ?')}`,
  ],
  // What is left out of it.
  [
    '<html lang="fr" dir="rtl">\n<head><relais-head/></head><body id="x" class="y"><relais-content/></body></html>',
    `page.html 1:7 left-out lang is left out: Relais writes  <html>  itself.
page.html 1:17 left-out dir is left out: Relais writes  <html>  itself.
page.html 2:34 left-out id is left out: Relais writes  <body>  itself; only a class is kept.`,
  ],
  [
    frame('', '<title>Mine</title>'),
    'page.html 1:40 left-out <title> is left out: Relais writes the title of each page.',
  ],
  [
    frame('', '<base href="https://evil.example/">'),
    'page.html 1:40 left-out <base> is left out: Relais writes addresses as each page needs them.',
  ],
  [frame('', '<style>a{}</style>'), 'page.html 1:40 left-out <style> is left out: styles belong into style.css.'],
  [
    frame('', 'words'),
    'page.html 1:40 left-out this text is left out: text for readers stands between  <body>  and  </body>.',
  ],
  [
    '<head><relais-head/></head>\n<p>x</p><body><relais-content/></body>',
    'page.html 2:1 left-out <p> is left out: it stands neither in  <head>  nor in  <body>.',
  ],
])('page.html: %s', (text, expected) => {
  expect(told({ 'page.html': text })).toBe(expected);
});

test.each([
  ['<meta charset="utf-8">', '<meta> is left out: Relais says this itself.'],
  [
    '<meta http-equiv="refresh" content="0; url=https://evil.example/">',
    '<meta> is left out: Relais says this itself.',
  ],
  ['<meta name="relais-state" content="withdrawn">', '<meta> is left out: Relais says relais-state itself.'],
  ['<meta name="Viewport" content="width=1">', '<meta> is left out: Relais says viewport itself.'],
  ['<link rel="canonical" href="/x">', '<link> is left out: rel="canonical"  is none that can be added.'],
  [
    '<link rel="preconnect" href="https://fonts.example">',
    '<link> is left out: rel="preconnect"  is none that can be added.',
  ],
  [
    '<link rel="me dns-prefetch" href="https://a.example">',
    '<link> is left out: rel="dns-prefetch"  is none that can be added.',
  ],
  ['<link href="x">', '<link> is left out: it does not say what it leads to, as  rel="me".'],
  [
    '<link rel="stylesheet" href="https://fonts.example/a.css">',
    '<link> is left out: pages load nothing of other hosts. Put the file into the folder look/, and write its name.',
  ],
  ['<script src="a.js"></script>', '<script> is left out: pages run no scripts.'],
])('head.html: %s', (text, expected) => {
  const said = told({ 'head.html': text });
  expect(said.replace(/^head.html 1:\d+ left-out /, '')).toBe(expected);
  expect(lookOf({ look: dressed({ 'head.html': text }) }).head).toEqual([]);
});

test.each([
  '<ul><li>a<li>b<ul><li>c</ul></ul>',
  '<ul><li><p>a<li><p>b</ul>',
  '<ul><li><div><ol><li>a</ol></div></ul>',
  '<li><section><li>a</section>',
  '<dl><div><dt>a<dd>b</div><div><dt>c<dd><p>d</div></dl>',
])('what ends by itself in foot.html is used: %s', (text) => {
  expect(told({ 'foot.html': text })).toBe('');
  expect(lookOf({ look: dressed({ 'foot.html': text }) }).foot).not.toEqual([]);
});

test('what may be added to the head is added', () => {
  const lines =
    '<meta name="robots" content="noindex"><meta property="article:publisher" content="x"><link rel="me" href="https://social.example/@us"><link rel="license" href="https://licence.example/">';
  const look = dressed({
    'head.html': lines,
    'paper.css': 'a{}',
    'page.html': frame('', '<link rel="stylesheet" media="print" href="paper.css">'),
  });
  expect(lookProblems({ look, url: undefined })).toEqual([]);
  const { head, page } = lookOf({ look });
  expect(partsFor(head, 'a/')).toEqual([lines]);
  expect(partsFor(page?.head ?? [], 'a/b/')).toEqual([
    '<link rel="stylesheet" media="print" href="../../look/paper.css">',
  ]);
});

/** A piece of a body, what is left of it on a page two folders deep, and what is said. */
test.each([
  ['<p>Fine &amp; <b>good</b><br>3 < 4</p>', '<p>Fine &amp; <b>good</b><br>3 &lt; 4</p>', ''],
  ['<ul><li>a<li>b</ul>', '<ul><li>a<li>b</ul>', ''],
  ['a<!-- remark -->b', 'ab', ''],
  ['<<!-- x -->script>alert(1)</script>', undefined, '1:27 broken </script> closes nothing that is open.'],
  ['a <<!-- x -->b onclick=x>', 'a &lt;b onclick=x>', ''],
  ['<a href="about/">x</a>', '<a href="../../about/index.html">x</a>', ''],
  ['<a href="./">x</a>', '<a href="../../index.html">x</a>', ''],
  ['<a href="https://news.example/a/about/?x#y">x</a>', '<a href="../../about/index.html?x#y">x</a>', ''],
  ['<a href="https://other.example/?a=1&amp;b">x</a>', '<a href="https://other.example/?a=1&amp;b">x</a>', ''],
  [
    "<a href='mailto:a@b.example' title='say \"x\"'>x</a>",
    '<a href="mailto:a@b.example" title="say &quot;x&quot;">x</a>',
    '',
  ],
  [
    '<a href="/imprint.html">x</a><a href="#content">y</a>',
    '<a href="/imprint.html">x</a><a href="#content">y</a>',
    '',
  ],
  ['<a href="../x">x</a>', '<a>x</a>', '1:4 left-out href is left out: it leads out of the site.'],
  [
    '<a href="JavaScript:x()">x</a>',
    '<a>x</a>',
    '1:4 left-out href is left out: it leads nowhere that pages may lead.',
  ],
  [
    '<a href="java\tscript:x()">x</a>',
    '<a>x</a>',
    '1:4 left-out href is left out: it leads nowhere that pages may lead.',
  ],
  [
    '<a href="java&#115;cript:x()">x</a>',
    '<a>x</a>',
    '1:4 left-out href is left out: it is written with signs that hide what it is.',
  ],
  [
    '<a href="javascript&colon;x()">x</a>',
    '<a>x</a>',
    '1:4 left-out href is left out: it is written with signs that hide what it is.',
  ],
  ['<img src="here.png" alt="">', '<img src="../../look/here.png" alt="">', ''],
  ['<img src="look/here.png" alt="">', '<img src="../../look/here.png" alt="">', ''],
  [
    '<img src="there.png" alt="">',
    '<img src="there.png" alt="">',
    '1:6 as-it-is there is no picture or style sheet there.png in the folder look/.',
  ],
  [
    '<img src="here.png">',
    '<img src="../../look/here.png">',
    '1:1 as-it-is this picture has no words for those who do not see it. Write  alt="…"  with what it shows, or  alt=""  where it is only for show.',
  ],
  ...[
    'https://tracker.example/x.gif',
    '//tracker.example/x.gif',
    '\\\\tracker.example/x.gif',
    'HTTPS://tracker.example/x',
  ].map(
    (src) =>
      [
        `<p>\n<img src="${src}" alt=""></p>`,
        '<p>\n</p>',
        '2:6 left-out <img> is left out: pages load nothing of other hosts. Put the file into the folder look/, and write its name.',
      ] as const,
  ),
  [
    '<img src="data:image/png;base64,AA" alt="">',
    '',
    '1:6 left-out src is left out: it leads nowhere that pages may lead.',
  ],
  ['<script>alert("</p>")</script>x', 'x', '1:1 left-out <script> is left out: pages run no scripts.'],
  [
    '<p style="x" onclick=y>x</p>',
    '<p>x</p>',
    '1:4 left-out style is left out: styles belong into style.css: give it a class.\n1:14 left-out onclick is left out: pages run no scripts.',
  ],
  [
    '<iframe src="https://map.example/"><p>x</iframe><p>y</p>',
    '<p>y</p>',
    '1:1 left-out <iframe> is left out: pages load nothing of other hosts.',
  ],
  [
    '<video src="x.mp4"><p>no video</p></video>!',
    '!',
    '1:1 left-out <video> is left out: pages load nothing but pictures. Link to it.',
  ],
  [
    '<svg><a href="x"><path d=""/></path></a></svg>!',
    '!',
    '1:1 left-out <svg> is left out: save the drawing as a file of its own, and show it by  <img>.',
  ],
  [
    '<form action="https://list.example/"><input name="mail"></form>!',
    '!',
    '1:7 left-out <form> is left out: pages send nothing to other hosts. Link to it.',
  ],
  [
    '<form action="search/"><input name="q"></form>',
    '<form action="../../search/index.html"><input name="q"></form>',
    '',
  ],
  ['<main id="content">x</main>', '', '1:1 left-out <main> is left out: Relais brings it.'],
  [
    '<div id="content">x</div>',
    '<div>x</div>',
    '1:6 left-out id is left out: Relais calls the content of the page so.',
  ],
  [
    '<body><p>x</p></body>',
    '<p>x</p>',
    '1:1 left-out <body> is left out: this file is a part of a page, and page.html a whole one.',
  ],
  ['<relais-content></relais-content>', undefined, '1:1 broken <relais-content> belongs into page.html alone.'],
  [
    '<p>x</p>\n<div',
    undefined,
    '2:1 broken a tag opens here and does not end as it should. Is a quotation mark missing, or a  > ?',
  ],
] as const)('foot.html: %s', (text, left, expected) => {
  const said = told({ 'foot.html': text });
  expect(said.replace(/^foot.html /gm, '')).toBe(expected);
  const { foot } = lookOf({ look: dressed({ 'here.png': png, 'foot.html': text }), url: 'https://news.example/a/' });
  expect(partsFor(foot, 'story/x/').join('')).toBe(left ?? '');
});

test.each([
  ['a { color: red }', 'a { color: red }', ''],
  ['/* a */ b { }\n\n\n/*! kept */', 'b { }\n/*! kept */', ''],
  ['a { background: url(here.png) }', 'a { background: url("look/here.png") }', ''],
  ["a { background: url( 'look/here.png' ) }", 'a { background: url("look/here.png") }', ''],
  ['a::before { content: "/* } url(x) " }', 'a::before { content: "/* } url(x) " }', ''],
  [
    'a {}\n@import url("https://fonts.example/css");',
    undefined,
    '2:1 as-it-is an  @import  does nothing here. Write the rules themselves into style.css.',
  ],
  [
    'a {\n  background: url(https://a.example/x.png) }',
    undefined,
    '2:15 as-it-is browsers load nothing of other hosts here. Put the file into the folder look/, and write its name.',
  ],
  [
    'a { background: url("//a.example/x.png") }',
    undefined,
    '1:17 as-it-is browsers load nothing of other hosts here. Put the file into the folder look/, and write its name.',
  ],
  [
    'a { background: url(there.png) }',
    undefined,
    '1:17 as-it-is there is no picture or style sheet there.png in the folder look/.',
  ],
  [
    '@font-face { src: url(data:font/woff2;base64,AA) }',
    undefined,
    '1:19 as-it-is only pictures of the folder look/ are loaded here. Put the file there, and write its name.',
  ],
  ['a { color: red', undefined, '1:3 as-it-is a brace opens here and is never closed. Write  }  where the rule ends.'],
  ['a { } }', undefined, '1:7 as-it-is this brace closes nothing that is open: browsers stop reading a rule here.'],
  ['a { } /* x', 'a { }', '1:7 as-it-is a remark opens here and is never closed. Write  */  where it ends.'],
  ['a { content: "x\n}', undefined, '1:14 as-it-is a quotation mark opens here and is not closed on its line.'],
  [
    ':root { --paper: #fffdf5 }',
    undefined,
    '1:9 as-it-is --paper is the same in the dark here, where it may not be legible. Write it inside  @media screen and (prefers-color-scheme: light) { … } , or set it for  dark  too.',
  ],
  [':root { --ink: #111 } @media (prefers-color-scheme: dark) { :root { --ink: #eee } }', undefined, ''],
  ['@media screen and (prefers-color-scheme: light) { :root { --ink: #111 } }', undefined, ''],
] as const)('style.css: %s', (text, css, expected) => {
  expect(told({ 'style.css': text }).replace(/^style.css /gm, '')).toBe(expected);
  expect(lookOf({ look: dressed({ 'here.png': png, 'style.css': text }) }).css).toBe(css ?? text);
});

test.each([
  ['x.png', 'not at all', 'x.png unreadable this is no PNG picture, whatever its name says. Save it anew.'],
  ['x.jpg', png, 'x.jpg unreadable this is no JPEG picture, whatever its name says. Save it anew.'],
  ['x.webp', png, 'x.webp unreadable this is no WebP picture, whatever its name says. Save it anew.'],
  [
    'x.svg',
    '<html><svg></svg></html>',
    'x.svg unreadable this is no SVG drawing, whatever its name says. Save it anew.',
  ],
  ['x.svg', drawing, ''],
  [
    'x.svg',
    drawing.replace('<rect', '\n<script>alert(1)</script><rect'),
    'x.svg 2:1 as-it-is a drawing runs no scripts here. Save it without.',
  ],
  [
    'x.svg',
    drawing.replace('<rect', '<rect onload="x()"'),
    'x.svg 1:67 as-it-is a drawing runs no scripts here. Save it without.',
  ],
  [
    'x.svg',
    drawing.replace('<rect', '<image href="https://a.example/x.png"/><rect'),
    'x.svg 1:62 as-it-is a drawing loads nothing of other hosts. Save it with all that it shows.',
  ],
])('%s: %s', (name, content, expected) => {
  expect(told({ [name]: content })).toBe(expected);
});

test('of two logos one is shown, and that is told', () => {
  const files = { 'logo.png': png, 'logo.svg': drawing, 'icon.png': png };
  expect(told(files)).toBe(
    'logo.png left-out logo.png is not shown in its place, since there is logo.svg too. Take one away.',
  );
  const { logo, icon } = lookOf({ look: dressed(files) });
  expect([logo, icon]).toEqual([
    { path: 'look/logo.svg', type: 'image/svg+xml', width: 120, height: 40 },
    { path: 'look/icon.png', type: 'image/png', width: 1, height: 1 },
  ]);
});

test.each([
  ['<svg width="24" height="12"/>', 24, 12],
  ['<?xml version="1.0"?>\n<!-- x --><!DOCTYPE svg PUBLIC "a" "b">\n<svg viewBox="0 0 1.5 3"/>', 100, 200],
  ['<svg width="100%" height="2em" viewBox="0,0,200,50"/>', 200, 50],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 300, 150],
])('the size of a drawing: %s', (text, width, height) => {
  expect(lookOf({ look: dressed({ 'logo.svg': text }) }).logo).toMatchObject({ width, height });
});

test('files to begin with are in order, change nothing, and show the colours as they are', () => {
  for (const site of [{}, { colour: '#8a1c1c' }]) {
    const files = Object.fromEntries(startingNames.map((name) => [name, startingFile(name, site)]));
    const look = dressed(files);
    expect(lookProblems({ look, url: undefined })).toEqual([]);
    const { css, page } = lookOf({ look });
    expect(css.replace(/\s+/g, ' ')).not.toContain(';');
    expect(page).toMatchObject({ head: [], bodyClass: undefined, isBroken: false });
    expect(partsFor(page?.body ?? [], '')).toEqual(
      ['relais-nameplate', 'relais-content', 'relais-foot'].map((slot) => ({ slot })),
    );
    expect(files['style.css']).toContain(`--accent: ${site.colour ?? '#0a5566'};`);
  }
});

test('a page saved from elsewhere is judged quickly, and in few words', () => {
  const started = performance.now();
  const said = told({ 'foot.html': '<p onclick=x></p>'.repeat(3_800) }).split('\n');
  expect([said.length, said.at(-1)]).toEqual([21, 'foot.html 1:344 left-out and 3780 more like these.']);
  expect(told({ 'foot.html': `${'<div>'.repeat(6_000)}${'</div>'.repeat(5_000)}` })).toMatch(/^foot.html 1:501 broken/);
  for (const text of [
    '<a '.repeat(20_000),
    '<'.repeat(64_000),
    '<!--'.repeat(16_000),
    `<p ${'a='.repeat(30_000)}`,
    '<script>'.repeat(8_000),
  ])
    told({ 'foot.html': text, 'style.css': text });
  told({ 'style.css': `${'{--ink:'.repeat(15_000)}${'/*'.repeat(5_000)}${'url('.repeat(5_000)}` });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a drawing with many remarks before what is none costs no more than their length', async () => {
  const remarks = (size: number): string => `<?xml version="1.0"?>\n${'<!-- a -->\n'.repeat(size)}`;
  await expectLinear((size) => told({ 'logo.svg': `${remarks(size)}<ns0:svg width="1" height="1"/>` }), 10_000);
  expect(told({ 'logo.svg': `${remarks(50)}${drawing}` })).toBe('');
});
