/** Where the thing is that an entry tells of: GeoRSS Simple and GML (georss.org), W3C Basic Geo. */
import type { Place } from '../../model.ts';
import { childrenOf, firstText, hasAnyOf, type RawNode } from './node.ts';

/** Elements that are read here. */
export const placeElements: readonly string[] = 'georss:point georss:where geo:lat geo:long geo:Point'.split(' ');

const namesOfPlaces = new Set(placeElements);

/** The first point. Lines and areas are no place to put a pin, and are left out. */
export function placeOf(node: RawNode): Place | undefined {
  if (!hasAnyOf(node, namesOfPlaces)) return undefined;
  const gml = childrenOf(node, 'georss:where').flatMap((where) => childrenOf(where, 'gml:Point'));
  const pairs = [firstText(node, 'georss:point'), ...gml.map((point) => firstText(point, 'gml:pos'))];
  const basic = [node, ...childrenOf(node, 'geo:Point')].map(
    (holder) => `${firstText(holder, 'geo:lat') ?? ''} ${firstText(holder, 'geo:long') ?? ''}`,
  );
  return [...pairs, ...basic].map(pointOf).find((place) => place !== undefined);
}

/** Latitude and longitude in degrees, with white space or a comma between them. */
function pointOf(written: string | undefined): Place | undefined {
  const match = /^(-?\d{1,2}(?:\.\d{1,20})?)(?:\s{0,9},\s{0,9}|\s{1,9})(-?\d{1,3}(?:\.\d{1,20})?)$/.exec(written ?? '');
  const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}
