/** What stands in JSON, member by member: one of the wrong type counts as missing. */
import { xmlText } from '../text/safe.ts';

/** Own members by name only, so that `__proto__` and `constructor` are names like any other. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function member(holder: Json, name: string): unknown {
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}

export function listIn(holder: Json, name: string): readonly unknown[] {
  const value = member(holder, name);
  return Array.isArray(value) ? value : [];
}

/** Numbers count as text: ids and sizes come as either. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? xmlText(value).trim() : undefined;
}

/** A number is no address: made text, it would lead somewhere below the feed's own. */
export function addressIn(holder: Json, name: string): string | undefined {
  return typeof member(holder, name) === 'string' ? textIn(holder, name) : undefined;
}

export function textIn(holder: Json, name: string): string | undefined {
  return asText(member(holder, name));
}
