/** Plain values → YAML as a person would write it: as few quotation marks as may be, in one line. */

/** Where a text stands: on a line of its own, or inside brackets, where a comma ends it. */
export type Around = 'block' | 'flow';

/** Begins with a letter, and holds nothing that YAML gives a meaning to. */
const plainWords = /^\p{L}[\p{L}\p{M}\p{N} _.,'’()/-]*$/u;
const plainAddress = /^(?:https?:\/\/|\$\{)[!-~]+$/;
/** YAML 1.1 and people read more in them than text. */
const readOtherwise = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** @param value text, numbers, booleans, lists and groups of these; what is undefined is left out of groups */
export function written(value: unknown, around: Around): string {
  if (typeof value === 'string') return writtenText(value, around);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(inFlow).join(', ')} ]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const pairs = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{ ${pairs.map(([key, one]) => `${writtenText(key, 'flow')}: ${inFlow(one)}`).join(', ')} }`;
}

function inFlow(value: unknown): string {
  return written(value, 'flow');
}

function writtenText(text: string, around: Around): string {
  const isPlain = plainWords.test(text) ? !readOtherwise.test(text) : plainAddress.test(text);
  const isTrimmed = text.trim() === text;
  const endsEarly = around === 'flow' ? /[,[\]{}]|:$/.test(text) : /:$/.test(text);
  return isPlain && isTrimmed && !endsEarly ? text : quoted(text);
}

/** JSON's strings are YAML's, but for signs that YAML holds to be unprintable. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
