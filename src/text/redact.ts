/** Words on their way to a person, a log or the database → the same without the maintainer's secrets. */

interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Shorter values would take ordinary words apart. */
const shortest = 4;

/**
 * @param secrets longest first
 * @returns a function that puts `${NAME}` in place of each value, also where it stands percent-encoded in an address
 */
export function redactor(secrets: readonly Secret[]): (text: string) => string {
  const rows = secrets
    .filter(({ value }) => value.length >= shortest)
    .flatMap(({ name, value }) =>
      [...new Set([value, encodeURIComponent(value), encodeURI(value)])].map((one) => ({ name, one })),
    );
  return (text) => rows.reduce((shown, { name, one }) => shown.replaceAll(one, () => `\${${name}}`), text);
}
