/** Digests that are mailed: once, through a real SMTP server on loopback, and what becomes of a mail when something fails. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { type DigestMailState, digestsUnknownUntil } from '../../src/digest-library.ts';
import { mailDigests, sendAgain } from '../../src/mailing.ts';
import type { Config } from '../../src/model.ts';
import { type RunReport, runOnce } from '../../src/run.ts';
import { noteSaid } from '../../src/unsaid.ts';
import { type House, openHouse } from '../../src/wire.ts';
import { filesIn } from '../crash/site.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openSink, refusal, type Sink } from '../smtp/sink.ts';
import { storageIn } from '../storage.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const at = (text: string): number => Date.parse(text);
const minute = 60_000;
const hour = 60 * minute;
const list = 'calais@lists.example';

let house: TestHouse;
let partner: Partner;
let sink: Sink;
let feed: string;

beforeEach(async () => {
  house = await openTestHouse(at('2026-11-16T12:00Z'));
  partner = await startPartner({ '/feed': (_request, response) => void response.end(feed) });
  sink = await openSink();
  feed = atom(entry('Fences at the harbour', '2026-11-12T05:00Z'));
});
afterEach(async () => {
  await house.close();
  await partner.close();
  await sink.close();
});

function atom(...entries: readonly string[]): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Harbour Watch</title><id>urn:uuid:1</id><link href="https://harbour.example/"/>${entries.join('')}</feed>`;
}

function entry(name: string, date: string): string {
  return `<entry><id>tag:harbour.example,2026:${name}</id><title>${name}</title><link href="https://harbour.example/${encodeURIComponent(name)}"/><updated>${new Date(date).toISOString()}</updated><content>Text of ${name}.</content></entry>`;
}

function tombstone(name: string): string {
  return `<at:deleted-entry ref="tag:harbour.example,2026:${name}" when="2026-11-16T12:00:00Z"/>`;
}

function settings(smtp: string | undefined, send = `[ { email: ${list} } ]`, max = 20): Config {
  const yaml = `network: { allow: [127.0.0.1], spacing: 0s }
site: { url: "https://news.example/", title: Harbour News, contact: desk@news.example }
defaults: { first_import: 100 }
sections: { calais: { digest: { at: "Mon 07:00", max: ${max}, send: ${send} }, sources: [ "${partner.url}/feed" ] } }`;
  const read = readConfig(yaml, 'sources.yaml', (name) => (name === 'RELAIS_SMTP_URL' ? smtp : undefined));
  if (read.kind !== 'config') throw new Error(read.problems.map(({ happened }) => happened).join('\n'));
  return read.config;
}

async function run(config: Config, edges: House = house.house): Promise<RunReport> {
  const report = await runOnce(config, edges, { now: 'all' });
  await noteSaid(report, edges);
  return report;
}

function pass(ms: number): void {
  house.clock.set(house.clock.now() + ms);
}

const states = async (edges = house.house): Promise<DigestMailState[]> =>
  (await edges.library.digestMailings()).map(({ state }) => state);

describe('the mail of a digest', () => {
  test('goes out once, as it was published, with the headers that lists look at and no others', async () => {
    await run(settings(sink.url));
    pass(hour);
    await run(settings(sink.url));
    expect(sink.mails).toHaveLength(1);
    const [mail] = sink.mails;
    const published = filesIn(house.house.siteFolder).find(({ path }) => path.endsWith('w46/digest.eml'))?.body;
    expect(mail?.raw).toBe(`To: ${list}\r\n${published}`);
    expect(mail).toMatchObject({ from: 'desk@news.example', to: [list] });
    const { headers, subject, from, messageId, text, html } = mail?.parsed ?? {};
    expect(subject).toBe('Calais: Weekly digest, week 46 of 2026');
    expect(from?.text).toBe('"Harbour News" <desk@news.example>');
    expect(messageId).toBe('<calais.2026-w46@news.example>');
    expect(headers?.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    expect(mail?.raw).toMatch(/^List-Id: <calais\.news\.example>\r$/im);
    expect(mail?.raw).toMatch(/^Archived-At: <https:\/\/news\.example\/calais\/digest\/2026-w46\/>\r$/im);
    expect(mail?.raw).not.toMatch(/^(Auto-Submitted|Precedence|List-Unsubscribe|List-Post|X-Mailer):/im);
    expect(text).toContain('Fences at the harbour');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toMatch(/<(img|link|script)|url\(/);
    for (const [, link = ''] of String(html).matchAll(/href="(http[^"]+)"/g)) expect(text).toContain(link);
  });

  test('to a person says that a program wrote it and how to be sent no more, and names no other receiver', async () => {
    await run(
      settings(sink.url, `[ { email: ${list}, auto_submitted: true }, { email: amal@example.org, list: false } ]`),
    );
    const heads = sink.mails.map(({ to, raw }) => [to, raw.slice(0, raw.indexOf('List-ID:'))]);
    expect(heads.sort()).toEqual([
      [
        ['amal@example.org'],
        'To: amal@example.org\r\nAuto-Submitted: auto-generated\r\nList-Unsubscribe: <mailto:desk@news.example?subject=unsubscribe>\r\n',
      ],
      [[list], `To: ${list}\r\nAuto-Submitted: auto-generated\r\n`],
    ]);
  });

  test('is not sent of a week without news', async () => {
    await run(settings(sink.url));
    house.clock.set(at('2026-11-23T12:00Z'));
    await run(settings(sink.url));
    expect(sink.mails).toHaveLength(1);
  });

  test('brings odd letters as they are, in lines that any server takes, and no header of a partner’s', async () => {
    const odd = 'Räumung: “ستون شخصاً” 難民 🚢\u0007\r\nBcc: all@lists.example';
    feed = atom(
      entry(odd.replace('\u0007', '&#9;'), '2026-11-12T05:00Z'),
      entry('x'.repeat(3_000), '2026-11-12T06:00Z'),
    );
    await run(settings(sink.url));
    const [mail] = sink.mails;
    expect(mail?.parsed.text).toContain('Räumung: “ستون شخصاً” 難民 🚢');
    expect(mail?.parsed.headers.has('bcc')).toBe(false);
    expect(Math.max(...(mail?.raw.split('\r\n') ?? []).map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(mail?.raw).toMatch(/^[\x09\x0a\x0d\x20-\x7e]*$/);
  });

  test('of many long texts stays below what readers cut off, and says how many more there are', async () => {
    const long = 'طُرد ستون شخصاً من المخيم في الصباح الباكر دون أن يقال لهم إلى أين يذهبون. '.repeat(30);
    feed = atom(
      ...Array.from({ length: 60 }, (_, n) => entry(`خبر ${n}`, '2026-11-12T05:00Z').replace('Text of', `${long} نص`)),
    );
    await run(settings(sink.url, undefined, 60));
    const [mail] = sink.mails;
    expect(mail?.raw.length).toBeLessThan(100_000);
    expect(mail?.parsed.text).toMatch(/and \d+ more stories/);
  });

  test('loses what is taken back before it goes out, and does not go out once nothing is left', async () => {
    await sink.close();
    feed = atom(entry('Secret', '2026-11-12T05:00Z'), entry('Open', '2026-11-12T06:00Z'));
    await run(settings(sink.url));
    const port = Number(new URL(sink.url).port);
    sink = await openSink({ port });
    feed = atom(tombstone('Secret'), entry('Open', '2026-11-12T06:00Z'));
    pass(hour);
    await run(settings(sink.url, `[ { email: ${list} } ]`));
    expect(sink.mails[0]?.raw).toContain('Open');
    expect(sink.mails[0]?.raw).not.toContain('Secret');
  });

  test('goes to nobody whom the settings name no more', async () => {
    await sink.close();
    await run(settings(sink.url));
    sink = await openSink({ port: Number(new URL(sink.url).port) });
    pass(hour);
    await run(settings(sink.url, '[ { email: other@lists.example } ]'));
    expect(sink.mails).toEqual([]);
  });
});

describe('a server that is not there', () => {
  test('is tried again after longer and longer, told of once, and never sent to twice', async () => {
    const port = Number(new URL(sink.url).port);
    await sink.close();
    const told: string[] = [];
    for (let minutes = 0; minutes <= 180; minutes += 1) {
      const { news } = await mailDigests(settings(sink.url), house.house);
      if (minutes === 0) told.push(...(await run(settings(sink.url))).news.map(({ words }) => words));
      else told.push(...news.map(({ words }) => words));
      pass(minute);
    }
    const [mailing] = await house.house.library.digestMailings();
    expect(mailing).toMatchObject({ state: 'waiting', tries: 5 });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`the digest 2026-W46 to ${list} cannot be sent`);
    sink = await openSink({ port });
    pass(3 * hour);
    for (let times = 0; times < 3; times++) await run(settings(sink.url));
    expect(sink.mails).toHaveLength(1);
    expect(await states()).toEqual(['sent']);
  });

  test('costs one try, not one for each receiver', async () => {
    await sink.close();
    await run(settings(sink.url, '[ { email: a@lists.example }, { email: b@lists.example } ]'));
    expect((await house.house.library.digestMailings()).map(({ tries }) => tries)).toEqual([1, 0]);
  });

  test('is given up after five days, which is told', async () => {
    await sink.close();
    await run(settings(sink.url));
    pass(5 * 24 * hour);
    const { news } = await mailDigests(settings(sink.url), house.house);
    expect(await states()).toEqual(['refused']);
    expect(news[0]?.words).toContain('given up after five days');
  });

  test('that nobody has named keeps mails waiting', async () => {
    await run(settings(undefined));
    expect((await house.house.library.digestMailings())[0]).toMatchObject({
      state: 'waiting',
      answer: 'RELAIS_SMTP_URL is not set',
    });
    pass(hour);
    await run(settings(sink.url));
    expect(sink.mails).toHaveLength(1);
  });
});

test('a server that wants to be asked later is asked later, one that refuses is not, and the maintainer is told', async () => {
  await sink.close();
  let answer = refusal(451, 'greylisted');
  sink = await openSink({ onRcptTo: (_address, _session, done) => done(answer) });
  expect((await run(settings(sink.url))).news).toEqual([]);
  expect(await states()).toEqual(['waiting']);
  answer = refusal(550, 'no such list');
  pass(hour);
  const { news } = await run(settings(sink.url));
  expect(news.map(({ kind, source }) => [kind, source])).toEqual([['digest', 'Calais']]);
  expect(news[0]?.words).toMatch(/was refused: .*550 no such list.*relais digest calais --send-again/);
  pass(hour);
  expect((await run(settings(sink.url))).news).toEqual([]);
  expect(await states()).toEqual(['refused']);
});

test('where a lost database may have sent it already, the maintainer is asked', async () => {
  await house.house.library.replaceFact(digestsUnknownUntil, String(house.clock.now()));
  const { news } = await run(settings(sink.url));
  expect(news.map(({ words }) => words)).toEqual([
    expect.stringContaining('a copy of the database was put back since'),
  ]);
  expect((await run(settings(sink.url))).news).toEqual([]);
  expect(sink.mails).toEqual([]);
  expect(await states()).toEqual(['unclear']);
});

describe('a process that dies', () => {
  /** As a killed process leaves it: nothing is noted from the moment at which the server has the mail. */
  async function dieAfterHandover(): Promise<void> {
    const { library } = house.house;
    let isDead = false;
    const dying: House = {
      ...house.house,
      library: {
        ...library,
        noteMailing: async (mailing) => {
          if (isDead) throw new Error('dead');
          await library.noteMailing(mailing);
          isDead = mailing.state === 'sending';
        },
      },
    };
    await expect(run(settings(sink.url), dying)).rejects.toThrow('dead');
  }

  test('between giving the mail away and noting it sends it no second time, and the next run tells', async () => {
    await dieAfterHandover();
    expect(sink.mails).toHaveLength(1);
    expect(await states()).toEqual(['sending']);
    const other = await openHouse(settings(sink.url), storageIn(house.folder), {
      now: house.clock.now,
      wait: () => Promise.resolve(),
    });
    try {
      const { news } = await run(settings(sink.url), other);
      expect(news.map(({ words }) => words)).toEqual([
        `Nobody knows whether the digest 2026-W46 to ${list} has arrived: Relais ended before the answer of the mail server was noted. It is not sent again by itself. Look whether it is there; if not:  relais digest calais --send-again`,
      ]);
      expect((await run(settings(sink.url), other)).news).toEqual([]);
      expect(sink.mails).toHaveLength(1);
      expect(await sendAgain('calais', other)).toBe(1);
      await run(settings(sink.url), other);
      expect(sink.mails.map(({ parsed }) => parsed.messageId)).toEqual(Array(2).fill('<calais.2026-w46@news.example>'));
      expect(await states(other)).toEqual(['sent']);
    } finally {
      await other.close();
    }
  });

  test('before that leaves a mail that is simply sent by the next run', async () => {
    const { library } = house.house;
    const noteMailing = (): Promise<void> => Promise.reject(new Error('dead'));
    const dying = { ...house.house, library: { ...library, noteMailing } };
    await expect(run(settings(sink.url), dying)).rejects.toThrow('dead');
    expect(sink.mails).toEqual([]);
    await run(settings(sink.url));
    expect(sink.mails).toHaveLength(1);
  });
});
