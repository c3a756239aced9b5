/** The command on a disk that is full, or that cannot be written: what only looks still works, what writes says why not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { canMount, fillUp, mountSmall, remountReadOnly, unmount } from '../store/local/disks.ts';
import { temporaryFolder } from '../store/open.ts';
import { relais } from './relais.ts';

const feed = `<rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link>
<item><guid>1</guid><title>One</title><link>https://harbour.example/1</link><description>Text.</description></item></channel></rss>`;

describe.skipIf(!canMount)('(needs the right to mount)', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let partner: Partner;

  beforeEach(async () => {
    folder = temporaryFolder();
    partner = await startPartner({ '/feed': feed });
    writeFileSync(
      join(folder.path, 'sources.yaml'),
      `site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais: [ "${partner.url}/feed" ]\n`,
    );
    mountSmall(join(folder.path, 'data'), 6_000_000);
    expect((await relais(folder.path, 'run')).exitCode).toBe(0);
  }, 30_000);
  afterEach(async () => {
    unmount(join(folder.path, 'data'));
    await partner.close();
    folder.remove();
  });

  test.each([
    ['full', () => fillUp(join(folder.path, 'data')), /the disk is full: .*relais\.db/],
    ['read-only', () => remountReadOnly(join(folder.path, 'data')), /cannot write to the data folder: .*relais\.db/],
  ])(
    '%s',
    async (_what, spoil, words) => {
      spoil();
      const [status, json, held, explain, check, run] = [
        await relais(folder.path, 'status'),
        await relais(folder.path, '--json', 'status'),
        await relais(folder.path, 'held'),
        await relais(folder.path, 'explain', 'https://harbour.example/1'),
        await relais(folder.path, 'check'),
        await relais(folder.path, 'run'),
      ];
      expect([status, json, held, explain, check].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
      expect(status.out).toContain('Harbour Watch');
      expect(JSON.parse(json.out)).toMatchObject({ sources: [{ name: 'Harbour Watch' }] });
      expect(held.out).toContain('Nothing is held');
      expect(explain.out).toContain('“One”');
      for (const { err } of [status, json, held, explain]) {
        expect(err).toContain('the database can only be looked at');
        expect(err).toMatch(words);
      }
      expect(run.exitCode).toBe(3);
      expect(run.err).toMatch(words);
      expect(run.err).not.toContain('mistake of its own');
    },
    60_000,
  );
});
