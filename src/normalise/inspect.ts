/**
 * Is cleaned markup text and tags that an allow-list lets pass as they are? Then whoever enforces the list would give back what
 * it was given, letter by letter, and need not read it: that is half of what cleaning costs. What is written in any other way
 * is not judged here. The second of the two programs that must both be wrong before anything slips through, so it shares
 * nothing with the first (rebuild-html.ts): it reads the allow-list, and asks whoever enforces that what may stand in what.
 */

/** What is read of the list that is enforced. */
export interface AllowList {
  readonly allowedTags: readonly string[];
  /** By element; `*` for all of them. */
  readonly allowedAttributes: Readonly<Record<string, readonly string[]>>;
  readonly allowedEmptyAttributes: readonly string[];
  /** Attributes that hold addresses. */
  readonly allowedSchemesAppliedToAttributes: readonly string[];
  readonly allowedSchemes: readonly string[];
  readonly allowedSchemesByTag: Readonly<Record<string, readonly string[]>>;
  /** Elements without content, written `<br />`. */
  readonly selfClosing: readonly string[];
}

interface Tag {
  readonly name: string;
  readonly isVoid: boolean;
  /** Attributes it may have; its addresses begin with one of these schemes. */
  readonly attributes: ReadonlySet<string>;
  readonly schemes: ReadonlySet<string>;
  /** Whether each element has been let pass directly inside, as far as that has been asked. */
  readonly inside: Map<Tag, boolean>;
}

/** References in a text, and one more in a value. */
const references: readonly string[] = ['&amp;', '&lt;', '&gt;'];
const inValues: readonly string[] = [...references, '&quot;'];
/** Controls, white space but the one space, and signs that end or begin something else. */
const strange = /[\0-\x1f"<>\x7f]/;
const notInAddress = /[\0-\x20]/;
const scheme = /^([a-z]+):/;

/**
 * An inspector of one list.
 * @param enforce gives back markup as the list lets it pass
 * @returns a function that is true only for markup that `enforce` gives back unchanged; linear
 */
export function inspectorFor(list: AllowList, enforce: (html: string) => string): (html: string) => boolean {
  const tags = new Map(list.allowedTags.map((name) => [name, tagOf(name, list)]));
  const root = tagOf('', list);
  const emptyAttributes = new Set(list.allowedEmptyAttributes);
  const addresses = new Set(list.allowedSchemesAppliedToAttributes);

  const mayHold = (parent: Tag, child: Tag): boolean => {
    const known = parent.inside.get(child);
    if (known !== undefined) return known;
    // Nobody but the enforcer knows which elements end others: at most once for each two of them.
    const inner = child.isVoid ? `<${child.name} />` : `<${child.name}></${child.name}>`;
    const whole = parent === root ? inner : `<${parent.name}>${inner}</${parent.name}>`;
    const passes = enforce(whole) === whole;
    parent.inside.set(child, passes);
    return passes;
  };

  const isAllowed = (tag: Tag, name: string, value: string): boolean => {
    if (!tag.attributes.has(name) || strange.test(value)) return false;
    if (value === '') return emptyAttributes.has(name);
    if (!addresses.has(name)) return true;
    return tag.schemes.has(scheme.exec(value)?.[1] ?? '') && !notInAddress.test(value);
  };

  /** @param written what stands behind the name, up to the end of the tag */
  const areAllowed = (tag: Tag, written: string): boolean => {
    const seen: string[] = [];
    for (let at = 0; at < written.length; ) {
      const equals = written.indexOf('="', at);
      const end = written.indexOf('"', equals + 2);
      if (equals < 0 || end < 0 || written.charCodeAt(at) !== space) return false;
      const name = written.slice(at + 1, equals);
      if (seen.includes(name) || !isAllowed(tag, name, written.slice(equals + 2, end))) return false;
      seen.push(name);
      at = end + 1;
    }
    return true;
  };

  return (html) => {
    const open: Tag[] = [];
    let reference = html.indexOf('&');
    const areSound = (known: readonly string[], end: number): boolean => {
      for (; reference >= 0 && reference < end; reference = html.indexOf('&', reference + 1)) {
        if (!known.some((one) => html.startsWith(one, reference))) return false;
      }
      return true;
    };
    for (let at = 0; ; ) {
      const start = html.indexOf('<', at);
      const end = html.indexOf('>', at);
      if (!areSound(references, start < 0 ? html.length : start)) return false;
      if (start < 0) return end < 0 && open.length === 0;
      if (end < start || !areSound(inValues, end)) return false; // where there is no end, it is -1
      at = end + 1;
      if (html.charCodeAt(start + 1) === slash) {
        const name = open.pop()?.name;
        if (name === undefined || end - start - 2 !== name.length || !html.startsWith(name, start + 2)) return false;
        continue;
      }
      const nameEnd = endOfName(html, start + 1);
      const tag = tags.get(html.slice(start + 1, nameEnd));
      if (tag === undefined || !mayHold(open.at(-1) ?? root, tag)) return false;
      const last = tag.isVoid ? end - 2 : end;
      if (tag.isVoid ? last < nameEnd || !html.startsWith(' /', last) : false) return false;
      if (last > nameEnd && !areAllowed(tag, html.slice(nameEnd, last))) return false;
      if (!tag.isVoid) open.push(tag);
    }
  };
}

const space = 32;
const slash = 47;

function tagOf(name: string, list: AllowList): Tag {
  return {
    name,
    isVoid: list.selfClosing.includes(name),
    attributes: new Set([...(list.allowedAttributes[name] ?? []), ...(list.allowedAttributes['*'] ?? [])]),
    schemes: new Set(list.allowedSchemesByTag[name] ?? list.allowedSchemes),
    inside: new Map(),
  };
}

function endOfName(html: string, at: number): number {
  let end = at;
  for (let code = html.charCodeAt(end); (code > 96 && code < 123) || (code > 47 && code < 58); ) {
    end++;
    code = html.charCodeAt(end);
  }
  return end;
}
