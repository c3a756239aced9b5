/** The built darkroom on a machine for which there is no ready-made decoder. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDarkroomBeside } from '../../src/darkroom/beside.ts';
import type { Darkroom } from '../../src/edges.ts';

/** Started from a folder above which node finds no library. */
export function openDarkroomWithoutDecoder(): Darkroom {
  const folder = mkdtempSync(join(tmpdir(), 'relais-darkroom-'));
  cpSync(new URL('../../dist/', import.meta.url), folder, { recursive: true });
  const darkroom = openDarkroomBeside({}, pathToFileURL(join(folder, 'darkroom-child.js')));
  return {
    ...darkroom,
    async close() {
      await darkroom.close();
      rmSync(folder, { recursive: true });
    },
  };
}
