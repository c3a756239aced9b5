/** A picture of the maintainer's → its size, and what is wrong with it. Only its head is read; nothing is decoded. Pure. */
import type { Fault } from './faults.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface PictureRead {
  /** Undefined of one that is not what its name says. */
  readonly size: PictureSize | undefined;
  readonly faults: readonly Fault[];
}

/** What browsers take for the size of a drawing that names none (CSS 2.2, §10.3.2). */
const unnamed: PictureSize = { width: 300, height: 150 };

/** @param name tells by its end what it should be */
export function readPicture(name: string, bytes: Buffer): PictureRead {
  const kind = name.slice(name.lastIndexOf('.') + 1);
  if (kind === 'svg') return readDrawing(bytes.toString('utf8'));
  const read = kind === 'png' ? readPng(bytes) : kind === 'jpg' ? readJpeg(bytes) : readWebp(bytes);
  if (read === undefined || read.width === 0 || read.height === 0) {
    const text = `this is no ${kind === 'jpg' ? 'JPEG' : kind === 'png' ? 'PNG' : 'WebP'} picture, whatever its name says. Save it anew.`;
    return { size: undefined, faults: [{ code: 'look/unreadable', at: undefined, text }] };
  }
  const { width, height, hasNotes } = read;
  const faults: Fault[] = hasNotes ? [{ code: 'look/as-it-is', at: undefined, text: noted }] : [];
  return { size: { width, height }, faults };
}

const noted =
  'the picture carries what the camera has noted (Exif): when, with what, often where it was taken. Save it without that, if nobody is to know.';

interface Measured extends PictureSize {
  readonly hasNotes: boolean;
}

/** W3C PNG §11.2.1: IHDR is the first chunk. */
function readPng(bytes: Buffer): Measured | undefined {
  if (bytes.length < 33 || bytes.toString('latin1', 0, 16) !== '\x89PNG\r\n\x1a\n\0\0\0\rIHDR') return undefined;
  const hasNotes = bytes.includes('eXIf', 33, 'latin1');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), hasNotes };
}

/** ITU T.81 §B.1.1: segments of a marker and a length, up to the one that says how large the frame is. */
function readJpeg(bytes: Buffer): Measured | undefined {
  if (bytes.toString('latin1', 0, 3) !== '\xff\xd8\xff') return undefined;
  let hasNotes = false;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++; // filling
      continue;
    }
    if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 8) === 'Exif') hasNotes = true;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), hasNotes };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** RFC 9649 §2: the first chunk says of which of three kinds it is. */
function readWebp(bytes: Buffer): Measured | undefined {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return undefined;
  const hasNotes = bytes.includes('EXIF', 12, 'latin1');
  const chunk = bytes.toString('latin1', 12, 16);
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1, hasNotes };
  if (chunk === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, hasNotes };
  }
  if (chunk !== 'VP8 ') return undefined;
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, hasNotes };
}

/** What a drawing holds that browsers do not run or load, since pages show it as a picture. */
const idle: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/<script\b|\son[a-z]+\s*=/i, 'a drawing runs no scripts here. Save it without.'],
  [/<foreignObject\b/i, 'a drawing shows no pages here. Save it without.'],
  [
    /<(?:image|use|feImage)\b[^>]*?href\s*=\s*["']\s*(?:https?:)?\/\//i,
    'a drawing loads nothing of other hosts. Save it with all that it shows.',
  ],
  [
    /url\(\s*["']?\s*(?:https?:)?\/\/|@import/i,
    'a drawing loads nothing of other hosts. Save it with all that it shows.',
  ],
];

/** Where the root of a drawing begins, behind blanks, remarks and declarations: one at a time, as all in one expression try every end of each. */
function afterProlog(text: string): number {
  const one = /\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\])?[^>]*>/iy;
  let at = 0;
  while (one.test(text)) at = one.lastIndex;
  return at;
}

function readDrawing(text: string): PictureRead {
  const root = /^<svg\b([^>]*)>/i.exec(text.slice(afterProlog(text)))?.[1];
  if (root === undefined) {
    const fault: Fault = {
      code: 'look/unreadable',
      at: undefined,
      text: 'this is no SVG drawing, whatever its name says. Save it anew.',
    };
    return { size: undefined, faults: [fault] };
  }
  const faults = idle.flatMap(([pattern, said]): Fault[] => {
    const at = text.search(pattern);
    return at === -1 ? [] : [{ code: 'look/as-it-is', at, text: said }];
  });
  return { size: drawnSize(root), faults };
}

function drawnSize(root: string): PictureSize {
  const length = (name: string): number | undefined => {
    const [, number] = new RegExp(`\\s${name}\\s*=\\s*["']\\s*([0-9.]+)(?:px)?\\s*["']`, 'i').exec(root) ?? [];
    return Number(number) > 0 ? Number(number) : undefined;
  };
  const [, , , boxWidth = '', boxHeight = ''] =
    /\sviewBox\s*=\s*["']\s*([-\d.e]+)[\s,]+([-\d.e]+)[\s,]+([\d.e]+)[\s,]+([\d.e]+)/i.exec(root) ?? [];
  const box =
    Number(boxWidth) > 0 && Number(boxHeight) > 0 ? { width: Number(boxWidth), height: Number(boxHeight) } : undefined;
  const [width, height] = [length('width'), length('height')];
  if (width !== undefined && height !== undefined) return rounded({ width, height });
  return rounded(box ?? unnamed);
}

/** HTML takes whole numbers alone; only their ratio counts, and a small drawing keeps it when it is drawn larger. */
function rounded({ width, height }: PictureSize): PictureSize {
  const scale = Math.max(1, 100 / Math.min(width, height));
  const whole = (length: number): number => Math.min(100_000, Math.max(1, Math.round(length * scale)));
  return Number.isInteger(width) && Number.isInteger(height)
    ? { width, height }
    : { width: whole(width), height: whole(height) };
}
