/** Most texts are ASCII or nearly so, and whoever knows it is spared a look at each of their characters. */

/** True for a text of nothing else. What it would take as UTF-8 is counted at a fraction of the cost of looking for what is not. */
export function isAllAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
