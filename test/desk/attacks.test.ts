/** What somebody who is not the maintainer may try at the desk: each try fails, and would not without its defence. */
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, type DeskHouse, openDeskHouse, password, visit } from './desk-house.ts';

const feed = `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link>
<item><guid>gate</guid><title>At the gate</title><link>https://harbour.example/gate</link><pubDate>Mon, 23 Nov 2026 09:00:00 GMT</pubDate>
<description>Forty people stood at the harbour gate with banners and soup, and nobody was turned away before noon.</description></item></channel></rss>`;

let desk: DeskHouse;
beforeAll(async () => {
  desk = await openDeskHouse({
    feeds: { '/feed': feed },
    sections: 'sections: { calais: [ { url: "URL/feed", name: Harbour Watch } ] }',
    site: 'https://news.example/',
  });
  await desk.read();
});
afterAll(async () => {
  expect(desk.defects).toEqual([]);
  await desk.close();
});
/** Each test begins an hour later: what others have tried is forgotten. */
beforeEach(() => desk.test.clock.set(desk.test.clock.now() + 3_700_000));
afterEach(async () => {
  expect((await desk.test.house.library.stories([1]))[0]?.items[0]?.withdrawn).toBeUndefined();
});

const withdrawal = { item: '1', because: 'an attack' };

describe('a page of somebody else’s', () => {
  test('cannot send a form: without the token of the session, with one of another session, or with none at all', async () => {
    const [maintainer, other] = [visit(desk.url), visit(desk.url)];
    await maintainer.login();
    await other.login();
    for (const token of ['', 'x', await other.token()]) {
      const answer = await maintainer.post('/desk/story/withdraw', { ...withdrawal, token });
      expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('nothing was done')]);
    }
    expect(
      (await visit(desk.url).post('/desk/story/withdraw', { ...withdrawal, token: await other.token() })).status,
    ).toBe(303);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin that has a name', { origin: 'null' }],
    ['the other scheme of the site', { origin: 'http://news.example', host: 'news.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring host, as the browser says', { 'sec-fetch-site': 'same-site' }],
  ])('cannot send one from %s, even with the token', async (_, headers) => {
    const maintainer = visit(desk.url);
    await maintainer.login();
    const token = await maintainer.token();
    const answer = await maintainer.post('/desk/story/withdraw', { ...withdrawal, token }, headers);
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('Not from here')]);
    expect((await maintainer.post('/desk/login', { password }, headers)).status).toBe(403);
  });

  test('is told from the desk’s own where a server in front has the browser keep its origin to itself', async () => {
    const maintainer = visit(desk.url);
    const answer = await maintainer.post(
      '/desk/login',
      { password },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    );
    expect(answer.headers.location).toBe('/desk');
  });

  test('changes nothing by an address, whatever it says', async () => {
    const maintainer = visit(desk.url);
    await maintainer.login();
    const token = await maintainer.token();
    const question = new URLSearchParams({ ...withdrawal, token }).toString();
    expect((await maintainer.get(`/desk/story/withdraw?${question}`)).status).toBe(404);
    expect((await maintainer.get(`/desk/logout?token=${token}`)).status).toBe(404);
    expect((await maintainer.get('/desk')).status).toBe(200);
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await ask(desk.url, '/desk/story/withdraw', { method })).status).toBe(405);
  });

  test('cannot have a form sent as something else than a form', async () => {
    const maintainer = visit(desk.url);
    await maintainer.login();
    const cookie = [...maintainer.cookies].map((pair) => pair.join('=')).join('; ');
    const body = new URLSearchParams({ ...withdrawal, token: await maintainer.token() }).toString();
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/json'])
      expect(
        (
          await ask(desk.url, '/desk/story/withdraw', {
            method: 'POST',
            headers: { cookie, 'content-type': type },
            body,
          })
        ).status,
      ).toBe(400);
  });

  test('cannot frame the desk, be told where one comes from, keep what it says, or run anything in it', async () => {
    const maintainer = visit(desk.url);
    await maintainer.login();
    for (const path of [
      '/desk',
      '/desk/held',
      '/desk/stories',
      '/desk/log',
      '/desk/nothing',
      '/desk/login',
      '/desk/style.css',
    ]) {
      const { headers } = await maintainer.get(path);
      expect(headers['content-security-policy'], path).toBe(
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers['x-frame-options'], path).toBe('DENY');
      expect(headers['referrer-policy'], path).toBe('same-origin');
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['cache-control'], path).toBe('no-store');
      expect(headers['cross-origin-opener-policy'], path).toBe('same-origin');
    }
  });

  test('cannot reach the desk under a name of its own', async () => {
    const maintainer = visit(desk.url);
    await maintainer.login();
    for (const host of [
      'evil.example',
      'news.example.evil.example',
      'evil.example:80',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'a@127.0.0.1',
    ]) {
      const cookie = [...maintainer.cookies].map((pair) => pair.join('=')).join('; ');
      const answer = await ask(desk.url, '/desk', { headers: { host, cookie } });
      expect([400, 421], host).toContain(answer.status); // of some the server says itself that they are no names
      expect(answer.body, host).not.toContain('Harbour Watch');
    }
    for (const host of ['localhost:1', '127.0.0.1', '[::1]:8080', 'news.example', '192.0.2.7:8080'])
      expect((await ask(desk.url, '/desk/login', { headers: { host } })).status, host).toBe(200);
  });
});

describe('the cookie', () => {
  test('is set by nobody else: one that was brought along is not taken over, and another comes with each login', async () => {
    const maintainer = visit(desk.url);
    maintainer.cookies.set('relais-desk', 'A'.repeat(32));
    expect((await maintainer.get('/desk')).status).toBe(303);
    await maintainer.login();
    const first = maintainer.cookies.get('relais-desk');
    expect(first).not.toBe('A'.repeat(32));
    await maintainer.login();
    const second = maintainer.cookies.get('relais-desk');
    expect(second).not.toBe(first);
    const stolen = visit(desk.url);
    stolen.cookies.set('relais-desk', first ?? '');
    expect((await stolen.get('/desk')).status).toBe(303);
    const planted = `relais-desk=${'A'.repeat(32)}`;
    for (const cookie of [`${planted}; relais-desk=${second}`, `relais-desk=${second}; ${planted}`])
      expect((await ask(desk.url, '/desk', { headers: { cookie } })).status).toBe(303); // one of the two is somebody else’s
    expect((await ask(desk.url, '/desk', { headers: { cookie: `relais-desk=${second}` } })).status).toBe(200);
  });

  test('tells scripts and other sites nothing, and where the site is encrypted only the site itself can set it', async () => {
    const plain = [(await visit(desk.url).login()).headers['set-cookie']].flat();
    expect(plain[0]).toMatch(/^relais-desk=[\w-]{32}; Path=\/desk; HttpOnly; SameSite=Strict$/);
    const published = [
      (await visit(desk.url, 'news.example', 'https://news.example').login()).headers['set-cookie'],
    ].flat();
    expect(published[0]).toMatch(/^__Host-relais-desk=[\w-]{32}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    expect(published[1]).toMatch(
      /^__Host-relais-desk-known=[\w.-]+; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=/,
    );
    const downgraded = visit(desk.url, 'news.example', 'https://news.example');
    downgraded.cookies.set('relais-desk', /=([^;]+)/.exec(published[0] ?? '')?.[1] ?? '');
    expect((await downgraded.get('/desk')).status).toBe(303);
  });

  test('ends by logging out, after two idle hours, after twelve in any case, and with another password', async () => {
    const { clock } = desk.test;
    const maintainer = visit(desk.url);
    await maintainer.login();
    const cookie = maintainer.cookies.get('relais-desk') ?? '';
    const left = await maintainer.post('/desk/logout', { token: await maintainer.token() });
    expect(maintainer.cookies.has('relais-desk')).toBe(false);
    expect(left.headers['clear-site-data']).toBe('"cache"'); // Chrome goes back to pages that say no-store
    maintainer.cookies.set('relais-desk', cookie);
    expect((await maintainer.get('/desk')).status).toBe(303);

    await maintainer.login();
    clock.set(clock.now() + 2 * 3_600_000 - 1);
    expect((await maintainer.get('/desk')).status).toBe(200);
    clock.set(clock.now() + 2 * 3_600_000);
    expect((await maintainer.get('/desk')).status).toBe(303);

    await maintainer.login();
    for (let hour = 0; hour < 11; hour++) {
      clock.set(clock.now() + 3_600_000);
      expect((await maintainer.get('/desk')).status).toBe(200);
    }
    clock.set(clock.now() + 3_600_000);
    expect((await maintainer.get('/desk')).status).toBe(303);

    await maintainer.login();
    const before = desk.config().desk?.password ?? '';
    desk.rule(`desk: { password: ${before.replace(/.$/, 'A')} }`);
    expect((await maintainer.get('/desk')).status).toBe(303);
    expect((await maintainer.login()).status).toBe(403);
    desk.rule(`desk: { password: ${before} }`);
  });
});

describe('guessing', () => {
  test('waits longer after each wrong try, whoever tries; and the right password comes in within half a minute', async () => {
    const { clock } = desk.test;
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      const answer = await visit(desk.url).login(`guess number ${tries}`);
      expect(answer.status).toBe(403);
      const next = await visit(desk.url).login(password); // refused unseen: or who guesses in the gap would learn it
      const seconds = Number(next.headers['retry-after'] ?? 0);
      if (next.status === 303) {
        waits.push(0);
        continue;
      }
      expect(next.status).toBe(429);
      waits.push(seconds);
      clock.set(clock.now() + seconds * 1_000 - 1);
      expect((await visit(desk.url).login(password)).status).toBe(429);
      clock.set(clock.now() + 1);
    }
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30]);
    expect((await visit(desk.url).login()).status).toBe(303);
  }, 60_000);

  test('keeps nobody out who has logged in from the same browser before, for as long as it goes on', async () => {
    const maintainer = visit(desk.url);
    await maintainer.login();
    await maintainer.post('/desk/logout', { token: await maintainer.token() });
    for (let tries = 0; tries < 6; tries++) await visit(desk.url).login('wrong and wrong again');
    expect((await visit(desk.url).login()).status).toBe(429);
    expect((await maintainer.login()).status).toBe(303);
    const forger = visit(desk.url);
    forger.cookies.set('relais-desk-known', `${'a'.repeat(32)}.${'b'.repeat(43)}`);
    expect((await forger.login()).status).toBe(429);
    for (let tries = 0; tries < 30; tries++) await maintainer.login('a stolen browser guesses');
    expect((await maintainer.login()).status).toBe(429);
  }, 60_000);

  test('is done one at a time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => visit(desk.url).login(`at once ${at}`)));
    const judged = answers.filter(({ status }) => status === 403).length;
    expect([judged > 0, judged < 4, answers.filter(({ status }) => status === 429).length]).toEqual([
      true,
      true,
      20 - judged,
    ]);
  });

  test('a password without an end is not even looked at, nor a form that is no form', async () => {
    const maintainer = visit(desk.url);
    const answer = await maintainer.post('/desk/login', { password: 'x'.repeat(20_000) });
    expect(answer.status).toBe(413);
    const long = await ask(desk.url, '/desk/login', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'transfer-encoding': 'chunked' },
      body: `password=${'x'.repeat(200_000)}`,
    });
    expect(long.status).toBe(413);
  });
});

describe('another way in', () => {
  test('is none: every page and act wants a login first, however its path is written', async () => {
    for (const path of [
      '/desk',
      '/desk/',
      '/desk/held',
      '/desk/stories?q=gate',
      '/desk/log',
      '/desk/story/x',
      '/%64esk',
      '/desk/../desk/log',
      '/desk//log',
      '/desk/%6cog',
    ]) {
      const answer = await ask(desk.url, path);
      expect([301, 303, 404], path).toContain(answer.status);
      expect(answer.body, path).not.toContain('Harbour Watch');
    }
    expect((await visit(desk.url).post('/desk/story/withdraw', { ...withdrawal, token: 'x' })).headers.location).toBe(
      '/desk/login?ended',
    );
  });

  test('is not left by a file of that name in the site', async () => {
    const { mkdirSync, rmSync, writeFileSync } = await import('node:fs');
    const folder = `${desk.test.house.siteFolder}/desk`;
    mkdirSync(folder);
    writeFileSync(`${folder}/index.html`, 'an old section');
    expect((await ask(desk.url, '/desk/')).status).toBe(303);
    expect((await ask(desk.url, '/desk/index.html')).status).toBe(303);
    rmSync(folder, { recursive: true });
  });

  test('the desk that is off is at no address', async () => {
    const before = desk.config().desk?.password ?? '';
    desk.rule('');
    for (const path of ['/desk', '/desk/login', '/desk/style.css']) {
      const answer = await ask(desk.url, path);
      expect([answer.status, answer.body]).toEqual([404, 'There is nothing at this address.']);
    }
    expect((await visit(desk.url).login()).status).toBe(404);
    desk.rule(`desk: { socket: desk.sock }`);
    expect((await ask(desk.url, '/desk')).status).toBe(404);
    desk.rule(`desk: { password: ${before} }`);
  });

  test('a connection that has asked for files gets the desk too, and files after it', async () => {
    const { hostname, port } = new URL(desk.url);
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let text = '';
      socket.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        if (/HTTP\/1\.1 200[\s\S]*HTTP\/1\.1 303[\s\S]*HTTP\/1\.1 200/.test(text)) socket.end();
        else if (/HTTP\/1\.1 303/.test(text)) socket.write('GET /index.html HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
        else if (/HTTP\/1\.1 200/.test(text)) socket.write('GET /desk HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
      });
      socket.on('close', () => resolve(text)).on('error', reject);
      socket.write('GET /index.html HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    });
    expect(said).toMatch(/303/);
  });
});
