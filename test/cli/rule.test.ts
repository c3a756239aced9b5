/** `relais rule` from the maintainer's chair: real feeds on loopback, a real database, and what the stories come to. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Printer } from '../../src/cli/print.ts';
import { listRulings, type RuleOptions, rule, undo } from '../../src/cli/rule.ts';
import { exportRulings, importRulings } from '../../src/cli/rule-file.ts';
import { systemClock } from '../../src/clock.ts';
import { takeLease } from '../../src/run.ts';
import type { StoryRuling } from '../../src/story-plan.ts';
import { rulingLine } from '../../src/text/ruling-lines.ts';
import { type Groups, openGroups } from './groups.ts';

const words =
  'On Monday morning forty people stood at the harbour gate with banners and soup, and nobody was turned away before noon. The crew of the small ferry came ashore, told how the night had been and asked for blankets. By evening the hall was full and the kitchen ran out of bread twice.';
const others =
  'The council has closed the library in the old school for the winter. Readers carried chairs into the yard and held the lending hour there, under tarpaulins, while a brass band played. A petition lies in the bakery and may be signed until the end of the month.';

let folder: string;
let feeds: Groups['feeds'];
let options: () => RuleOptions;
let printer: Printer;
let groups: Groups;
const { said, read, withStore, storyOf, members } = {
  said: () => groups.said(),
  read: () => groups.read(),
  withStore: ((work) => groups.withStore(work)) as Groups['withStore'],
  storyOf: (url: string) => groups.storyOf(url),
  members: (url: string) => groups.members(url),
};

beforeEach(async () => {
  groups = await openGroups();
  ({ folder, feeds, options, printer } = groups);
  feeds.harbour = [{ path: 'gate', title: 'At the gate', text: words }];
  feeds.copies = [{ path: 'elsewhere', title: 'A library in a yard', text: others, day: 21 }];
});
afterEach(async () => {
  await groups.close();
});

const gate = 'https://harbour.example/gate';
const elsewhere = 'https://copies.example/elsewhere';
const copy = 'https://copies.example/copy';

describe('same', () => {
  test('joins two posts at once, without a run and while another process holds the lease; undone, they part', async () => {
    await read();
    expect(await members(gate)).toEqual([gate]);
    await withStore(async (library) => {
      const lease = await takeLease({ library, clock: systemClock });
      if ('pid' in lease) throw new Error('somebody else is at work');
      expect(await rule({ kind: 'same', a: gate, b: elsewhere }, options(), printer)).toBe(0);
      await lease.giveBack();
    });
    expect(said()).toBe(
      `Ruling 1: ${gate} and ${elsewhere} are one story.\n  The stories are settled; the site follows at the next run. To undo this:  relais rule undo 1`,
    );
    expect(await members(gate)).toEqual([elsewhere, gate]);
    expect(await undo(undefined, options(), printer)).toBe(0);
    expect(said()).toContain(`Taken back: ruling 1 (same ${gate} ${elsewhere}).`);
    expect(await members(gate)).toEqual([gate]);
    expect(await members(elsewhere)).toEqual([elsewhere]);
  });

  test('is understood of guids and of our own page, and kept by the canonical address', async () => {
    await read();
    const { uid } = await storyOf(gate);
    const page = `https://news.example/story/${uid}/`;
    expect(await rule({ kind: 'same', a: page, b: 'elsewhere' }, { ...options(), json: true }, printer)).toBe(0);
    expect(groups.printed()).toEqual({ rulings: [{ number: 1, isNew: true, kind: 'same', a: gate, b: elsewhere }] });
    expect(await rule({ kind: 'same', a: `${elsewhere}?utm_source=x#top`, b: uid }, options(), printer)).toBe(0);
    expect(said()).toBe(`Ruling 1 says so already: same ${elsewhere} ${gate}`);
    for (const written of [`${page}index.html`, `${page}?a=b#c`, `https://news.example/harbour/#s-${uid}`]) {
      expect(await rule({ kind: 'same', a: written, b: elsewhere }, options(), printer)).toBe(0);
      expect(said()).toContain('Ruling 1 says so already');
    }
  });

  test('survives a new database, other guids at the same addresses, and settling anew', async () => {
    await read();
    await rule({ kind: 'same', a: gate, b: elsewhere }, { ...options(), because: 'told by the group' }, printer);
    const file = join(folder, 'rulings.txt');
    expect(await exportRulings(file, options(), printer)).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(` same ${gate} ${elsewhere} # told by the group\n`);
    for (const list of Object.values(feeds))
      for (const [at, one] of list.entries()) list[at] = { ...one, guid: `new-${one.path}`, title: `${one.title}!` };
    await read();
    expect(await members(gate)).toEqual([elsewhere, gate]);
    rmSync(join(folder, 'data'), { recursive: true });
    said();
    expect(await importRulings(file, options(), printer)).toBe(0);
    expect(said()).toBe(
      `1 ruling taken in. The site follows at the next run.\n2 posts are not stored here, and what is ruled on them waits until they come:\n  ${gate}\n  ${elsewhere}`,
    );
    await read();
    expect(await members(gate)).toEqual([elsewhere, gate]);
    expect(await importRulings(file, options(), printer)).toBe(0);
    expect(said()).toContain('0 rulings taken in, 1 stood already.');
    expect(await exportRulings(file, options(), printer)).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('is not stretched to a stranger who writes the same address into a feed', async () => {
    await read();
    await rule({ kind: 'same', a: gate, b: elsewhere }, options(), printer);
    const reversed = others.split(' ').reverse().join(' ');
    feeds.third = [{ path: 'casino', url: gate, title: 'Casino', text: reversed }];
    await read();
    expect((await storyOf(elsewhere)).items.map(({ title }) => title)).not.toContain('Casino');
  });
});

describe('different', () => {
  beforeEach(async () => {
    feeds.copies = [{ path: 'copy', title: 'At the gate', text: words, day: 21 }];
    await read();
    expect(await members(gate)).toEqual([copy, gate]);
  });

  test('parts what the words have joined, for good: a correction and a reading anew change nothing', async () => {
    expect(await rule({ kind: 'different', a: gate, b: copy }, options(), printer)).toBe(0);
    expect(await members(gate)).toEqual([gate]);
    feeds.copies = [{ path: 'copy', title: 'At the gate again', text: words, day: 21 }];
    await read();
    expect(await members(gate)).toEqual([gate]);
    await undo('1', options(), printer);
    expect(await members(gate)).toEqual([copy, gate]);
  });

  test('what comes to speak against it is told once, shown by list, and not obeyed', async () => {
    await rule({ kind: 'different', a: gate, b: copy }, options(), printer);
    said();
    await listRulings(options(), printer);
    expect(said()).not.toContain('!'); // that the texts are the same was known when it was ruled
    feeds.copies = [
      {
        path: 'copy',
        title: 'At the gate',
        text: `${words}</p><p>Reposted from <a href="${gate}">harbour group</a>`,
        day: 21,
      },
    ];
    expect(await read()).toBe(1);
    expect(said()).toMatch(/^✗ copies group +Ruling 1 \(different .*\) stands, but one .*relais rule undo 1$/m);
    expect(await members(gate)).toEqual([gate]);
    expect(await read()).toBe(0);
    expect(said()).toBe('');
    await listRulings(options(), printer);
    expect(said()).toMatch(/! since \d{4}-\d\d-\d\d: one .*\. The ruling stands; {2}relais rule undo 1/);
    const news = await withStore((library) => library.news(0));
    expect(news.map(({ kind, source }) => [kind, source])).toEqual(news.map(() => ['against', 'copies group']));
    expect(news.length).toBeGreaterThan(0);
  });

  test('a ruling that contradicts another is refused with its number, and nothing is written', async () => {
    feeds.third = [{ path: 'third', title: 'Third', text: others, day: 22 }];
    await read();
    const third = 'https://third.example/third';
    await rule({ kind: 'different', a: gate, b: copy }, options(), printer);
    await rule({ kind: 'same', a: gate, b: third }, options(), printer);
    said();
    expect(await rule({ kind: 'same', a: copy, b: gate }, options(), printer)).toBe(2);
    expect(said()).toBe(
      `This contradicts ruling 1 (different ${gate} ${copy}). To take that back first:  relais rule undo 1`,
    );
    expect(await rule({ kind: 'same', a: third, b: copy }, options(), printer)).toBe(2);
    expect(said()).toContain('This contradicts ruling 1 ');
    expect(await rule({ kind: 'different', a: third, b: gate }, options(), printer)).toBe(2);
    expect(said()).toContain('This contradicts ruling 2 ');
    expect(await withStore((library) => library.storyRulings())).toHaveLength(2);
  });
});

describe('original', () => {
  beforeEach(async () => {
    feeds.copies = [{ path: 'copy', title: 'At the gate', text: words, day: 21 }];
    await read();
  });

  test('names a source, or a group that is none; two for one story are refused', async () => {
    await rule({ kind: 'original', item: gate, group: 'copies group' }, options(), printer);
    const ruled = await storyOf(gate);
    const author = ruled.items.find(({ url }) => url === copy);
    expect(ruled.attribution.original).toEqual({ kind: 'item', itemId: author?.id });
    expect(await rule({ kind: 'original', item: copy, group: 'Night Shift' }, options(), printer)).toBe(2);
    expect(said()).toContain('This contradicts ruling 1 ');
    await undo(undefined, options(), printer);
    expect(await rule({ kind: 'original', item: copy, group: 'Night Shift' }, options(), printer)).toBe(0);
    expect((await storyOf(gate)).attribution.original).toMatchObject({ kind: 'elsewhere', name: 'Night Shift' });
    await read();
    expect(groups.page(`story/${ruled.uid}/index.html`)).toContain('Night Shift');
  });

  test('a credit that comes later is told, and the ruling stands', async () => {
    await rule({ kind: 'original', item: gate, group: 'third group' }, options(), printer);
    said();
    feeds.copies = [
      { path: 'copy', title: 'At the gate', text: `Reposted from harbour group</p><p>${words}`, day: 21 },
    ];
    expect(await read()).toBe(1);
    expect(said()).toContain('says that harbour group wrote it: “Reposted from harbour group”');
    expect((await storyOf(gate)).attribution.original).toMatchObject({ kind: 'elsewhere' });
  });
});

describe('alias', () => {
  test('credits that named nobody are read again at the next run; undone, they name nobody again', async () => {
    feeds.copies = [{ path: 'copy', title: 'Night', text: `Reposted from Quay Bulletin</p><p>${others}`, day: 21 }];
    await read();
    const author = async (): Promise<unknown> => (await storyOf(copy)).attribution.original;
    const before = await author();
    expect(await rule({ kind: 'alias', group: 'harbour group', name: 'Quay Bulletin' }, options(), printer)).toBe(0);
    expect(said()).toMatch(
      /^Ruling 1: “Quay Bulletin” means harbour group\.\n.*Credits are read again at the next run/,
    );
    await listRulings(options(), printer);
    expect(said()).toContain('“Quay Bulletin” means harbour group');
    await read();
    expect(await author()).toMatchObject({ kind: 'elsewhere', sourceKey: expect.stringContaining('/harbour') });
    await undo('1', options(), printer);
    await read();
    expect(await author()).toEqual(before);
  });

  test('a name that is somebody else’s is refused, as is a group that is no source', async () => {
    await read();
    expect(await rule({ kind: 'alias', group: 'harbour group', name: 'Third Group' }, options(), printer)).toBe(2);
    expect(said()).toBe('“Third Group” means third group already.');
    expect(await rule({ kind: 'alias', group: 'nobody', name: 'Any Name' }, options(), printer)).toBe(2);
    expect(said()).toBe('No source is called “nobody”.  relais status  shows what they are called.');
  });
});

describe('what is not understood is said, and nothing is written', () => {
  test.each([
    ['https://nowhere.example/', gate, 'Nothing is stored under https://nowhere.example/.'],
    [gate, `${gate}#comments`, `Both are one post: ${gate}`],
    ['\u001b[31m', gate, 'Nothing is stored under'],
  ])('%j and %j', async (a, b, why) => {
    await read();
    expect(await rule({ kind: 'same', a, b }, options(), printer)).toBe(2);
    const text = said();
    expect(text).toContain(why);
    expect(text).not.toContain('\u001b');
    expect(await undo(undefined, options(), printer)).toBe(2);
    expect(said()).toContain('Nothing has been ruled.');
  });

  test.each<StoryRuling>([
    { kind: 'alias', group: 'harbour group', name: '' },
    { kind: 'alias', group: 'harbour group', name: ' – ' },
    { kind: 'original', item: gate, group: '' },
    { kind: 'same', a: gate, b: ' ' },
  ])('a name in which nothing stands: %j', async (ruling) => {
    await read();
    expect(await rule(ruling, options(), printer)).toBe(2);
    expect(said()).toContain('has no letter and no digit in it');
    const file = join(folder, 'rulings.txt');
    writeFileSync(file, `${rulingLine(ruling)}\n`);
    expect(await importRulings(file, options(), printer)).toBe(2);
    expect(said()).toContain(`${file}:1  `);
    expect(await withStore((library) => library.storyRulings())).toEqual([]);
  });

  test('files that are not there, or are none, are told in words', async () => {
    await read();
    expect(await importRulings(join(folder, 'none.txt'), options(), printer)).toBe(2);
    expect(said()).toBe(
      `${join(folder, 'none.txt')} cannot be read: there is no such file or folder. Nothing was taken in.`,
    );
    expect(await importRulings(folder, options(), printer)).toBe(2);
    expect(said()).toBe(`${folder} cannot be read: it is a folder. Nothing was taken in.`);
    expect(await exportRulings(join(folder, 'no', 'x.txt'), options(), printer)).toBe(2);
    expect(said()).toBe(
      `${join(folder, 'no', 'x.txt')} cannot be written: there is no such folder. Nothing was exported.`,
    );
  });

  test('a file that speaks of posts which are not stored says which; they are ruled on once they come', async () => {
    await read();
    const file = join(folder, 'rulings.txt');
    const later = 'https://third.example/later';
    writeFileSync(
      file,
      `same ${gate} ${elsewhere}\nsame ${gate} ${later}\ndifferent ${elsewhere} tag:nowhere,2026:1\n`,
    );
    expect(await importRulings(file, options(), printer)).toBe(0);
    expect(said()).toBe(
      `3 rulings taken in. The site follows at the next run.\n2 posts are not stored here, and what is ruled on them waits until they come:\n  ${later}\n  tag:nowhere,2026:1`,
    );
    feeds.third = [{ path: 'later', title: 'Later', text: 'Quiet days.', day: 22 }];
    await read();
    expect(await members(later)).toEqual([elsewhere, gate, later]);
    said();
    expect(await importRulings(file, { ...options(), json: true }, printer)).toBe(0);
    expect(groups.printed()).toEqual({ taken: 0, stoodAlready: 3, notStored: ['tag:nowhere,2026:1'] });
  });

  test('a file with mistakes is refused line by line', async () => {
    await read();
    const file = join(folder, 'rulings.txt');
    writeFileSync(
      file,
      `# ours\nsame ${gate} ${elsewhere}\n\nequal ${gate} ${elsewhere}\nalias "harbour group\n2026-13-40 same a b\ndifferent ${gate}\n`,
    );
    expect(await importRulings(file, options(), printer)).toBe(2);
    expect(
      said()
        .split('\n')
        .map((line) => /:(\d+) {2}/.exec(line)?.[1]),
    ).toEqual(['4', '5', '6', '7', undefined]);
    writeFileSync(file, `same ${gate} ${elsewhere}\ndifferent ${elsewhere} ${gate}\n`);
    expect(await importRulings(file, options(), printer)).toBe(2);
    expect(said()).toContain(`:2  This contradicts line 1 (same ${gate} ${elsewhere}).`);
    expect(await withStore((library) => library.storyRulings())).toEqual([]);
  });
});
