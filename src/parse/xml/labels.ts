/** What an entry is filed under, in all vocabularies: RSS, Atom, Dublin Core, iTunes, Media RSS. */
import type { Category } from '../../model.ts';
import { plainOf } from './constructs.ts';
import { attribute, childrenOf, childrenOfAny, type RawNode, textOf } from './node.ts';
import { distinct } from './parts.ts';

/** Elements that are read here. */
export const labelElements: readonly string[] =
  'category dc:subject atom:category itunes:category media:category itunes:keywords media:keywords tags'.split(' ');

/** Labels in the order of the vocabularies above, HTML taken out, each once. */
export function labelsOf(node: RawNode): readonly Category[] {
  return distinctLabels([
    ...childrenOfAny(node, ['category', 'atom:category', 'media:category']).map((one) =>
      label(
        attribute(one, 'term') ?? textOf(one),
        attribute(one, 'label'),
        attribute(one, 'scheme') ?? attribute(one, 'domain'),
      ),
    ),
    ...childrenOf(node, 'dc:subject').map((one) => label(textOf(one))),
    ...nested(childrenOf(node, 'itunes:category')).map((one) => label(attribute(one, 'text') ?? textOf(one))),
    ...childrenOfAny(node, ['itunes:keywords', 'media:keywords', 'tags']).flatMap((line) =>
      textOf(line)
        .split(',')
        .map((word) => label(word)),
    ),
  ]);
}

/** iTunes writes a subcategory inside its category. */
function nested(categories: readonly RawNode[]): readonly RawNode[] {
  return categories.flatMap((one) => [one, ...childrenOf(one, 'itunes:category')]);
}

/** @returns undefined where neither word says anything */
export function label(written: string, shown?: string, scheme?: string): Category | undefined {
  const term = plainOf(written, 200) ?? plainOf(shown ?? '', 200);
  if (term === undefined) return undefined;
  const other = plainOf(shown ?? '', 200);
  return {
    term,
    ...(other === undefined || other === term ? {} : { label: other }),
    ...(scheme === undefined ? {} : { scheme }),
  };
}

/** Labels without their doubles, whatever their case. */
export function distinctLabels(labels: readonly (Category | undefined)[]): readonly Category[] {
  return distinct(labels, (one) => (one.label ?? one.term).toLowerCase());
}
