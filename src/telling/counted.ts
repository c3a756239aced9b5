/** Numbers of things, as people say them. */

/** `1 item`, `3 items`. */
export function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
