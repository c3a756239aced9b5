/** `npm run docs`: writes what is made from tables in the code, so that it cannot drift. test/docs.test.ts compares. */
import { writeFileSync } from 'node:fs';
import { jsonSchema } from '../src/config/schema.ts';
import { problemTable } from '../src/problems.ts';
import { commandsPage } from './commands-page.ts';
import { settingsPage } from './settings-page.ts';

const root = new URL('../', import.meta.url);

/** Every row of the problem table, by room. */
export function problemsPage(): string {
  const rows = Object.entries(problemTable).map(([code, row]) => {
    const happened = row.happened === '{}' ? '(says it itself)' : row.happened.replace('{}', '…');
    return `| \`${code}\` | ${row.severity} | ${happened} | ${row.did} | ${row.todo.replace('{}', '…')} |`;
  });
  return [
    '# Everything that Relais can report',
    '',
    'Made from `src/problems.ts` by `npm run docs`. A *failure* is a source that could not be read or a run that could not',
    'go on; a *warning* costs something and goes on; a *note* is only told with `--verbose`.',
    '',
    '| code | severity | what happened | what Relais did | what you can do |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

export function schemaFile(): string {
  return `${JSON.stringify(jsonSchema(), null, 2)}\n`;
}

if (process.argv[1]?.endsWith('docs.ts') === true) {
  writeFileSync(new URL('docs/problems.md', root), problemsPage());
  writeFileSync(new URL('docs/settings.md', root), settingsPage());
  writeFileSync(new URL('docs/commands.md', root), commandsPage());
  writeFileSync(new URL('sources.schema.json', root), schemaFile());
}
