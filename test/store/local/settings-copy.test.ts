import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rotate } from '../../../src/store/backups.ts';
import { copySettings } from '../../../src/store/settings-copy.ts';

let home: string;
let copies: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'relais-settings-'));
  copies = join(home, 'data', 'backup');
  mkdirSync(copies, { recursive: true });
  writeFileSync(join(home, 'sources.yaml'), 'sections: {}');
});
afterEach(() => rmSync(home, { recursive: true }));

const copy = (day: string): void => copySettings(join(home, 'sources.yaml'), copies, `sources-${day}.yaml`);

test('what lies beside sources.yaml is copied with it, and goes with it', () => {
  for (const folder of ['messages', 'look']) mkdirSync(join(home, folder));
  writeFileSync(join(home, 'messages', 'el.yaml'), 'locale: el');
  writeFileSync(join(home, 'look', 'style.css'), 'a {}');
  writeFileSync(join(home, 'look', 'film.mov'), Buffer.alloc(2_000_000));
  symlinkSync('/etc/passwd', join(home, 'look', 'link.css'));
  mkdirSync(join(home, 'look', 'deeper'));
  copy('2026-11-20');
  const kept = join(copies, 'sources-2026-11-20');
  expect(readFileSync(join(kept, 'messages', 'el.yaml'), 'utf8')).toBe('locale: el');
  expect(readdirSync(join(kept, 'look'))).toEqual(['style.css']);
  writeFileSync(join(home, 'look', 'style.css'), 'b {}');
  rmSync(join(home, 'messages'), { recursive: true });
  copy('2026-11-20');
  expect(readFileSync(join(kept, 'look', 'style.css'), 'utf8')).toBe('b {}');
  expect(existsSync(join(kept, 'messages'))).toBe(false);
  expect(readdirSync(copies).sort()).toEqual(['sources-2026-11-20', 'sources-2026-11-20.yaml']);
  for (let day = 1; day <= 20; day++)
    writeFileSync(join(copies, `relais-2027-01-${String(day).padStart(2, '0')}.db`), '');
  writeFileSync(join(copies, 'relais-2026-11-20.db'), '');
  writeFileSync(join(copies, 'relais-2026-12-20.db'), ''); // of the fourth week before
  rotate(copies, Date.UTC(2027, 3, 1));
  expect(readdirSync(copies).filter((name) => name.includes('2026-11-20'))).toEqual([]);
});

test('without them the settings alone are copied', () => {
  copy('2026-11-20');
  expect(readdirSync(copies)).toEqual(['sources-2026-11-20.yaml']);
});
