/** What stands below the help of every command. */

/** @param lines commands as they are typed, each perhaps with two spaces and what it does */
export function example(...lines: readonly string[]): string {
  return `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
