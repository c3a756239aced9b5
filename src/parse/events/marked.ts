/**
 * What the markup of a text says takes place: microformats (h-event, and hCalendar before it), and events of schema.org in
 * any of their three forms. Cleaning takes all of these signs away, so it is asked before. Never guessed from prose.
 */
import type { Entry, EntryEvent } from '../../model.ts';
import { dateValue, nameOf, plainValue, urlsOf } from '../microformat-values.ts';
import { type Microformat, readMicroformats, type TreeElement, type TreeNode } from '../microformats.ts';
import { treeWithin } from '../nesting.ts';
import { maxPageDepth } from '../page-look.ts';
import { plainOf } from '../xml/constructs.ts';
import { eventsInScript } from './json-ld.ts';
import { elementsIn, eventOfThing } from './things.ts';
import { type Said, writtenEvent } from './written.ts';

/** Texts without any of these words need no look at their markup; nor do those without an attribute, in which they all stand. */
const signs = /\bvevent\b|\bh-event\b|schema\.org|schema:/i;
const mayMark = (html: string): boolean => html.includes('=') && signs.test(html);
const mostScripts = 10;
const mostEvents = 50;

/** An entry with all that it says takes place: in its elements, where they are already, and in the markup of its texts. */
export function withMarkedEvents(entry: Entry): Entry {
  const page = entry.links.find(({ rel }) => rel === 'alternate')?.href;
  const marked = [entry.content, entry.summary].flatMap((text) => {
    const tree = text !== undefined && mayMark(text.html) ? treeWithin(maxPageDepth, text.html) : undefined;
    return tree === undefined ? [] : eventsAmong(tree.children, text?.base ?? page);
  });
  return marked.length === 0 ? entry : { ...entry, events: [...entry.events, ...marked] };
}

/** What a part of a page says takes place, the element itself included. */
export function eventsMarkedIn(element: TreeElement, base: string | undefined): readonly EntryEvent[] {
  return eventsAmong([element], base);
}

function eventsAmong(nodes: readonly TreeNode[], base: string | undefined): readonly EntryEvent[] {
  const events: EntryEvent[] = [];
  let scripts = 0;
  for (const element of elementsIn(nodes)) {
    const thing = eventOfThing(element, base);
    if (thing !== undefined) events.push(thing);
    if (isLinkedData(element) && ++scripts <= mostScripts) events.push(...eventsInScript(scriptOf(element), base));
    if (events.length >= mostEvents) break;
  }
  return [...events, ...hEvents(readMicroformats({ children: [...nodes] }).outermost, base)].slice(0, mostEvents);
}

function isLinkedData({ name, attribs }: TreeElement): boolean {
  return name === 'script' && /^application\/ld\+json\b/i.test(attribs.type?.trim() ?? '');
}

function scriptOf({ children }: TreeElement): string {
  return children.map((node) => (node.type === 'text' ? node.data : '')).join('');
}

/** Those at any depth, in document order. */
function hEvents(things: readonly Microformat[], base: string | undefined): readonly EntryEvent[] {
  return things.flatMap((thing) => {
    const event = thing.types.includes('h-event') ? hEvent(thing, base) : undefined;
    return [...(event === undefined ? [] : [event]), ...hEvents(thing.inside, base)];
  });
}

function hEvent(thing: Microformat, base: string | undefined): EntryEvent | undefined {
  const date = (name: string): Said => {
    const [said] = thing.properties.get(name) ?? [];
    return said && dateValue(said);
  };
  const words = (name: string): Said => {
    const [said] = thing.properties.get(name) ?? [];
    return said && plainValue(said);
  };
  return writtenEvent({
    start: date('start'),
    end: date('end'),
    duration: date('duration'),
    isEndExclusive: thing.element.attribs.class?.includes('vevent') === true,
    title: plainOf(nameOf(thing) ?? '', 300),
    place: plainOf(words('location') ?? '', 300),
    url: urlsOf(thing, base)[0],
    status: words('status'),
  });
}
