/** `relais desk`: the line that turns the desk on, made without showing the password; and the desk of the built program, by both its doors. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isPassword } from '../../src/desk/password.ts';
import { ask, visit } from '../desk/desk-house.ts';
import { rss } from '../desk/desk-world.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { relais, start } from './relais.ts';

const program = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));
const soup = 'soup at the harbour gate';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-desk-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sections = 'sections: { calais: [ "https://a.example/feed" ] }\n';
const write = (yaml: string): void => writeFileSync(join(folder, 'sources.yaml'), yaml);

/** With something on standard input. */
async function piped(
  input: string,
  ...argv: readonly string[]
): Promise<{ readonly out: string; readonly err: string; readonly exitCode: number | null }> {
  const child = spawn(process.execPath, [program, ...argv], { cwd: folder });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += String(text);
  });
  child.stderr.on('data', (text) => {
    err += String(text);
  });
  child.stdin.end(input);
  return await new Promise((resolve) => child.on('close', (exitCode) => resolve({ out, err, exitCode })));
}

describe('relais desk password', () => {
  test('reads a line, and prints nothing but the line to paste, another one each time', async () => {
    const { out, err, exitCode } = await piped(`${soup}\nand more\n`, 'desk', 'password');
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^desk: \{ password: scrypt\.15\.8\.3\.[\w-]{32}\.[\w-]{43} \}\n$/);
    const hash = /scrypt\S+/.exec(out)?.[0] ?? '';
    expect(await isPassword(soup, hash)).toBe(true);
    expect(await isPassword(`${soup}!`, hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
    const { out: json } = await piped(`${soup}\n`, '--json', 'desk', 'password');
    const other = (JSON.parse(json) as { password: string }).password;
    expect(other).not.toBe(hash);
    expect(await isPassword(soup, other)).toBe(true);
    write(out + sections);
    expect((await relais(folder, 'desk')).out).toContain('With its password: /desk');
  }, 30_000);

  test('refuses one that is short, or none', async () => {
    expect(await piped('soup\n', 'desk', 'password')).toMatchObject({
      exitCode: 2,
      out: '',
      err: expect.stringContaining('take 12 or more'),
    });
    expect(await piped('', 'desk', 'password')).toMatchObject({ exitCode: 2, out: '' });
  });

  test('a letter is the same however the keyboard has made it', async () => {
    const { out } = await piped('Größe der Brücke\n'.normalize('NFD'), 'desk', 'password');
    expect(await isPassword('Größe der Brücke'.normalize('NFC'), /scrypt\S+/.exec(out)?.[0] ?? '')).toBe(true);
  });
});

test('a password that is written out is refused, and shown by nobody', async () => {
  for (const yaml of [`desk: { password: ${soup} }\n`, `desk:\n  password: "${soup}"\n`]) {
    write(yaml + sections);
    const { exitCode, out, err } = await relais(folder, 'check');
    expect(exitCode).toBe(2);
    expect(out + err).toContain('Run  relais desk password');
    expect(out + err).not.toContain('soup');
    expect(out + err).not.toContain('harbour');
  }
});

test.each([
  ['scrypt.31.8.3', 'takes more memory than there is'],
  ['scrypt.18.8.3', 'takes more than its share'],
  ['scrypt.17.99.3', 'has blocks of another size'],
  ['scrypt.15.8.99', 'takes a minute'],
  ['scrypt.13.8.1', 'is tried too cheaply'],
  ['scrypt.15.8.0', 'cannot be tried at all'],
])('a hash that begins with %s is refused: it %s', async (cost) => {
  const hash = `${cost}.${'a'.repeat(32)}.${'b'.repeat(43)}`;
  write(`desk: { password: ${hash} }\n${sections}`);
  const { exitCode, out, err } = await relais(folder, 'check');
  expect([exitCode, out + err]).toEqual([2, expect.stringContaining('Run  relais desk password')]);
  expect(out + err).not.toContain('aaaa');
  expect(await isPassword('anything at all', hash)).toBe(false); // nobody's processor is kept busy
});

test('says how the desk is reached', async () => {
  write(sections);
  expect((await relais(folder, 'desk')).out).toContain('The web desk is off');
  write(`desk: { socket: desk.sock }\nsite: { url: "https://news.example/" }\n${sections}`);
  expect(JSON.parse((await relais(folder, '--json', 'desk')).out)).toEqual({
    isOn: true,
    hasPassword: false,
    socket: join(folder, 'data', 'desk.sock'),
  });
});

describe('relais start', () => {
  let partner: Partner;
  beforeEach(async () => {
    partner = await startPartner({
      '/feed': rss('harbour', [
        { path: 'gate', title: 'At the gate', html: 'Forty people stood at the gate.', day: 20 },
      ]),
    });
  });
  afterEach(() => partner.close());

  test('has the desk at its address and at its socket; what is done there is carried out at once, and settings are followed', async () => {
    const line = (await piped(`${soup}\n`, 'desk', 'password')).out;
    const hash = /scrypt\S+/.exec(line)?.[0] ?? '';
    const yaml = (desk: string): string =>
      `site: { title: News }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nschedule: { refresh: "* * * * * *" }\n${desk}\nsections: { calais: [ "${partner.url}/feed" ] }\n`;
    write(yaml(`desk: { password: ${hash}, socket: desk.sock }`));
    const daemon = start(folder, 'start', '--port', '0');
    try {
      const said = await daemon.until(/serving the site at (\S+?)"?\n/);
      const url = /serving the site at (http:\/\/[^\s"]+)/.exec(said)?.[1] ?? '';
      await daemon.until('files written');
      const socketPath = join(folder, 'data', 'desk.sock');
      expect(statSync(socketPath).mode & 0o777).toBe(0o600);
      const maintainer = visit(url);
      await maintainer.login(soup);
      const token = await maintainer.token();
      const { headers } = await maintainer.post('/desk/story/withdraw', { item: '1', because: 'asked', token });
      const { body } = await maintainer.get(String(headers.location));
      expect(body).toContain('Withdrawn: “At the gate”');
      const story = String(headers.location).replace('/desk/story/', '');
      let status = 0;
      while (status !== 410) ({ status } = await ask(url, `/story/${story}/index.html`)); // ends by the time limit of the test
      expect((await relais(folder, 'log')).out).toMatch(/desk {2}withdrew {2}https:\/\/harbour\.example\/gate/);

      const bySocket = await ask(url, '/desk', { socketPath, headers: { host: 'localhost' } });
      expect([bySocket.status, bySocket.body.includes('What needs you')]).toEqual([200, true]);
      const cookie = String([bySocket.headers['set-cookie']].flat()[0]).split(';')[0] ?? '';
      const own =
        /name="token" value="([^"]+)"/.exec(
          (await ask(url, `/desk/story/${story}`, { socketPath, headers: { host: 'localhost', cookie } })).body,
        )?.[1] ?? '';
      const form = { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost' };
      const said2 = { socketPath, method: 'POST', body: new URLSearchParams({ item: '1', token: own }).toString() };
      const late = await ask(url, '/desk/story/restore', { ...said2, headers: form });
      expect([late.status, late.body]).toEqual([403, expect.stringContaining('older than your login')]);
      const evil = { ...form, cookie, origin: 'https://evil.example' };
      expect((await ask(url, '/desk/story/restore', { ...said2, headers: evil })).status).toBe(403);
      expect((await ask(url, '/desk', { socketPath, headers: { host: 'evil.example' } })).status).toBe(421);
      const restored = await ask(url, '/desk/story/restore', { ...said2, headers: { ...form, cookie } });
      expect(restored.headers.location).toBe(`/desk/story/${story}`);
      while (status !== 200) ({ status } = await ask(url, `/story/${story}/index.html`));

      write(yaml(''));
      await daemon.until('read the new version');
      while ((await maintainer.get('/desk')).status !== 404);
      await expect(untilGone(url, socketPath)).resolves.toBe(true);
      write(yaml(`desk: { password: ${hash} }`));
      let back = 404;
      while (back === 404) back = (await maintainer.get('/desk')).status;
      expect(back).toBe(303); // the login of before is none, also under the same password
    } finally {
      daemon.stop();
      expect((await daemon.ended).exitCode).toBe(0);
    }
  }, 60_000);

  async function untilGone(url: string, socketPath: string): Promise<boolean> {
    for (;;) {
      try {
        await ask(url, '/desk', { socketPath, headers: { host: 'localhost' } });
      } catch {
        return true;
      }
    }
  }
});
