/** What waits for the maintainer, ruled on: what `relais held`, `relais vanished` and `relais release` do. */
import { nameOfSource } from '../telling/named.ts';
import type { Bench, Done } from './acts.ts';
import { already, done, goneWords, lineIn, namer, postIn, refused } from './outcomes.ts';
import type { Form } from './requests.ts';

const page = 'held';

/** What a source has sent is let in, or thrown away. */
export async function acceptOrRefuse(form: Form, bench: Bench): Promise<Done> {
  const kind = form.get('kind');
  if (kind !== 'accept' && kind !== 'refuse') return refused(page, 'Accept or refuse: neither was said.');
  const called = await sourceIn(form, bench);
  if (called === undefined) return refused(page, 'There is no such source any more. Nothing was changed.');
  if (!called.isHeld) return already(page, `Nothing of ${called.name} is held.`);
  if (!(await note(called.key, { kind }, bench))) return already(page, saidAlready(called.name));
  return done(page, [
    kind === 'accept'
      ? `What ${called.name} has sent is let in, and it is believed as it is now.`
      : `What ${called.name} has sent is thrown away, and what it sends next is held again.`,
  ]);
}

/** What has vanished from a source at once is withdrawn here too, or stays. */
export async function ruleOnVanished(form: Form, bench: Bench): Promise<Done> {
  const kind = form.get('kind');
  if (kind !== 'withdraw-vanished' && kind !== 'keep-vanished')
    return refused(page, 'Neither was said: withdraw or keep.');
  const called = await sourceIn(form, bench);
  if (called === undefined) return refused(page, 'There is no such source any more. Nothing was changed.');
  const missing = await bench.library.missing({ sources: [called.key] });
  if (missing.every(({ state }) => state !== 'held'))
    return already(page, `Nothing of ${called.name} that has vanished waits for you.`);
  if (!(await note(called.key, { kind }, bench))) return already(page, saidAlready(called.name));
  return done(page, [
    kind === 'keep-vanished'
      ? `What has vanished from ${called.name} stays.`
      : `What has vanished from ${called.name} is withdrawn.`,
  ]);
}

/** A text that waits is shown by its sections, or by one. */
export async function release(form: Form, bench: Bench): Promise<Done> {
  const post = await postIn(form, 'item', bench);
  if (post === undefined) return refused(page, goneWords);
  const section = lineIn(form, 'section') || undefined;
  const nameOf = await namer(bench);
  const said = { who: bench.who, because: lineIn(form, 'because') };
  const sections = await bench.library.release([post.id], section, said, bench.now);
  if (sections.length === 0) return already(page, `${nameOf(post)} is not held back there.`);
  return done(page, [
    `Released in ${sections.join(', ')}: ${nameOf(post)}.`,
    'Reposts of it that hold nothing else are released with it. An edit that brings something else parks it again.',
  ]);
}

async function sourceIn(
  form: Form,
  { config, library }: Bench,
): Promise<{ readonly key: string; readonly name: string; readonly isHeld: boolean } | undefined> {
  const key = form.get('source') ?? '';
  if (config.sources.every((source) => source.key !== key)) return undefined;
  const memories = await library.memories();
  return { key, name: nameOfSource(key, config, memories), isHeld: memories.get(key)?.held !== undefined };
}

type Heard = 'accept' | 'refuse' | 'withdraw-vanished' | 'keep-vanished';

const contraries: Readonly<Record<Heard, Heard>> = {
  accept: 'refuse',
  refuse: 'accept',
  'withdraw-vanished': 'keep-vanished',
  'keep-vanished': 'withdraw-vanished',
};

/** @returns false where it, or its contrary from another tab, waits to be carried out: whoever comes first is heard */
async function note(key: string, { kind }: { readonly kind: Heard }, { library, now, who }: Bench): Promise<boolean> {
  const waiting = await library.rulings();
  const isSaid = waiting.some(
    ({ sourceKey, ruling }) => sourceKey === key && (ruling.kind === kind || ruling.kind === contraries[kind]),
  );
  if (!isSaid) await library.rule(key, { kind }, now, who);
  return !isSaid;
}

function saidAlready(name: string): string {
  return `What is to become of it has been said already, of ${name}, and is about to be done. Nothing was changed.`;
}
