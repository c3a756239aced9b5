/** The shapes that settings are made of: texts of a kind, lengths, sizes, lists and groups, each with its own sentence for what is wrong. */
import * as z from 'zod';
import { type Kind, kinds, notAGroup, wrongValue } from './kinds.ts';
import { durationMs, sizeBytes } from './values.ts';

type SchemaIssue = { readonly code?: string | undefined; readonly input?: unknown };

/** Text of a kind. Wrong types and wrong texts get the same sentence, since people do not care which it was. */
export function text(kind: Kind, description: string) {
  const error = (issue: SchemaIssue): string => wrongValue(kind, issue.input);
  const meant = { description, examples: [kind.example.replace(/^"|"( .*)?$/g, '')] };
  const plain = z.string({ error });
  const patterned = kind.pattern === undefined ? plain : plain.regex(kind.pattern, { error, abort: true });
  const judged = (value: string): boolean => (kind.accepts?.(value) ?? true) && kind.mistake?.(value) === undefined;
  const described = patterned.refine(judged, { error, abort: true }).meta(meant);
  if (kind.pattern === undefined) return described;
  // Read by the YAML language server, which would else quote the pattern at the maintainer.
  return described.meta({ patternErrorMessage: `Expected ${kind.expected}, for example ${kind.example}` });
}

/** Milliseconds come out. */
export const duration = (kind: Kind, description: string) => text(kind, description).transform(durationMs);

/** A whole number between two others. */
export const whole = (kind: Kind, least: number, most: number, description: string) =>
  z
    .int({ error: (issue) => wrongValue(kind, issue.input) })
    .min(least, { error: (issue) => wrongValue(kind, issue.input) })
    .max(most, { error: (issue) => wrongValue(kind, issue.input) })
    .meta({ description });

/** Bytes come out. */
export const size = (description: string) => text(kinds.size, description).transform(sizeBytes);

/** One value, or a list of them; either way a list comes out. */
export function oneOrMany<S extends z.ZodType>(one: S, kind: Kind, least = 0) {
  const error = (issue: SchemaIssue): string => wrongValue(kind, issue.input);
  const many = z.array(one).min(least, { error: 'the list is empty, so nothing would match. Take the line out.' });
  return z.union([one, many], { error }).transform((value): z.output<S>[] => (Array.isArray(value) ? value : [value]));
}

/**
 * A group of settings. The message of `unrecognized_keys` is the list of the settings allowed at that place, with
 * commas: explain.ts makes the sentence, but only this place knows the list.
 */
export function group<S extends z.core.$ZodShape>(shape: S, example: string) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? Object.keys(shape).join(',') : notAGroup(issue.input, example),
  });
}
