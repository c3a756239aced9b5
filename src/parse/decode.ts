/** The bytes of a document to text, whatever its labels claim: what the bytes themselves prove comes first. */
import { isAscii, isUtf8 } from 'node:buffer';
import { countUtf8 } from './utf8.ts';

/** A document's text, and what was wrong with its labels. */
interface Decoded {
  /** Without byte order mark. */
  readonly text: string;
  /** Which label was wrong, in words for a maintainer; undefined when the labels told the truth. */
  readonly mismatch: string | undefined;
  /** How many bytes are no characters, in the same words; they are U+FFFD in the text. */
  readonly invalid?: string | undefined;
}

const byteOrderMarks: readonly { readonly bytes: readonly number[]; readonly encoding: Unicode }[] = [
  { bytes: [0xff, 0xfe, 0, 0], encoding: 'utf-32le' },
  { bytes: [0, 0, 0xfe, 0xff], encoding: 'utf-32be' },
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];
type Unicode = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** Code pages of DOS and early PCs, by their number in a label: no list of the web's has them, iconv-lite does. */
const codePage = /^(?:cs)?(?:cp|ibm|pc8codepage)?-?(437|737|775|85[0258]|86[0-69])$/i;

/** Names of the WHATWG list under which iconv-lite knows the encoding by another name. */
const iconvNames: Readonly<Record<string, string>> = { 'x-mac-cyrillic': 'maccyrillic' };

/** Far enough for a declaration behind junk, and for the 1024 bytes in which HTML §4.2.5.4 wants its `<meta charset>`. */
const declarationBytes = 4_096;

/** Fewer sequences than one to so many stray bytes come about by chance: `É»` in windows-1252 is a letter of UTF-8. */
const straysByChance = 16;

/**
 * Decodes a body. Order (RFC 7303 §3, and WHATWG where it is broken): byte order mark, UTF-16 by its pattern of zero
 * bytes, valid UTF-8, the HTTP charset, the document's own declaration; where nobody says, UTF-8 that is mostly valid, else
 * windows-1252. A label that the bytes contradict is passed over and reported: other encodings do not come out as valid
 * UTF-8, and UTF-8 has sequences of it. Labels are read as the WHATWG Encoding Standard §4.2 does (latin1 and ascii mean
 * windows-1252), unknown ones are ignored.
 * @param contentType the Content-Type header as sent
 */
export async function decode(body: Uint8Array, contentType: string | undefined): Promise<Decoded> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const unicode = byteOrderMarks.find((row) => row.bytes.every((byte, at) => bytes[at] === byte))?.encoding;
  const wide = unicode ?? wideEncoding(bytes);
  if (wide !== undefined && wide !== 'utf-8')
    return { text: withoutMarks(await decodeWide(bytes, wide)), mismatch: undefined };
  const labels = labelsOf(bytes, contentType);
  if (isAscii(bytes) && labels.includes(escaped) && bytes.includes(0x1b)) return decodeAs(bytes, escaped, labels[0]);
  if (isUtf8(bytes)) {
    const mismatch = isAscii(bytes) || unicode !== undefined ? undefined : lie(labels[0], 'utf-8');
    return { text: withoutMarks(bytes.toString('utf8')), mismatch };
  }
  const { sequences, strays } = countUtf8(bytes);
  const isRefuted = unicode === undefined && sequences * straysByChance < strays;
  const isMostly = unicode !== undefined || (labels.length === 0 && sequences > strays);
  const named = isMostly ? 'utf-8' : labels.find((label) => label !== 'utf-8' || !isRefuted);
  if (named === 'utf-8')
    return {
      text: withoutMarks(bytes.toString('utf8')),
      mismatch: unicode === undefined ? lie(labels[0], 'utf-8') : undefined,
      invalid: noSuch(strays, 'utf-8'),
    };
  return decodeAs(bytes, named ?? 'windows-1252', labels[0]);
}

/** The only one of WHATWG's encodings that is told from ASCII by nothing but escape sequences. */
const escaped = 'iso-2022-jp';

/** @param label what is believed first, to tell of it where it is wrong */
async function decodeAs(bytes: Buffer, encoding: string, label: string | undefined): Promise<Decoded> {
  const { default: iconv } = await import('iconv-lite');
  const text =
    encoding === escaped // which iconv-lite does not know
      ? new TextDecoder(encoding).decode(bytes)
      : iconv.decode(bytes, iconvNames[encoding] ?? encoding);
  let lost = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) lost++;
  return {
    text: withoutMarks(text),
    mismatch: lie(label, encoding),
    invalid: lost === 0 ? undefined : noSuch(lost, encoding),
  };
}

function noSuch(count: number, encoding: string): string {
  return count === 1 ? `1 byte in it is no ${encoding}` : `${count} bytes in it are no ${encoding}`;
}

/**
 * The labels that name an encoding which keeps ASCII, the HTTP header's before the document's own, by their WHATWG names.
 * UTF-16 would have been seen before, and a `<meta>` in a text of a feed that has a declaration is none of the document.
 */
function labelsOf(bytes: Buffer, contentType: string | undefined): readonly string[] {
  const head = bytes.toString('latin1', 0, declarationBytes);
  const written = [
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1],
    /<\?xml[^>]{0,200}?\sencoding\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1] ??
      /<meta[^>]{0,300}?charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1],
  ];
  return written
    .map((label) => whatwgName(label))
    .filter((name) => name !== undefined)
    .filter((name) => !name.startsWith('utf-16'));
}

/** TextDecoder is used for its list of names: Node 20 decodes windows-1252 wrongly (nodejs/node#56542). */
function whatwgName(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  const page = codePage.exec(label)?.[1];
  if (page !== undefined) return `cp${page}`;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined; // not in the list, which is an answer: the label says nothing
  }
}

/** UTF-16 and UTF-32 without a mark: markup is mostly ASCII, so of its beginning half of the bytes or more are zero. */
function wideEncoding(bytes: Buffer): Exclude<Unicode, 'utf-8'> | undefined {
  const head = bytes.subarray(0, 64);
  if (head.length < 4) return undefined;
  if (head.length > 7 && head.every((byte, at) => (byte === 0) === at % 4 > 0)) return 'utf-32le';
  if (head.length > 7 && head.every((byte, at) => (byte === 0) === at % 4 < 3)) return 'utf-32be';
  let even = 0;
  let odd = 0;
  head.forEach((byte, at) => {
    if (byte === 0) at % 2 === 0 ? even++ : odd++;
  });
  if (odd * 2 > head.length * 0.7 && even === 0) return 'utf-16le';
  if (even * 2 > head.length * 0.7 && odd === 0) return 'utf-16be';
  return undefined;
}

async function decodeWide(bytes: Buffer, encoding: Exclude<Unicode, 'utf-8'>): Promise<string> {
  if (encoding === 'utf-16le') return bytes.toString('utf16le');
  if (encoding !== 'utf-16be') return (await import('iconv-lite')).default.decode(bytes, encoding);
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return Buffer.from(even).swap16().toString('utf16le');
}

/** Some generators write the mark twice. */
function withoutMarks(text: string): string {
  return text.replace(/^\ufeff+/, '');
}

function lie(label: string | undefined, truth: string): string | undefined {
  return label === undefined || label === truth ? undefined : `it says ${label} and is ${truth}`;
}
