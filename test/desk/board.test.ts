/** What the desk's pages say, against what is stored: counts, sentences, states, and nothing of a secret. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskHouse, type Visitor, visit } from './desk-house.ts';
import { call, openDeskWorld, rss } from './desk-world.ts';

let desk: DeskHouse;
let maintainer: Visitor;
beforeEach(async () => {
  const rtl = rss('rtl', [
    { path: 'one', title: 'خبر من \u202eالميناء', html: 'كان أربعون شخصا عند البوابة.', day: 10 },
  ]);
  // Nobody says who wrote it: the dates alone make nobody a reposter.
  const unsaid = rss('unsaid', [{ path: 'call', title: 'Come to the square', html: call, day: 23 }]);
  desk = await openDeskWorld({ rtl, unsaid });
  maintainer = visit(desk.url);
  await maintainer.login();
});
afterEach(async () => {
  expect(desk.defects).toEqual([]);
  await desk.close();
});

const plain = (html: string): string =>
  html
    .replace(/<(?:t[dh]|\/li|\/p|\/h\d)[^>]*>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');

test('the board says what needs a person first, and draws what is stored', async () => {
  const { body } = await maintainer.get('/desk');
  const words = plain(body);
  expect(words).toMatch(
    /What needs you 1 source is held 1 text waits for you The Mill: held, .*none of its 12 items was known/,
  );
  expect(words).toMatch(
    /6 stories in 26 weeks, 1 of them in this one; 4 in the fullest\. From 2026-06-01 to 2026-11-24\./,
  );
  expect(words).toMatch(/2026-11-09 1 2026-11-16 4 2026-11-23 1/);
  expect(words).toMatch(/Written by Passed on by Stories Harbour Watch Copies 1Sources/);
  expect([words.indexOf('heldThe Mill') > 0, words.indexOf('heldThe Mill') < words.indexOf('okHarbour Watch')]).toEqual(
    [true, true],
  );
  const [, row] = /<a href="\/desk\?page=1#(source-\d+)"><bdi dir="auto">The Mill/.exec(body) ?? [];
  expect(plain(body.split(`<li id="${row}">`)[1] ?? '')).toMatch(/^heldThe Mill/);
  expect(words).toContain('The last 30 days: answered on 1, no answer on 0, new texts: 3.');
  expect(body.match(/<svg class="bar"/g)?.length).toBe(5);
});

test('a figure of stories counts none that readers may not see', async () => {
  const { library } = desk.test.house;
  const first = Date.UTC(2026, 10, 16);
  expect(await library.storiesByWeek(first, 2)).toEqual([4, 1]);
  const token = await maintainer.token();
  const [post] = (await library.named(['https://copies.example/again'])).get('https://copies.example/again') ?? [];
  await maintainer.post('/desk/story/withdraw', { item: String(post?.id), because: 'asked', token });
  expect(await library.storiesByWeek(first, 2)).toEqual([4, 0]);
  expect((await library.newestStories(0, 100)).length).toBe(7 - 1);
});

test('texts stand in their own direction, without the signs that turn others around', async () => {
  const { body } = await maintainer.get('/desk/stories');
  expect(body).toContain('<bdi dir="auto">خبر من الميناء</bdi>');
  expect(body).not.toContain('\u202e');
});

test('an act that cannot be done says why, and changes nothing', async () => {
  const token = await maintainer.token();
  const say = async (path: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    const { headers } = await maintainer.post(`/desk/${path}`, { ...fields, token });
    return plain((await maintainer.get(String(headers.location))).body);
  };
  expect(await say('story/withdraw', { item: '99999', because: 'x' })).toContain('not stored here any more');
  expect(await say('story/withdraw', { item: '1', because: ' ' })).toContain('Say why, for the log');
  expect(await say('story/same', { item: '1', address: 'https://nowhere.example/' })).toContain(
    'Nothing is stored under',
  );
  expect(await say('story/credit', { item: '1' })).toContain('Say which group wrote it');
  expect(await say('story/restore', { item: '1' })).toContain('is not taken back');
  expect(await say('story/undo', { numbers: '7', page: 'x/../..' })).toContain('There is no ruling 7 any more');
  expect(await say('held/source', { source: 'nowhere.example/', kind: 'accept' })).toContain('no such source');
  expect(await say('held/source', { source: desk.config().sources[0]?.key ?? '', kind: 'accept' })).toContain(
    'Nothing of Harbour Watch is held',
  );
  expect(await say('held/vanished', { source: desk.config().sources[0]?.key ?? '', kind: 'keep-vanished' })).toContain(
    'waits for you',
  );
  const { library } = desk.test.house;
  expect([await library.storyRulings(), await library.rulings(), await library.log(10)]).toEqual([[], [], []]);
  expect((await maintainer.post('/desk/nothing', { token })).status).toBe(404);
});

test('an address, a guid or a word finds a story; one that was taken into another leads to it', async () => {
  const to = async (asked: string): Promise<string> =>
    String((await maintainer.get(`/desk/stories?q=${encodeURIComponent(asked)}`)).headers.location);
  const story = await to('https://harbour.example/gate');
  expect(story).toMatch(/^\/desk\/story\/[a-z0-9]{12}$/);
  expect(await to('copies gate')).toBe(story);
  expect(await to(`https://news.example${story.replace('/desk', '')}/`)).toBe(story);
  expect(plain((await maintainer.get('/desk/stories?q=harbour+banners')).body)).toContain('At the gate');
  const token = await maintainer.token();
  const again = await to('https://copies.example/again');
  const [one, two] = await Promise.all(
    ['https://harbour.example/gate', 'https://copies.example/again'].map(
      async (url) => (await desk.test.house.library.named([url])).get(url)?.[0]?.id,
    ),
  );
  await maintainer.post('/desk/story/same', { item: String(one), other: String(two), token });
  const joined = await to('https://copies.example/again');
  const gone = joined === story ? again : story;
  expect((await maintainer.get(gone)).headers.location).toBe(joined);
});

test('where a remark says what to type, the desk does it beside it', async () => {
  const { library, clock } = desk.test.house;
  const held = '<a href="/desk/held">Do it here, under Held</a>';
  await desk.test.house.library.addNews([
    { sourceKey: 'x', source: 'X', kind: 'parked', at: clock.now(), words: 'A text waits. See:  relais held' },
  ]);
  const before = (await maintainer.get('/desk')).body;
  expect(before.split(held).length - 1).toBeGreaterThanOrEqual(2); // in the news, and with the source that is held
  const token = await maintainer.token();
  const [one, two] = await Promise.all(
    ['https://harbour.example/call', 'https://copies.example/again'].map(
      async (url) => (await library.named([url])).get(url)?.[0]?.id,
    ),
  );
  await maintainer.post('/desk/story/same', { item: String(one), other: String(two), token });
  const refused = await maintainer.post('/desk/story/different', { item: String(one), token });
  const { body } = await maintainer.get(String(refused.headers.location));
  const told = /<div class="told refused".*?<\/div>/s.exec(body)?.[0] ?? '';
  expect(plain(told)).toMatch(/This contradicts ruling 1 .* Nothing was changed\. ?Undo ruling 1/);
  expect(told).toContain('name="numbers" value="1"');
  await desk.follow();

  const words = 'Ruling 1 stands, but one says otherwise. If they are right, take it back:  relais rule undo 1';
  const hostile = {
    sourceKey: 'x',
    source: 'X',
    kind: 'parked',
    at: clock.now(),
    words: 'relais rule undo 2',
  } as const;
  await library.addNews([{ ...hostile, kind: 'against', words }, hostile]);
  const board = (await maintainer.get('/desk')).body;
  expect(board.match(/<button type="submit">Undo ruling \d<\/button>/g)).toEqual([
    '<button type="submit">Undo ruling 1</button>',
  ]);
  const undone = await maintainer.post('/desk/story/undo', { numbers: '1', token });
  expect(plain((await maintainer.get(String(undone.headers.location))).body)).toContain('Taken back: ruling 1');
  expect(await library.storyRulings()).toEqual([]);
});

test('a page of texts that wait has an end; the board counts them all', async () => {
  const calls = Array.from({ length: 54 }, (_, at) => ({
    path: `wait-${at}`,
    title: `Call number ${at}`,
    html: `Ring 06 12 34 ${10 + at} 78 and say that letter ${at} has come.`,
    day: 20,
  }));
  const many = await openDeskWorld({ many: rss('many', calls) });
  try {
    const visitor = visit(many.url);
    await visitor.login();
    const waiting = Number(/(\d+) texts wait for you/.exec((await visitor.get('/desk')).body)?.[1]);
    expect(waiting).toBeGreaterThan(50);
    const { body } = await visitor.get('/desk/held');
    expect(body.match(/action="\/desk\/held\/release"/g)?.length).toBe(50);
    expect(plain(body)).toContain(`${waiting - 50} more wait; they come here as these, which have waited longest`);
  } finally {
    await many.close();
  }
});

test('no partner can take the name of a story for a guid of its own', async () => {
  let guid = 'posing';
  const feed = (): string =>
    rss('posing', [{ path: 'x', title: 'Posing', html: 'Nothing of note.', day: 1 }]).replace('posing x', guid);
  const posing = await openDeskWorld({ posing: (_, response) => void response.end(feed()) });
  try {
    const { library } = posing.test.house;
    const story = await library.findStory('https://harbour.example/gate');
    guid = (await library.stories([story ?? 0]))[0]?.uid ?? '';
    posing.test.clock.set(posing.test.clock.now() + 3_600_000);
    await posing.read();
    expect((await library.named([guid])).get(guid)?.length).toBe(1);
    expect(await library.findStory(guid)).toBe(story);
  } finally {
    await posing.close();
  }
});
