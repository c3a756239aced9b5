/** What the library knows of pictures: whose turn it is, which stories have changed, and what nobody needs any more. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Library } from '../../src/library.ts';
import { item, source } from '../stories/builders.ts';
import { noon, openTestLibrary, temporaryFolder } from './open.ts';
import { serve } from './serve.ts';

const [quay, pier] = [source('https://quay.example/feed'), source('https://pier.example/feed')];
const both = [quay.key, pier.key];
const copy = { file: `${'0'.repeat(32)}.jpg`, width: 40, height: 30 };

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;
beforeEach(async () => {
  folder = temporaryFolder();
  library = await openTestLibrary(folder.path);
});
afterEach(async () => {
  await library.close();
  folder.remove();
});

/** One story for each text, the last the newest. @returns their ids */
async function tell(from: typeof quay, ...texts: readonly string[]): Promise<number[]> {
  const items = texts.map((text, at) => item(`${from.key} ${at}`, { html: text, published: noon - 1_000 + at }));
  await serve(library, from, items, { sources: [quay, pier] });
  const listed = await library.storiesOf([from.key]);
  return listed.map(({ id }) => id).reverse();
}

const usesOf = (from: typeof quay, stories: readonly number[]) =>
  stories.map((story, at) => ({ story, address: `https://pictures.example/${from.key}/${at}`, source: from.key }));

test('knows which stories hold pictures of whom', async () => {
  const [, second = 0, third = 0] = await tell(
    quay,
    '<p>None.</p>',
    '<p>One.</p><img src="https://a.example/1">',
    '<p>No &lt;img&gt;.</p>',
  );
  const [other = 0] = await tell(pier, '<img src="https://a.example/2">');
  expect(await library.withPictures([second, third, other], [quay.key])).toEqual([second]);
  expect(await library.withPictures([second, third, other], [quay.key, pier.key])).toEqual([second, other]);
});

test('gives each source its turn, its newest picture first, however many another has', async () => {
  const many = await tell(quay, '<p>a</p>', '<p>b</p>', '<p>c</p>');
  const few = await tell(pier, '<p>d</p>');
  await library.usePictures([...many, ...few], [...usesOf(quay, many), ...usesOf(pier, few)]);
  const due = await library.duePictures(both, noon, 3);
  expect(due.map(({ address }) => address.replace(/^.*\/feed\//, '')).sort()).toEqual(['0', '1', '2']);
  expect(
    due
      .slice(0, 2)
      .flatMap(({ sources }) => sources)
      .sort(),
  ).toEqual([pier.key, quay.key]);
  expect(await library.duePictures([pier.key], noon, 9)).toMatchObject([{ sources: [pier.key] }]);
  expect(due.find(({ sources }) => sources.includes(quay.key))?.address).toMatch(/\/2$/);
});

test('a picture that comes has changed exactly the stories that show it; one that fails has changed none', async () => {
  const stories = await tell(quay, '<p>a</p>', '<p>b</p>', '<p>c</p>');
  const [one = 0, two = 0, three = 0] = stories;
  const [shared, own] = ['https://pictures.example/1', 'https://pictures.example/2'];
  await library.usePictures(stories, [
    { story: one, address: shared, source: quay.key },
    { story: two, address: shared, source: quay.key },
    { story: three, address: own, source: quay.key },
  ]);
  const { newest } = await library.changedSince(0);
  await library.decidePicture(own, { kind: 'failed', tries: 1, nextTry: noon + 5, why: 'no' }, noon);
  expect(await library.changedSince(newest + 1)).toMatchObject({ ids: [] });
  expect((await library.duePictures(both, noon + 4, 9)).map(({ address }) => address)).toEqual([shared]);
  expect(await library.duePictures(both, noon + 5, 9)).toMatchObject([{ tries: 1 }, { tries: 0 }]);
  await library.decidePicture(shared, { kind: 'copied', copy }, noon);
  expect((await library.changedSince(newest + 1)).ids).toEqual([one, two]);
  expect(await library.pictureCopies(stories)).toEqual(
    new Map([one, two].map((story) => [story, new Map([[shared, copy]])])),
  );
  expect(await library.picturesOf(three)).toEqual([
    { address: own, state: 'wanted', nextTry: noon + 5, why: 'no', file: undefined },
  ]);
});

test('what no story shows is forgotten, and asked for anew if one does again', async () => {
  const stories = await tell(quay, '<p>a</p>');
  const uses = usesOf(quay, stories);
  const address = uses[0]?.address ?? '';
  await library.usePictures(stories, uses);
  await library.decidePicture(address, { kind: 'copied', copy }, noon);
  expect(await library.shownFiles()).toEqual([copy.file]);
  await library.usePictures(stories, []);
  expect(await library.shownFiles()).toEqual([]);
  await library.usePictures(stories, uses); // before the night: nothing need be asked for
  expect([await library.shownFiles(), await library.duePictures(both, noon, 9)]).toEqual([[copy.file], []]);
  await library.useNoPictures();
  expect(await library.forgetUnusedPictures()).toEqual([]);
  await library.usePictures(stories, uses);
  expect(await library.duePictures(both, noon, 9)).toEqual([{ address, tries: 0, sources: [quay.key] }]);
});

test('a story that is taken into another takes its pictures along to nowhere', async () => {
  const words = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');
  const [first = 0] = await tell(quay, `<p>${words}</p>`);
  const [second = 0] = await tell(pier, '<p>Other.</p>');
  await library.usePictures([first, second], [...usesOf(quay, [first]), ...usesOf(pier, [second])]);
  await serve(library, pier, [item(`${pier.key} 0`, { hash: 'new', html: `<p>${words}</p>` })], {
    sources: [quay, pier],
    at: noon + 1,
  });
  const left = (await library.duePictures(both, noon, 9)).length;
  const stories = (await library.storiesOf([quay.key, pier.key])).length;
  expect([stories, left]).toEqual([1, 1]);
  expect(await library.check('full')).toEqual({ damage: undefined });
});
