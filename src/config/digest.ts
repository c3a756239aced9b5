/** What a section may say of its digest: when it closes, what comes first in it, to whom it is mailed. */
import * as z from 'zod';
import type { DigestSettings } from '../model.ts';
import { shown } from '../yaml/shown.ts';
import { anyTime, closingTime, digestKinds, rhythms, timeKinds, usualTime } from './digest-kinds.ts';
import { kinds, wrongValue } from './kinds.ts';
import { group, oneOrMany, text, whole } from './shapes.ts';

const sendExample = '[ { email: news@lists.example.org } ]';

const yes = (description: string) =>
  z.boolean({ error: (issue) => wrongValue(kinds.yes, issue.input) }).meta({ description });

const receiver = group(
  {
    email: text(digestKinds.mail, 'Address of a mailing list'),
    list: yes('false for the address of a person, whose mail then says how to be sent no more').optional(),
    auto_submitted: yes(
      'Whether the mail says that a program has written it: Sympa drops such mail to a list. false for a list, true for a person, when nothing is said',
    ).optional(),
  },
  'email: news@lists.example.org',
);

/** Which time is right depends on another setting, so the group judges it. */
const at = z.string({ error: (issue) => wrongValue(timeKinds.weekly, issue.input) }).meta({
  description: 'When it closes, by the clocks of site: timezone: "07:00", "Mon 07:00" or, monthly, "1 07:00"',
  examples: ['Mon 07:00'],
  pattern: anyTime.source,
  patternErrorMessage: 'Expected "07:00", "Mon 07:00" or "1 07:00", as  when  says',
});

const fields = group(
  {
    when: z
      .enum(rhythms, { error: (issue) => wrongValue(digestKinds.when, issue.input) })
      .meta({ description: 'How often: daily, weekly, monthly. weekly when nothing is said' })
      .optional(),
    at: at.optional(),
    first: oneOrMany(
      text(digestKinds.mark, 'A tag by which a partner says that a text of its is to stand above others'),
      digestKinds.mark,
      1,
    ).optional(),
    max: whole(
      digestKinds.most,
      1,
      100,
      'Stories in it; of more it says how many there are. 20 when nothing is said',
    ).optional(),
    from: text(
      digestKinds.mail,
      'Sender of its mail; the address under  site: contact  when nothing is said',
    ).optional(),
    send: z
      .array(receiver, { error: (issue) => `${shown(issue.input)} is not a list. Write  send: ${sendExample}` })
      .meta({ description: 'Lists that it is mailed to, by the server that RELAIS_SMTP_URL names' })
      .optional(),
  },
  'when: weekly',
).refine((value) => timeMistake(value) === undefined, {
  path: ['at'],
  error: ({ input }) => timeMistake(input) ?? '',
  when: () => true, // also beside other mistakes: all of them are told at once
});

/** A sentence where the time is not one at which such a digest can close. */
function timeMistake(value: unknown): string | undefined {
  const { when = 'weekly', at: written } = (value ?? {}) as { readonly when?: unknown; readonly at?: unknown };
  const rhythm = rhythms.find((one) => one === when);
  if (rhythm === undefined || typeof written !== 'string') return undefined;
  return timeKinds[rhythm].pattern.test(written) ? undefined : wrongValue(timeKinds[rhythm], written);
}

const example = 'digest: { when: weekly, at: "Mon 07:00" }';
export const digest = z
  .union([z.literal('none'), fields], {
    error: (issue) => `${shown(issue.input)} is no digest. Write  digest: none  or  ${example}`,
  })
  .meta({ description: 'none, or when the digest closes; weekly, Mon 07:00, when nothing is said' });

/** Of a section that says nothing: weekly, and mailed to nobody. */
export function builtDigest(settings: z.output<typeof digest> | undefined): DigestSettings | undefined {
  if (settings === 'none') return undefined;
  const { when = 'weekly', at: written, first = [], max = 20, from, send = [] } = settings ?? {};
  return {
    when,
    ...usualTime,
    ...(written === undefined ? {} : closingTime(written)),
    first,
    max,
    from,
    to: send.map(({ email, list = true, auto_submitted }) => ({
      address: email,
      isList: list,
      isAutoSubmitted: auto_submitted ?? !list,
    })),
  };
}
