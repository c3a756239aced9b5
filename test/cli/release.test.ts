/** `relais held` and `relais release` from the maintainer's chair: real feeds, a real database, published files. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { log } from '../../src/cli/audit-log.ts';
import { check } from '../../src/cli/check.ts';
import { explain } from '../../src/cli/explain.ts';
import { held } from '../../src/cli/held.ts';
import { personHere } from '../../src/cli/person.ts';
import { release } from '../../src/cli/release.ts';
import { run } from '../../src/cli/run.ts';
import { status } from '../../src/cli/status.ts';
import { withdraw } from '../../src/cli/withdraw.ts';
import { openStore } from '../../src/storage.ts';
import { storageIn } from '../storage.ts';
import { type Groups, openGroups } from './groups.ts';

const number = '06 12 34 56 78';
const called = 'https://harbour.example/called';
const words = `On Monday morning forty people stood at the harbour gate with banners and soup, and nobody was turned away before noon. Whoever saw it may call ${number} after dark. By evening the hall was full and the kitchen ran out of bread twice.`;

let groups: Groups;
beforeEach(async () => {
  groups = await openGroups();
  const settings = readFileSync(groups.options().config, 'utf8');
  const [head = '', sources = ''] = settings.split('  calais:\n');
  const hold = '    hold: { kinds: [phone-numbers, email-addresses] }\n';
  writeFileSync(
    groups.options().config,
    `${head}  calais:\n${hold}    sources:\n${sources.replaceAll(/^ {4}-/gm, '      -')}`,
  );
  groups.feeds.harbour = [{ path: 'called', title: 'At the \u202egate', text: words }];
  groups.feeds.third = [
    { path: 'quiet', title: 'Quiet', text: 'A library opens in the old school on the first of May.' },
  ];
});
afterEach(async () => {
  await groups.close();
});

const site = (): string => {
  const folder = join(groups.folder, 'data/site');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
    .join('\n');
};
const json = (): { config: string; data: string; json: true } => ({ ...groups.options(), json: true });

test('a run says once that a text waits; held shows what was found, and what to type does it', async () => {
  expect(await run(groups.options(), groups.printer)).toBe(1);
  const told = groups.said();
  expect(told).toContain('harbour group');
  expect(told).toContain('relais held');
  expect(told).not.toContain(number);
  expect(site()).not.toContain(number);
  expect(await run(groups.options(), groups.printer)).toBe(0);
  expect(groups.said()).toBe('');
  expect(await held(groups.options(), groups.printer)).toBe(0);
  const listed = groups.said();
  expect(listed).toContain(`before noon. Whoever saw it may call ${number} after dark.`);
  expect(listed).toContain(`relais release '${called}'`);
  expect(listed).toContain(`relais withdraw '${called}' --because`);
  expect(listed).not.toContain('\u202e');
  await status(groups.options(), groups.printer);
  expect(groups.said().replace(/\s+/g, ' ')).toContain('A text of it waits for you');
  await explain(called, groups.options(), groups.printer);
  expect(groups.said()).toContain('not in calais: a person is to look at it first. See  relais held');
  expect(await release(called, { ...groups.options(), section: 'dover' }, groups.printer)).toBe(2);
  expect(groups.said()).toBe('There is no section dover. There are: calais.');
  expect(await release(called, { ...groups.options(), because: 'their own number' }, groups.printer)).toBe(0);
  expect(groups.said()).toContain(`Released in calais: ${called}`);
  expect(site()).toContain(number);
  expect(await held(groups.options(), groups.printer)).toBe(0);
  expect(groups.said()).toContain('Nothing is held');
  await status(groups.options(), groups.printer);
  expect(groups.said().replace(/\s+/g, ' ')).not.toContain('A text of it waits for you');
  expect(await release(called, groups.options(), groups.printer)).toBe(2);
  expect(groups.said()).toContain('is not parked');
  await log({ ...json(), last: 1 }, groups.printer);
  expect(groups.printed()).toMatchObject({
    entries: [{ act: 'release', subject: called, who: personHere(), because: 'in calais: their own number' }],
  });
});

test('as JSON, and of a text that is withdrawn instead nothing is left but a hash', async () => {
  await groups.read();
  await held(json(), groups.printer);
  expect(groups.printed()).toMatchObject({
    sources: [],
    texts: [{ url: called, parked: [{ section: 'calais', found: [{ kind: 'phone-numbers' }] }] }],
  });
  expect(await withdraw(called, { ...groups.options(), because: 'it names a witness' }, groups.printer)).toBe(0);
  groups.said();
  await held(json(), groups.printer);
  expect(groups.printed()).toEqual({ sources: [], texts: [] });
  expect(existsSync(join(groups.folder, 'data/site/story'))).toBe(true);
  expect(site()).not.toContain('withdrawn');
  const library = await openStore(storageIn(join(groups.folder, 'data')));
  try {
    await library.wipe();
    expect((await library.holds()).flatMap(({ waiting }) => waiting)).toEqual([]);
  } finally {
    await library.close();
  }
});

test('check asks about holds that can find nothing, and about delays that leave nothing for the feeds', async () => {
  const { config } = groups.options();
  const text = readFileSync(config, 'utf8').replace(
    'kinds: [phone-numbers, email-addresses]',
    'faces: true, delay: 3d',
  );
  writeFileSync(config, text.replace('name: "third group"', 'name: "third group", max_age: 2d'));
  await check(json(), groups.printer);
  const { problems } = groups.printed() as { problems: { code: string; subject: { line: number } }[] };
  expect(problems.map(({ code }) => code).sort()).toEqual(['config/idle-hold', 'config/never-shown']);
  const lines = readFileSync(config, 'utf8').split('\n');
  const late = problems.find(({ code }) => code === 'config/never-shown');
  expect(lines[(late?.subject.line ?? 0) - 1]).toContain('max_age: 2d');
});
