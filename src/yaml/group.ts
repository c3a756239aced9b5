/** A plain value as YAML and JSON know it → whether it is a group of settings. */

export type Group = Readonly<Record<string, unknown>>;

/** True of what has names in it: no list, no text, not nothing. */
export function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
