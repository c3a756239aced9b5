/** `relais digest` from the maintainer's chair: looking at what would go out, testing it, sending it early and again. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { check } from '../../src/cli/check.ts';
import { type DigestOptions, digest } from '../../src/cli/digest.ts';
import { layPreview } from '../../src/cli/digest-preview.ts';
import type { Printer } from '../../src/cli/print.ts';
import { run } from '../../src/cli/run.ts';
import { status } from '../../src/cli/status.ts';
import { openStore } from '../../src/storage.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openSink, refusal, type Sink } from '../smtp/sink.ts';
import { storageIn } from '../storage.ts';
import { relais, start } from './relais.ts';

const day = 86_400_000;
const settings = '{ when: monthly, send: [ { email: calais@lists.example } ] }';

let folder: string;
let partner: Partner;
let sink: Sink;
let refuses = false;
/** Called when the server has a mail whole, before it answers. */
let onMail = (): void => undefined;
const lines: string[] = [];
let printed: unknown;
const printer: Printer = {
  isTerminal: false,
  width: 200,
  line: (text = '') => void lines.push(text),
  alarm: (text) => void lines.push(text),
  json: (value) => {
    printed = JSON.parse(JSON.stringify(value));
  },
};
const said = (): string => lines.splice(0).join('\n').replaceAll(`${folder}/`, '');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-digest-'));
  refuses = false;
  onMail = () => undefined;
  sink = await openSink({
    onMail: () => onMail(),
    onRcptTo: (_address, _session, done) => done(refuses ? refusal(550, 'no such list') : null),
  });
  // The commands go by the clock on the wall: the text is an hour old.
  const entry = `<entry><id>tag:harbour.example,2026:fences</id><title>Fences at the harbour</title><link href="https://harbour.example/fences"/><updated>${new Date(Date.now() - day / 24).toISOString()}</updated><content>Text of it.</content></entry>`;
  partner = await startPartner({
    '/feed': `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Watch</title><id>urn:uuid:1</id><link href="https://harbour.example/"/>${entry}</feed>`,
  });
  write(settings);
  process.env.RELAIS_SMTP_URL = sink.url.replace('smtp://', 'smtp://relay:tr0mpette@');
  await run({ config: join(folder, 'sources.yaml') }, printer);
  said();
});
afterEach(async () => {
  delete process.env.RELAIS_SMTP_URL;
  await partner.close();
  await sink.close();
  rmSync(folder, { recursive: true });
});

function write(digestSettings: string, contact = 'desk@news.example'): void {
  writeFileSync(
    join(folder, 'sources.yaml'),
    `network: { allow: [127.0.0.1] }
site: { url: "https://news.example/", contact: "${contact}" }
sections:
  calais:
    digest: ${digestSettings}
    sources: [ "${partner.url}/feed" ]
`,
  );
}

const command = (options: Omit<DigestOptions, 'config'> = {}, section = 'calais'): Promise<number> =>
  digest(section, { config: join(folder, 'sources.yaml'), ...options }, printer);
const looking = (what: typeof status): Promise<number> => what({ config: join(folder, 'sources.yaml') }, printer);

test('without an option it prints what would go out now, and neither notes nor sends anything', async () => {
  expect(await command()).toBe(0);
  expect(said()).toMatch(
    /^Calais: Monthly digest, [\s\S]*1\. Fences at the harbour\n[\s\S]*https:\/\/harbour\.example\/fences/,
  );
  expect(sink.mails).toEqual([]);
  const store = await openStore(storageIn(join(folder, 'data')));
  expect((await store.digests()).filter(({ isEmpty }) => !isEmpty)).toEqual([]);
  await store.close();
});

test('--preview writes all its forms', async () => {
  expect(await command({ preview: true })).toBe(0);
  const files = ['digest.eml', 'digest.md', 'digest.txt', 'index.html'];
  expect(said().split('\n').sort()).toEqual(files.map((file) => `data/preview/calais/${file}`));
  expect(readdirSync(join(folder, 'data/preview/calais')).sort()).toEqual(files);
  expect(readFileSync(join(folder, 'data/preview/calais/digest.md'), 'utf8')).toContain(
    '## 1\\. [Fences at the harbour](<https://harbour.example/fences>)',
  );
  expect(sink.mails).toEqual([]);
});

test('a preview takes the place of an earlier one', async () => {
  const preview = join(folder, 'www');
  expect(await command({ preview })).toBe(0);
  writeFileSync(join(preview, 'digest.md'), 'old');
  expect(await command({ preview })).toBe(0);
  expect(readFileSync(join(preview, 'digest.md'), 'utf8')).toContain('Fences at the harbour');
});

test('a preview takes the place of nothing else, and says so', async () => {
  mkdirSync(join(folder, 'www'));
  writeFileSync(join(folder, 'www/index.html'), 'mine');
  expect(await command({ preview: join(folder, 'www') })).toBe(2);
  expect(said()).toMatch(/^www\/index\.html is there already, .* stays as it is\. Name a folder/);
  expect(readdirSync(join(folder, 'www'))).toEqual(['index.html']);
  expect(readFileSync(join(folder, 'www/index.html'), 'utf8')).toBe('mine');
  const front = readFileSync(join(folder, 'data/site/index.html'), 'utf8');
  for (const inside of ['data/site', 'data/site/calais/new']) {
    expect(await command({ preview: join(folder, inside) })).toBe(2);
    expect(said()).toContain(`${inside} belongs to the site`);
  }
  expect(readFileSync(join(folder, 'data/site/index.html'), 'utf8')).toBe(front);
});

test('a preview that cannot be written to its end leaves no part of itself', async () => {
  const documents = [
    { path: 'a/digest.txt', body: 'short' },
    { path: 'a/index.html', body: 'x'.repeat(9) },
  ];
  const www = join(folder, 'www');
  mkdirSync(www);
  const place = { folder: www, isOurs: false, site: join(folder, 'data/site') };
  const long = { path: `a/${'n'.repeat(300)}`, body: '' };
  expect(await layPreview([...documents, long], place)).toEqual({
    why: expect.stringContaining('its name is too long'),
  });
  expect(readdirSync(www)).toEqual([]);
});

test('where a preview cannot be written, what stands in the way is said', async () => {
  for (const preview of ['sources.yaml', 'sources.yaml/www']) {
    const { exitCode, err } = await relais(folder, 'digest', 'calais', '--preview', preview);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('sources.yaml is there already, and is no folder')]);
  }
  expect(await command({ preview: '/dev/null' })).toBe(2);
  expect(said()).toMatch(
    /^The preview cannot be written: \/dev\/null is there already, and is no folder\. Name a folder/,
  );
});

test('--test mails it to one address alone, under another name', async () => {
  expect(await command({ test: 'me@example.org' })).toBe(0);
  expect(sink.mails.map(({ to }) => to)).toEqual([['me@example.org']]);
  expect(sink.mails[0]?.parsed.messageId).toMatch(/^<test\.calais\./);
  refuses = true;
  expect(await command({ test: 'me@example.org' })).toBe(1);
  expect(said()).toContain('no such list');
});

test('--send closes it before its time; a second time there is nothing new', async () => {
  expect(await command({ send: true })).toBe(0);
  expect(said()).toMatch(/^\d{4}-\d\d(\.\d)? sent to calais@lists\.example: 250 /);
  expect(sink.mails).toHaveLength(1);
  expect(await command({ send: true })).toBe(0);
  expect(said()).toBe('Nothing new in calais since its last digest: nothing is sent.');
  await run({ config: join(folder, 'sources.yaml') }, printer);
  expect(sink.mails).toHaveLength(1);
  said();
  await looking(status);
  expect(said()).toMatch(/Digest of calais: \d+ \w+: 1 story, sent to 1 address; next /);
});

test('--send-again sends what was refused, and nothing else', async () => {
  refuses = true;
  expect(await command({ send: true })).toBe(1);
  expect(said()).toMatch(/was refused: .*no such list.*--send-again/);
  await looking(status);
  expect(said()).toMatch(/→ \S+ to calais@lists\.example was refused: .*relais digest calais --send-again/);
  refuses = false;
  expect(await command({ sendAgain: true })).toBe(0);
  expect(sink.mails).toHaveLength(1);
  said();
  expect(await command({ sendAgain: true })).toBe(0);
  expect(said()).toContain('Nothing of the newest digest of calais was refused');
  expect(sink.mails).toHaveLength(1);
});

test('a digest that nobody is sent can be tried too', async () => {
  write('{ when: daily }');
  expect(await command({ test: 'me@example.org' })).toBe(0);
  expect(sink.mails).toHaveLength(1);
});

test('what is wrong with the command is said', async () => {
  expect(await command({}, 'nowhere')).toBe(2);
  expect(said()).toBe('There is no section "nowhere". There are: calais.');
  expect(await command({ test: 'me\r\nBcc: all@example.org' })).toBe(2);
  delete process.env.RELAIS_SMTP_URL;
  expect(await command({ send: true })).toBe(2);
  expect(said()).toContain('No mail server is named. Set RELAIS_SMTP_URL');
  write('{ when: daily }');
  expect(await command({ send: true })).toBe(2);
  expect(said()).toContain('Nobody is named');
  write('none');
  expect(await command()).toBe(2);
  expect(said()).toContain('has no digest');
});

test('relais check names what keeps mails from going out, by line and column; a bad server is a mistake', async () => {
  expect(await looking(check)).toBe(0);
  expect(said()).toMatch(/^sources\.yaml is in order/);
  delete process.env.RELAIS_SMTP_URL;
  write('{ send: [ { email: amal@example.org, list: false } ] }', 'https://news.example/contact');
  expect(await looking(check)).toBe(0);
  const found = said();
  expect(found).toMatch(/^sources\.yaml:5:21 {2}send: no mail server is named\. Set RELAIS_SMTP_URL/m);
  expect(found).toMatch(/^sources\.yaml:5:21 {2}send: no sender is named/m);
  expect(found).toMatch(/^sources\.yaml:5:21 {2}send: amal@example\.org is the address of a person/m);
  process.env.RELAIS_SMTP_URL = 'http://relay:tr0mpette@mail.example';
  expect(await looking(check)).toBe(2);
  const mistake = said();
  expect(mistake).toContain('sources.yaml:5:21  send: what RELAIS_SMTP_URL holds is not the address of a mail server');
  expect(mistake).not.toContain('tr0mpette');
});

test('the password of the mail server is shown nowhere', async () => {
  await sink.close();
  await command({ send: true, json: true });
  await looking(status);
  expect(`${said()}${JSON.stringify(printed)}`).not.toContain('tr0mpette');
});

test('killed while the server has the mail and has not answered, the program sends it no second time and says so', async () => {
  const sending = start(folder, 'digest', 'calais', '--send');
  onMail = () => sending.stop('SIGKILL');
  expect((await sending.ended).exitCode).toBe(null);
  expect(sink.mails).toHaveLength(1);
  onMail = () => undefined;
  const next = await relais(folder, 'run');
  expect(next.exitCode).toBe(1);
  expect(next.err).toMatch(/Nobody knows whether the digest \S+ to calais@lists\.example has arrived/);
  expect(await relais(folder, 'run')).toEqual({ exitCode: 0, out: '', err: '' });
  expect(sink.mails).toHaveLength(1);
  expect((await relais(folder, 'digest', 'calais', '--send-again')).exitCode).toBe(0);
  const [first, second] = sink.mails.map(({ parsed }) => parsed.messageId);
  expect(second).toBe(first);
});
