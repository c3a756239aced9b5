/** Files of a look as they are read from the folder, for tests that need none. */
import type { LookFile } from '../../src/model.ts';

/** @param files by their names: text, or the bytes of a picture */
export function dressed(files: Readonly<Record<string, string | Uint8Array>>): readonly LookFile[] {
  return Object.entries(files).map(([name, content]): LookFile => {
    const path = `look/${name}`;
    const isPicture = /\.(svg|png|jpg|webp)$/.test(name);
    if (!isPicture) return { name, path, text: String(content) };
    return { name, path, text: '', bytes: Buffer.from(content).toString('base64') };
  });
}

/** A frame with something of the maintainer's in its body. */
export function frame(body: string, head = ''): string {
  return `<html><head><relais-head></relais-head>${head}</head><body>${body}<relais-content></relais-content></body></html>`;
}

export const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" fill="#8a1c1c"/></svg>';

/** A picture of one point. */
export const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
