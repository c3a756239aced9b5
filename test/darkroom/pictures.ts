/** Pictures as partners' cameras, drawing programs and enemies make them. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A photograph with everything that a phone writes into it, lying on its side: shown right it is `height` wide. */
export async function photograph(width = 2_400, height = 1_200): Promise<Buffer> {
  const left = { create: { width: width / 2, height, channels: 3 as const, background: '#d03020' } };
  return await sharp({ create: { width, height, channels: 3, background: '#2040c0' } })
    .composite([{ input: await sharp(left).png().toBuffer(), left: 0, top: 0 }])
    .withExif({
      IFD0: { Make: 'Spyphone', Model: 'SECRET-MODEL', Copyright: 'SECRET-NAME' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 57/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '1/1 51/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><who>SECRET-XMP</who></x:xmpmeta>')
    .withIccProfile('p3')
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

/** One colour, in any format. */
export async function plain(
  format: 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'tiff',
  width = 40,
  height = 30,
  background: string | { r: number; g: number; b: number; alpha: number } = '#208040',
): Promise<Buffer> {
  const channels = typeof background === 'string' ? 3 : 4;
  return await sharp({ create: { width, height, channels, background } }).toFormat(format).toBuffer();
}

/** As large as a photograph of something: no two pixels alike. */
export async function noise(width: number, height: number, channels: 3 | 4): Promise<Buffer> {
  const data = Buffer.alloc(width * height * channels);
  for (let at = 0, state = 1; at < data.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    data[at] = state & 255;
  }
  return await sharp(data, { raw: { width, height, channels } }).png().toBuffer();
}

/** A PNG that says it is as large as this, with rows of nothing behind it. */
export function bomb(width: number, height: number, rows = 1_000): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((Math.min(width, 100_000) * 4 + 1) * rows));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc(body), body.length + 4);
  return framed;
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}
