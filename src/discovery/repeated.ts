/**
 * A page without a feed → selectors that may read it: the element that is repeated, once for each text, and what in it is the
 * title, the link, the date and the words. A guess from how the page is built; a person looks at what it catches.
 */
import type { PageSelectors } from '../model.ts';
import { treeWithin } from '../parse/nesting.ts';
import { maxPageDepth } from '../parse/page-look.ts';
import { plainLine } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';

type Tree = NonNullable<ReturnType<typeof treeWithin>>;
type Node = Tree['children'][number];
interface Element {
  readonly name: string;
  readonly attribs: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
}

/** What a page has in every corner and is no list of texts. */
const furniture =
  /(?:^|[\s_-])(?:nav|menu|footer|sidebar|widget|breadcrumbs?|pag(?:er|ination)|cookies?|share|social|comments?|tag-?cloud|related|banner|search|lang(?:uages?)?)(?:$|[\s_-])/i;
const furnitureTags: ReadonlySet<string> = new Set(
  'nav header footer aside form script style template noscript select'.split(' '),
);
/** Names of classes that many programs share; others that hold numbers are one text's own. */
const className = /^[a-z_][a-z_-]*$/i;
const itemTags: ReadonlySet<string> = new Set('article li div section tr dd p a'.split(' '));
/** A day as pages write it: in figures, or with the name of a month. */
const dayLike =
  /\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b\d{1,2}\.?(?:er|st|nd|rd|th|º)?(?: de)? \p{L}{3,12}\.?,?(?: de)? \d{4}\b|\b\p{L}{3,12} \d{1,2},? \d{4}\b/iu;

const fewest = 3;
const mostGroups = 200;
/** Of a group's elements, the share that must have a part for it to be one of theirs. */
const most = 0.7;

interface Group {
  readonly selector: string;
  readonly elements: readonly Element[];
  readonly score: number;
}

/**
 * The likeliest first; none where nothing is repeated.
 * @param url its address, which links resolve against
 */
export function proposals(
  html: string,
  url: string,
  limit = 3,
): readonly (PageSelectors & { readonly item: string })[] {
  const tree = treeWithin(maxPageDepth, html);
  if (tree === undefined) return [];
  const groups = groupsIn(tree.children, url)
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score);
  return groups.slice(0, limit).map(({ selector, elements }) => ({ item: selector, ...partsOf(elements) }));
}

function groupsIn(nodes: readonly Node[], url: string): readonly Group[] {
  const bySelector = new Map<string, Element[]>();
  const walk = (all: readonly Node[], parent: Element | undefined): void => {
    for (const node of all) {
      const element = asElement(node);
      if (element === undefined || isFurniture(element)) continue;
      if (itemTags.has(element.name) && (element.name !== 'a' || headingIn(element) !== undefined))
        for (const selector of selectorsFor(element, parent)) {
          const group = bySelector.get(selector);
          if (group !== undefined) group.push(element);
          else if (bySelector.size < mostGroups) bySelector.set(selector, [element]);
        }
      walk(element.children, element);
    }
  };
  walk(nodes, undefined);
  return [...bySelector]
    .filter(([, elements]) => elements.length >= fewest)
    .map(([selector, elements]) => ({ selector, elements, score: scoreOf(elements, url) }));
}

/** `article.post`, or where it has no class of its own `ul.news > li`. */
function selectorsFor(element: Element, parent: Element | undefined): readonly string[] {
  const own = classesOf(element).map((name) => `${element.name}.${name}`);
  if (own.length > 0) return own;
  if (element.name === 'article') return ['article'];
  const outer =
    parent === undefined
      ? []
      : classesOf(parent)
          .slice(0, 1)
          .map((name) => `${parent.name}.${name}`);
  const id = parent?.attribs.id;
  const around = outer[0] ?? (id !== undefined && className.test(id) ? `#${id}` : parent?.name);
  return around === undefined || around === element.name ? [] : [`${around} > ${element.name}`];
}

function classesOf({ attribs }: Element): readonly string[] {
  return (attribs.class ?? '')
    .split(/\s+/)
    .filter((name) => className.test(name))
    .slice(0, 6);
}

/** Each with a link of its own to the same site, and with words that look like a title: the more of these, the better. */
function scoreOf(elements: readonly Element[], url: string): number {
  const links = elements.map((element) => mainLink(element));
  const hrefs = links.map((link) => resolveUrl(link?.attribs.href ?? '', url));
  const host = new URL(url).host;
  const own = hrefs.filter((href) => href !== undefined && /^https?:/.test(href) && new URL(href).host === host);
  if (own.length / elements.length < most || new Set(own).size / own.length < most) return 0;
  const titled = share(elements, (one) => headingIn(one) !== undefined);
  const dated = share(elements, (one) => dateIn(one) !== undefined);
  const worded = share(links, (link) => link !== undefined && textOf(link).length >= 12);
  const long = share(elements, (one) => textOf(one).length >= 80);
  // More than one heading in one is several texts in a box.
  const crowded = share(elements, (one) => all(one, isHeading).length > 2);
  const number = Math.min(elements.length, 20) / 20;
  return 3 * titled + 3 * dated + 2 * worded + long + number - 4 * crowded - (titled + dated + worded < most ? 10 : 0);
}

function share<T>(things: readonly T[], has: (thing: T) => boolean): number {
  return things.filter(has).length / things.length;
}

/** Only what is not found without being said: the first heading, the first link, a `time`. */
function partsOf(elements: readonly Element[]): Omit<PageSelectors, 'item' | 'next'> {
  const title = common(elements, (one) => {
    const heading = headingIn(one);
    return heading === undefined ? titleLink(one) : heading;
  });
  const link = linkOf(elements);
  const date = common(elements, (one) => dateIn(one));
  const content = common(elements, (one) => contentIn(one));
  const isPlainDate = date === undefined || date === 'time';
  return {
    ...(title !== undefined && { title }),
    ...(link !== undefined && { link }),
    ...(isPlainDate ? {} : { date }),
    ...(content !== undefined && { content }),
  };
}

/** Undefined where the first link of each is the one that is meant. */
function linkOf(elements: readonly Element[]): string | undefined {
  const astray = elements.filter((one) => {
    const main = mainLink(one);
    return main !== one && main?.attribs.href !== firstLink(one)?.attribs.href;
  });
  if (astray.length === 0) return undefined;
  const inHeading = astray.filter((one) => {
    const heading = headingIn(one);
    return heading !== undefined && all(heading, isLink).length > 0;
  });
  const heading = common(elements, headingIn);
  if (heading !== undefined && inHeading.length === astray.length) return `${heading} a`;
  const named = common(elements, mainLink);
  return named === 'a' ? undefined : named;
}

/** The selector by which a part is found in most of the elements. */
function common(elements: readonly Element[], part: (element: Element) => Element | undefined): string | undefined {
  const counts = new Map<string, number>();
  for (const element of elements) {
    const found = part(element);
    if (found === undefined || found === element) continue;
    const [own] = isHeading(found) ? [] : classesOf(found);
    const selector = own === undefined ? found.name : `${found.name}.${own}`;
    counts.set(selector, (counts.get(selector) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted(([, one], [, other]) => other - one);
  return best !== undefined && best[1] / elements.length >= most ? best[0] : undefined;
}

function headingIn(element: Element): Element | undefined {
  return all(element, isHeading)[0];
}

function isHeading({ name }: Element): boolean {
  return /^h[1-6]$/.test(name);
}

function isLink({ name, attribs }: Element): boolean {
  return name === 'a' && attribs.href !== undefined && !/^(?:#|javascript:|mailto:)/i.test(attribs.href);
}

function firstLink(element: Element): Element | undefined {
  return isLink(element) ? element : all(element, isLink)[0];
}

/** The link of the heading, or around it; else the one with the most words. */
function mainLink(element: Element): Element | undefined {
  if (isLink(element)) return element;
  const heading = headingIn(element);
  const links = all(element, isLink);
  const titled = heading === undefined ? [] : all(heading, isLink);
  const around = links.find((link) => heading !== undefined && all(link, (one) => one === heading).length > 0);
  return titled[0] ?? around ?? longest(links);
}

function titleLink(element: Element): Element | undefined {
  const link = longest(all(element, isLink));
  return link === undefined || link === firstLink(element) ? undefined : link;
}

function longest(links: readonly Element[]): Element | undefined {
  return links.toSorted((one, other) => textOf(other).length - textOf(one).length)[0];
}

/** A `time`, something called a date, or a small element that says a day. */
function dateIn(element: Element): Element | undefined {
  const inside = all(element, () => true);
  return (
    inside.find(({ name }) => name === 'time') ??
    inside.find(
      (one) =>
        isSmall(one) &&
        dayLike.test(textOf(one)) &&
        classesOf(one).some((name) => /date|time|day|posted|publi/i.test(name)),
    ) ??
    inside.find((one) => isSmall(one) && !isHeading(one) && !isLink(one) && dayLike.test(textOf(one)))
  );
}

function isSmall(element: Element): boolean {
  return textOf(element).length <= 40;
}

function contentIn(element: Element): Element | undefined {
  const inside = all(element, (one) => !isHeading(one) && one.name !== 'a' && textOf(one).length >= 40);
  return (
    inside.find((one) =>
      classesOf(one).some((name) => /excerpt|summary|content|teaser|intro|desc|body|chapo|abstract/i.test(name)),
    ) ?? inside.find(({ name }) => name === 'p')
  );
}

function asElement(node: Node): Element | undefined {
  return 'attribs' in node && 'children' in node ? (node as unknown as Element) : undefined;
}

function isFurniture({ name, attribs }: Element): boolean {
  return furnitureTags.has(name) || furniture.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`);
}

/** Elements inside one that are meant, in the order of the page; never itself. */
function all(element: Element, isMeant: (one: Element) => boolean): Element[] {
  const found: Element[] = [];
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      const one = asElement(node);
      if (one === undefined || found.length > 200) continue;
      if (isMeant(one)) found.push(one);
      walk(one.children);
    }
  };
  walk(element.children);
  return found;
}

/** The beginning of what an element says, in one line. */
function textOf(element: Element): string {
  let text = '';
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (text.length > 400) return;
      if (node.type === 'text') text += node.data;
      const one = asElement(node);
      if (one !== undefined && one.name !== 'script' && one.name !== 'style') walk(one.children);
    }
  };
  walk(element.children);
  return plainLine(text, 400);
}
