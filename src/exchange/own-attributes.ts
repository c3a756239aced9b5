/**
 * Settings of sources.yaml as attributes of our own namespace, and back. A text stands as it is; everything else, and a text that would
 * be taken for something else, as JSON.
 */
import { ownPrefix, ownSpace } from '../text/opml.ts';
import { xmlText } from '../text/safe.ts';

/** Attributes that are no settings. */
export const ownMarks = {
  /** Of a folder: the id of the section. */
  section: 'section',
  /** Of a source that feeds several sections: the one in whose folder it is described. */
  describedIn: 'described-in',
  /** `no` where `text` is the feed's own title, which sources.yaml does not hold. */
  named: 'named',
} as const;

/** Whatever is read as JSON, if it is any. */
const looksLikeJson = /^(?:[[{"]|true$|false$|-?[0-9])/;

/** @param value one that YAML can hold */
function ownValue(value: unknown): string {
  if (typeof value === 'string' && readOwnValue(value) === value && xmlText(value) === value) return value;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g, // which XML has no place for
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What `ownValue` was given. */
function readOwnValue(text: string): unknown {
  if (!looksLikeJson.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return text; // which is an answer: it was no JSON
    throw error;
  }
}

/** As `opmlText` wants them. */
export function ownAttributes(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const said = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [`${ownPrefix}:${name}`, ownValue(value)]));
}

/** Of an outline: all that stand in our namespace, marks apart. */
export function ownSettings(attributes: ReadonlyMap<string, string>): Record<string, unknown> {
  const marks: readonly string[] = Object.values(ownMarks);
  return Object.fromEntries(
    [...attributes].flatMap(([key, value]) => {
      const name = key.startsWith(`${ownSpace} `) ? key.slice(ownSpace.length + 1) : '';
      return /^[a-z_]+$/.test(name) && name !== '__proto__' && !marks.includes(name)
        ? [[name, readOwnValue(value)]]
        : [];
    }),
  );
}

export function ownMark(attributes: ReadonlyMap<string, string>, mark: keyof typeof ownMarks): string | undefined {
  return attributes.get(`${ownSpace} ${ownMarks[mark]}`);
}
