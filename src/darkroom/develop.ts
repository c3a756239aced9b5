/**
 * A partner's picture into one of ours: decoded, turned the right way up, made small enough, and written anew from its
 * pixels alone, so that nothing else that was in the file goes on (place, device, names, thumbnails, what hides behind its
 * end). Machine code decodes it: this is to run in a process of its own, and the only file that knows sharp.
 */
import sharp from 'sharp';
import type { Developed } from '../edges.ts';

// A process that does one picture after the other gains nothing from what these keep, and pays with memory.
sharp.cache(false);
sharp.concurrency(1);
// Whatever decoders libvips brings along or a machine adds to it: four are open, and these only to bytes in memory.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Nsgif', 'Webp'].map((kind) => `VipsForeignLoad${kind}Buffer`),
});

/** Width times height. */
const mostPixels = 32_000_000;
/** Of the longer side: as wide as a text column ever is, on a screen with two dots for each pixel. */
const longestSide = 1_600;
/** As wide or high as this, a picture is there to be counted and not to be seen. */
const counterSide = 2;
/** Drawings stay exact, and see-through ones see-through, while that costs no more bytes than this. */
const mostDrawn = 262_144;
const mostSeeThrough = 1_048_576;

type Format = 'jpeg' | 'png' | 'gif' | 'webp';

/** By the bytes it begins with; what it is called says nothing. */
function formatOf(bytes: Uint8Array): Format | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'webp' : undefined;
}

/** A picture's pixels, right way up and no larger than we show them. */
interface Pixels {
  readonly data: Buffer;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 };
}

/** Develops the first frame. @returns refused for what is no picture, is damaged, or too large */
export async function develop(bytes: Uint8Array): Promise<Developed> {
  const format = formatOf(bytes);
  if (format === undefined) return { kind: 'refused', why: 'it is no JPEG, PNG, GIF or WebP picture' };
  let pixels: Pixels | undefined;
  try {
    pixels = await pixelsOf(bytes);
  } catch (error) {
    return { kind: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
  if (pixels === undefined) return { kind: 'counter' };
  const { width, height } = pixels.raw;
  return { kind: 'picture', width, height, ...(await written(pixels, format === 'png' || format === 'gif')) };
}

/** @returns undefined for a counter @throws what libvips says of bytes that it does not like */
async function pixelsOf(bytes: Uint8Array): Promise<Pixels | undefined> {
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: mostPixels, sequentialRead: true });
  const { width, height } = await image.metadata();
  if (Math.min(width, height) <= counterSide) return undefined;
  const { data, info } = await image
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } };
}

async function written(
  { data, raw }: Pixels,
  isDrawn: boolean,
): Promise<{ readonly bytes: Uint8Array; readonly type: 'jpg' | 'png' }> {
  const isOpaque = raw.channels % 2 === 1 || (await sharp(data, { raw }).stats()).isOpaque;
  if (isDrawn || !isOpaque) {
    const image = sharp(data, { raw });
    const bytes = await (isOpaque ? image.removeAlpha() : image).png().toBuffer();
    if (bytes.length <= (isOpaque ? mostDrawn : mostSeeThrough)) return { bytes, type: 'png' };
  }
  const bytes = await sharp(data, { raw }).flatten({ background: '#fff' }).jpeg({ quality: 80 }).toBuffer();
  return { bytes, type: 'jpg' };
}
