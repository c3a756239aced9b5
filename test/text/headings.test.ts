import { expect, test } from 'vitest';
import type { SafeHtml } from '../../src/model.ts';
import { headingsFrom } from '../../src/text/headings.ts';

test.each([
  ['<p>h1</p>', '<p>h1</p>'],
  ['<h3>a</h3><p>b</p>', '<h2>a</h2><p>b</p>'],
  [
    '<h1>a</h1><h4 lang="fr">b</h4><h2>c</h2><h4>d</h4><h1>e</h1>',
    '<h2>a</h2><h3 lang="fr">b</h3><h3>c</h3><h4>d</h4><h2>e</h2>',
  ],
  ['<h5>a</h5><h2>b</h2><h5>c</h5>', '<h2>a</h2><h2>b</h2><h3>c</h3>'],
  [
    '<h2>a <strong>h2</strong> &lt;h2&gt;</h2><hr /><code>h3</code>',
    '<h2>a <strong>h2</strong> &lt;h2&gt;</h2><hr /><code>h3</code>',
  ],
  [
    '<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>',
    '<h2>a</h2><h3>b</h3><h4>c</h4><h5>d</h5><h6>e</h6><h6>f</h6>',
  ],
])('%s', (html, expected) => {
  expect(headingsFrom(html as SafeHtml, 2)).toBe(expected);
  expect(headingsFrom(expected as SafeHtml, 2)).toBe(expected); // doing it again changes nothing
});
