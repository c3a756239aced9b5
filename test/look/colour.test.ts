/** The colour of the site where it is told about, and in mails. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/cli/check.ts';
import { accentsOf } from '../../src/publish/look/accent.ts';
import { renderDigestMail } from '../../src/publish/pages/digest-page.tsx';
import { calais, digestView, siteView, story } from '../publish/pages-views.ts';

test.each([
  [
    '#8A1C1C',
    /sources.yaml:1:17 {2}colour: #8a1c1c could not be read in the dark, and is #[0-9a-f]{6} there; on light paper/,
  ],
  [
    '#fd0',
    /sources.yaml:1:17 {2}colour: #ffdd00 could not be read on light paper, and is #[0-9a-f]{6} there; in the dark/,
  ],
  ['#7a7a7a', /colour: #7a7a7a could not be read, and is #[0-9a-f]{6} on light paper and #[0-9a-f]{6} in the dark/],
])('check says what has become of %s', async (colour, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'relais-colour-'));
  try {
    const config = join(folder, 'sources.yaml');
    writeFileSync(config, `site: { colour: "${colour}" }\nsections: { calais: [ "https://a.example/feed" ] }\n`);
    const lines: string[] = [];
    const line = (text = ''): void => void lines.push(text);
    const code = await check({ config }, { isTerminal: false, width: 200, line, alarm: line, json: () => {} });
    expect(lines.join('\n')).toMatch(expected);
    expect([code, lines.at(-1)]).toEqual([0, expect.stringContaining('is in order')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a mail has it on every link, and its other one for mail readers in the dark', () => {
  const { light, dark } = accentsOf({ colour: '#8a1c1c' });
  const html = renderDigestMail(siteView({ colour: '#8a1c1c' }), digestView(calais, [story('one')]));
  expect(html).toContain(`style="color:${light}"`);
  expect(html).toContain(`a { color: ${dark} !important }`);
  expect(html).not.toMatch(/#0a5566|#86cdd8/);
});
