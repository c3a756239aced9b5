/**
 * Characters that nobody sees, in a text that partners wrote. What means something to readers stays: joiners that are
 * letters in Farsi, Kurdish and the scripts of India, selectors and tags that make one picture of several characters.
 * Everything else of the kind hides words from filters, smuggles others past the eye, or turns lines around, and goes.
 */

/** All but letters, marks and signs of whole scripts in which nothing is invisible: most texts have none of it. */
const unusual =
  /[^\t\n\r -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u05d0-\u05ea\u060c\u061b\u061f-\u064a\u0660-\u066f\u0671-\u06d5\u1200-\u135c\u1360-\u137c\u2010-\u2027\u2030-\u205e\u20a0-\u20cf]/;

const ascii = /[^\t\n\r -~]/;
const asciiRuns = /[\t\n\r -~]+/g;

/** True for a text in which there is nothing to change, nor for XML: most are, and a look is cheap. */
export function isOrdinary(text: string): boolean {
  return !ascii.test(text) || !unusual.test(text.replace(asciiRuns, '')); // the wide class is slow, and few letters need it
}

/** U+202A–202E and U+2066–2069: they reorder what stands after them, in our sentence as well as in theirs. */
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g;
/**
 * Soft hyphen, grapheme joiner, zero-width space, word joiner and its kin, byte order mark, interlinear anchors, controls
 * of shorthand and music, fillers and vowels that are blanks, and what Unicode keeps free for more of them.
 */
const neverSeen =
  /[\u034f\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0080}-\u{e00ff}\u{e01f0}-\u{e0fff}]/gu;
/** Tags, but for those that make the flag of a region (UTS #51, ED-14a): 🏴 with the letters of its code and an end. */
const tags = /(\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f})|[\u{e0000}-\u{e007f}]/gu;
/** Selectors behind nothing that has other shapes: pictures, signs of mathematics, Chinese, Myanmar and Mongolian letters. */
const idleSelectors = new RegExp(
  [
    String.raw`(?<!\p{Emoji})[\ufe0e\ufe0f]`,
    String.raw`(?<![\p{Sm}\p{Script=Han}\p{Script=Myanmar}])[\ufe00-\ufe0d]`,
    String.raw`(?<!\p{Script=Han})[\u{e0100}-\u{e01ef}]`,
    String.raw`(?<![\u1820-\u18aa])[\u180b-\u180d\u180f]`,
  ].join('|'),
  'gu',
);
/** U+200C and U+200D in a row: the first says all there is to say. */
const joinersInRow = /([\u200c\u200d])[\u200c\u200d]+/g;
/** Scripts in which a joiner changes how a letter is written; their marks count as theirs. */
const joining = [
  ...[
    'Arabic',
    'Syriac',
    'Mandaic',
    'Nko',
    'Adlam',
    'Hanifi_Rohingya',
    'Mongolian',
    'Devanagari',
    'Bengali',
    'Gurmukhi',
  ],
  ...['Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Myanmar', 'Khmer', 'Tibetan'],
]
  .map((script) => String.raw`\p{Script_Extensions=${script}}`)
  .join('');
const picture = String.raw`\p{Extended_Pictographic}`;
/**
 * Joiners that join neither letters of these scripts nor two pictures to one. A mark of direction is written with Arabic and
 * is no letter: behind one they would be idle as soon as it goes.
 */
const idleJoiners = new RegExp(
  [
    String.raw`(?<![${joining}])\u200c|(?<=\u061c)\u200c`,
    String.raw`(?<![${joining}${picture}\p{Emoji_Modifier}\ufe0f])\u200d(?![${joining}])|(?<=\u061c)\u200d(?![${joining}])`,
    String.raw`(?<=[${picture}\p{Emoji_Modifier}\ufe0f])\u200d(?!${picture})`,
  ].join('|'),
  'gu',
);
/** Marks of direction reorder nothing of ours; a row of them says what the first says. */
const directionMarks = /([\u061c\u200e\u200f])[\u061c\u200e\u200f]+/g;
/** More than eight marks on one letter, with joiners between them or not: no language, but a tower over three lines. */
const towers = /((?:\p{M}[\u200c\u200d]?){8})(?:\p{M}[\u200c\u200d]?)+/gu;

/** Well-formed text without what nobody sees and nobody means. Lines end as lines do. Linear and idempotent. */
export function withoutInvisible(text: string): string {
  return text
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(bidiControls, '')
    .replace(neverSeen, '')
    .replace(tags, '$1')
    .replace(idleSelectors, '')
    .replace(joinersInRow, '$1')
    .replace(idleJoiners, '')
    .replace(directionMarks, '$1')
    .replace(towers, '$1');
}
