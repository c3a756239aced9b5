/** Where titles of items may stand in what is told of them: from there they go with the words of an item that is taken back. */

export const toldIn: readonly { readonly table: string; readonly column: string }[] = [
  { table: 'news', column: 'words' },
  { table: 'story_rulings', column: 'against' },
  { table: 'sources', column: 'problem' },
  { table: 'sources', column: 'held' },
];

/** Shorter titles are no sentence, and stand in other words by chance. */
export const shortestTold = 12;

/** As it stands in a text, and inside JSON. */
export function writtenForms(title: string): ReadonlySet<string> {
  return new Set([title, JSON.stringify(title).slice(1, -1)]);
}
