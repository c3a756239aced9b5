/**
 * `npm run eval:xss -- FILE…`: payloads of lists that lie anywhere, read as posts and opened in headless Chromium, as the
 * tests do with ours. A file is JSON, of which every string is a payload, or text, of which every line is. Exit code: 0
 * where nothing runs, nothing is asked for and nothing changes when it is read again; 1 where one fails; 2 without browser
 * or lists.
 */
import { readFileSync } from 'node:fs';
import { hasBrowser, openBrowser } from '../test/journey/browser.ts';
import { findFailing } from '../test/journey/watched.ts';

function payloadsIn(file: string): string[] {
  const written = readFileSync(file, 'utf8');
  const all = file.endsWith('.json') ? stringsIn(JSON.parse(written)) : written.split(/\r?\n/);
  return all.filter((payload) => payload.trim() !== '');
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const files = process.argv.slice(2);
if (!hasBrowser || files.length === 0) {
  if (files.length === 0) console.log('Which lists? npm run eval:xss -- FILE…');
  process.exitCode = 2;
} else {
  const browser = await openBrowser();
  const seen = new Set<string>();
  let failed = 0;
  for (const file of files) {
    const payloads = payloadsIn(file);
    const fresh = [...new Set(payloads)].filter((payload) => !seen.has(payload));
    for (const payload of fresh) seen.add(payload);
    const failing = await findFailing(browser, fresh);
    const names = new Set(failing.map(({ payload }) => payload));
    failed += names.size;
    console.log(`${file}: ${payloads.length} payloads, ${fresh.length} not seen before, ${names.size} fail`);
    for (const { payload, why } of failing) console.log(`  ${JSON.stringify(payload)}\n    ${why}`);
  }
  console.log(`${seen.size} different payloads, ${failed} fail`);
  await browser.close();
  process.exitCode = failed === 0 ? 0 : 1;
}
