/** Made-up bytes for the pictures and recordings that posts point at, the same for the same name. */
import { crc32, deflateSync } from 'node:zlib';

const width = 320;
const height = 200;

/** A PNG (RFC 2083) with a plain sky over a plain sea; its colours come from the name. */
export function picture(name: string): Buffer {
  const tone = [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 96, 7);
  const rows = Array.from({ length: height }, (_, y) => {
    const isSky = y < height * 0.6;
    const colour = isSky
      ? [120 + tone, 150 + (y >> 2), 190 + (y >> 3)]
      : [40 + (tone >> 1), 80 + (tone >> 2), 110 - (y >> 3)];
    return Buffer.from([0, ...Array.from({ length: width }, () => colour).flat()]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** Silence of the length that the feed promised. */
export function recording(bytes: number): Buffer {
  return Buffer.alloc(bytes);
}
