/** Events of schema.org as the attributes of markup write them: microdata (HTML), and RDFa Lite. */
import type { EntryEvent } from '../../model.ts';
import { xmlText } from '../../text/safe.ts';
import { resolveUrl } from '../../text/url.ts';
import { wordsOf } from '../microformat-values.ts';
import { isElement, type TreeElement, type TreeNode } from '../microformats.ts';
import { plainOf } from '../xml/constructs.ts';
import { isEventKind } from './json-ld.ts';
import { type Said, writtenEvent } from './written.ts';

/** Elements of a text, and of one event in it, that are looked at. */
const mostElements = 50_000;
const mostInside = 2_000;

/** The elements below, in document order; not what is inside closed ones. */
export function* elementsIn(
  nodes: readonly TreeNode[],
  most = mostElements,
  isClosed: (element: TreeElement) => boolean = () => false,
): Generator<TreeElement> {
  const waiting = [...nodes].reverse();
  for (let count = 0; waiting.length > 0 && count < most; count++) {
    const node = waiting.pop();
    if (node === undefined || !isElement(node)) continue;
    yield node;
    if (!isClosed(node))
      for (let at = node.children.length - 1; at >= 0; at--) waiting.push(node.children[at] as TreeNode);
  }
}

/** The event that this very element is. */
export function eventOfThing(element: TreeElement, base: string | undefined): EntryEvent | undefined {
  if (!kindsOf(element).some(isEventKind)) return undefined;
  const properties = propertiesOf(element);
  const value = (name: string): Said => valueIn(properties.get(name));
  const url = properties.get('url');
  const href = url && (url.attribs.href ?? valueIn(url));
  return writtenEvent({
    start: value('startDate'),
    end: value('endDate'),
    duration: value('duration'),
    title: plainOf(value('name') ?? '', 300),
    place: placeOf(properties.get('location')),
    url: href === undefined ? undefined : resolveUrl(xmlText(href), base),
    status: properties.get('eventStatus')?.attribs.href ?? value('eventStatus'),
  });
}

function kindsOf({ attribs }: TreeElement): readonly string[] {
  const written = attribs.itemtype ?? attribs.typeof ?? '';
  return written.length > 500 ? [] : written.split(/\s+/);
}

function isThing({ attribs }: TreeElement): boolean {
  return attribs.itemscope !== undefined || attribs.itemtype !== undefined || attribs.typeof !== undefined;
}

/** The first element of each property of a thing, without those of things inside it. */
function propertiesOf(thing: TreeElement): ReadonlyMap<string, TreeElement> {
  const properties = new Map<string, TreeElement>();
  for (const element of elementsIn(thing.children, mostInside, isThing)) {
    const names = (element.attribs.itemprop ?? element.attribs.property ?? '').slice(0, 200);
    for (const name of names.split(/\s+/)) {
      const bare = name.replace(/^(?:https?:\/\/schema\.org\/|schema:)/, '');
      if (bare !== '' && !properties.has(bare)) properties.set(bare, element);
    }
  }
  return properties;
}

/** HTML §5.2.4, RDFa Lite §2.2: what is written for machines before what is shown. */
function valueIn(element: TreeElement | undefined): Said {
  if (element === undefined) return undefined;
  const { attribs } = element;
  const said = attribs.content ?? attribs.datetime ?? (element.name === 'data' ? attribs.value : undefined);
  return (said === undefined ? wordsOf(element) : xmlText(said.slice(0, mostInside)).trim()) || undefined;
}

/** A place is words, or a thing with a name and an address. */
function placeOf(element: TreeElement | undefined): Said {
  if (element === undefined) return undefined;
  const properties = isThing(element) ? propertiesOf(element) : new Map<string, TreeElement>();
  const parts = [properties.get('name'), properties.get('address')].map(valueIn).filter((part) => part !== undefined);
  return plainOf(parts.length > 0 ? [...new Set(parts)].join(', ') : (valueIn(element) ?? ''), 300);
}
