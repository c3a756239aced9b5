/** The bytes of a document to text, whatever its labels claim: what the bytes themselves prove comes first. */
import { isAscii, isUtf8 } from 'node:buffer';

/** A document's text, and what was wrong with its labels. */
interface Decoded {
  /** Without byte order mark. */
  readonly text: string;
  /** Which label was wrong, in words for a maintainer; undefined when the labels told the truth. */
  readonly mismatch: string | undefined;
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

/**
 * Decodes a body. Order: byte order mark, UTF-16 by its pattern of zero bytes, valid UTF-8, the HTTP charset, the
 * document's own declaration, windows-1252. A label that the bytes contradict is passed over and reported; labels are
 * read as the WHATWG Encoding Standard §4.2 does (latin1 and ascii mean windows-1252), unknown ones are ignored.
 * @param contentType the Content-Type header as sent
 */
export async function decode(body: Uint8Array, contentType: string | undefined): Promise<Decoded> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const mark = byteOrderMarks.find((row) => row.bytes.every((byte, at) => bytes[at] === byte));
  const labels = labelsOf(bytes, contentType);
  if (mark !== undefined && (mark.encoding !== 'utf-8' || isUtf8(bytes))) {
    return { text: withoutMarks(await decodeUnicode(bytes, mark.encoding)), mismatch: undefined };
  }
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return { text: withoutMarks(await decodeUnicode(bytes, wide)), mismatch: undefined };
  // ISO-2022-JP switches alphabets by escape characters, which no text has, and is ASCII by its bytes.
  const isEscaped = labels.includes('iso-2022-jp') && bytes.includes(0x1b);
  if (isUtf8(bytes) && !isEscaped)
    return {
      text: withoutMarks(bytes.toString('utf8')),
      mismatch: isAscii(bytes) ? undefined : lie(labels[0], 'utf-8'),
    };
  const named = labels.find((label) => !label.startsWith('utf-'));
  if (named !== undefined) {
    const iconv = await loadIconv();
    const name = iconvNames[named] ?? named;
    // ISO-2022-JP is Node's alone.
    const text = iconv.encodingExists(name) ? iconv.decode(bytes, name) : new TextDecoder(named).decode(bytes);
    return { text: withoutMarks(text), mismatch: lie(labels[0], named) };
  }
  return decodeUnlabelled(bytes, labels[0]);
}

/** The labels that name an encoding we know, the HTTP header's before the document's own, by their WHATWG names. */
function labelsOf(bytes: Buffer, contentType: string | undefined): readonly string[] {
  const head = bytes.toString('latin1', 0, declarationBytes);
  const written = [
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1],
    /<\?xml[^>]{0,200}?\sencoding\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1],
    /<meta[^>]{0,300}?charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1],
  ];
  return written.map((label) => whatwgName(label)).filter((name) => name !== undefined);
}

/** TextDecoder is used for its list of names only: Node 20 decodes windows-1252 wrongly (nodejs/node#56542). */
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
function wideEncoding(bytes: Buffer): Unicode | undefined {
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

async function decodeUnicode(bytes: Buffer, encoding: Unicode): Promise<string> {
  if (encoding === 'utf-8') return bytes.toString('utf8');
  if (encoding === 'utf-16le') return bytes.toString('utf16le');
  if (encoding !== 'utf-16be') return (await loadIconv()).decode(bytes, encoding);
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return Buffer.from(even).swap16().toString('utf16le');
}

/** Some generators write the mark twice. */
function withoutMarks(text: string): string {
  return text.replace(/^\ufeff+/, '');
}

/** A byte that is no UTF-8 is windows-1252; the rest stays UTF-8 where there is more of it: quoted mail in a blog. */
async function decodeUnlabelled(bytes: Buffer, label: string | undefined): Promise<Decoded> {
  const iconv = await loadIconv();
  const upperHalf = iconv.decode(Buffer.from(Array.from({ length: 128 }, (_, at) => at + 128)), 'windows-1252');
  let text = '';
  let runStart = 0;
  let multibyte = 0;
  let stray = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 1) multibyte++;
    if (length === 0) {
      text += bytes.toString('utf8', runStart, at) + upperHalf.charAt((bytes[at] ?? 128) - 128);
      runStart = at + 1;
      stray++;
    }
    at += Math.max(length, 1);
  }
  text += bytes.toString('utf8', runStart);
  if (multibyte > stray)
    return { text: withoutMarks(text), mismatch: `it says ${label ?? 'utf-8'}, and ${stray} bytes in it are not` };
  return { text: iconv.decode(bytes, 'windows-1252'), mismatch: lie(label ?? 'utf-8', 'windows-1252') };
}

/** Bytes of the well-formed UTF-8 sequence at this place, 0 where there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

function lie(label: string | undefined, truth: string): string | undefined {
  return label === undefined || label === truth ? undefined : `it says ${label} and is ${truth}`;
}

async function loadIconv(): Promise<typeof import('iconv-lite')> {
  return (await import('iconv-lite')).default;
}
