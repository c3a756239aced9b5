/** What goes with a text that was taken back, decided from what the members of its story say. */
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/model.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import type { Groups } from '../../src/stories/settle.ts';
import { spread } from '../../src/stories/withdrawing.ts';
import type { Standing } from '../../src/story-plan.ts';
import { source, standing, url } from './builders.ts';

const sources = ['a', 'b', 'c', 'd'].map((name) => source(`https://${name}.example/feed`, { name: `Group ${name}` }));
const keyOf = (name: string): string => sources.find((one) => one.url.includes(`//${name}.`))?.key ?? '';
const groups = (keeps: readonly string[] = []): Groups => ({
  directory: openDirectory(sources, []),
  isOpen: () => false,
  nameOf: (key) => key,
  keepsReposts: (key) => keeps.includes(key),
});
const credit = (name: string): Evidence => ({
  kind: 'credit-phrase',
  strength: 3,
  says: 'original',
  quote: `by ${name}`,
  targetSource: keyOf(name),
  targetUrl: undefined,
  targetName: `Group ${name}`,
});

type Member = Standing & { readonly evidence: readonly Evidence[] };
let made = 0;
function member(name: string, given: Partial<Standing> & { readonly credits?: string } = {}): Member {
  const { credits, ...rest } = given;
  made += 1;
  return {
    ...standing(made, { sourceKey: keyOf(name), date: made * 1_000, ...rest }),
    evidence: credits === undefined ? [] : [credit(credits)],
  };
}
const gone = { isWithdrawn: true, takenBackBy: 'source' } as const;
const goneByUs = { isWithdrawn: true, takenBackBy: 'maintainer' } as const;
const going = (members: readonly Member[], keeps?: readonly string[]): number[] =>
  spread(members, groups(keeps), undefined).going.map(({ itemId }) => itemId);

describe('reposts of a text that its source takes back', () => {
  test('go where they say whose it is, through a chain too', () => {
    const members = [member('a', gone), member('b', { credits: 'a' }), member('c', { credits: 'b' })];
    expect(going(members)).toEqual([members[1]?.id, members[2]?.id]);
  });

  test('stay where they say nothing: an earlier date alone takes nobody’s words away', () => {
    expect(going([member('a', gone), member('b')])).toEqual([]);
  });

  test('stay where they name somebody else, whoever has most votes', () => {
    const members = [member('a', gone), member('b', { credits: 'c' }), member('d', { credits: 'a' })];
    expect(going(members)).not.toContain(members[1]?.id);
  });

  test('stay where only a title or a home that the source chose itself says that they are its own', () => {
    const told = [{ key: keyOf('a'), title: 'Anna Kowalski', home: 'https://elsewhere.example/2026' }];
    const itself: Groups = { ...groups(), directory: openDirectory(sources, told) };
    const named = { ...credit('a'), targetName: 'Anna Kowalski' };
    const linked = { ...credit('a'), targetName: undefined, targetUrl: url('https://elsewhere.example/2026/gate') };
    for (const one of [named, linked]) {
      const members = [member('a', gone), { ...member('b'), evidence: [one] }];
      const { going: none, original } = spread(members, itself, undefined);
      expect(none).toEqual([]);
      expect(original?.original).not.toEqual({ kind: 'item', itemId: members[0]?.id }); // or the story would go with it
    }
    const byHost = { ...credit('a'), targetName: 'a.example/gate' };
    expect(going([member('a', gone), { ...member('b'), evidence: [byHost] }])).toHaveLength(1);
  });

  test('go all where the maintainer has taken it back, and it is known whose it is', () => {
    const members = [member('a', goneByUs), member('b')];
    expect(going(members)).toEqual([members[1]?.id]);
  });

  test('stay where the maintainer has let them in, and where the author wants it so', () => {
    const letIn = [member('a', goneByUs), member('b', { credits: 'a', isLetIn: true })];
    expect(going(letIn)).toEqual([]);
    const kept = [member('a', goneByUs), member('b', { credits: 'a' })];
    expect(going(kept, [keyOf('a')])).toEqual([]);
    for (const members of [letIn, kept]) {
      const { original } = spread(members, groups([keyOf('a')]), undefined);
      expect(original?.original).toEqual({ kind: 'elsewhere', sourceKey: keyOf('a'), name: undefined, url: undefined });
    }
    expect(going(kept, [keyOf('b')])).toEqual([kept[1]?.id]); // theirs is not to say
  });

  test('of a joint text stay while an author’s own copy does', () => {
    const sign = (one: Member): Member => ({
      ...one,
      evidence: ['a', 'b'].map((name) => ({ ...credit(name), kind: 'joint' })),
    });
    const [a, b, c] = [sign(member('a', gone)), sign(member('b')), sign(member('c'))];
    expect(going([a, b, c])).toEqual([]);
    expect(going([a, { ...b, ...gone }, c])).toEqual([c.id]);
  });

  test('that went along and were let in again are shown until the author’s own is read anew', () => {
    const awaited = { isWithdrawn: true, isAwaited: true };
    const members = [member('a', awaited), member('b', { credits: 'a' })];
    const { going: none, original } = spread(members, groups(), undefined);
    expect(none).toEqual([]);
    expect(original?.original).toMatchObject({ kind: 'elsewhere', sourceKey: keyOf('a') });
  });

  test('go with nobody else’s copy, nor with what was hidden or let go', () => {
    expect(going([member('a'), member('b', { ...gone, credits: 'a' }), member('c', { credits: 'a' })])).toEqual([]);
    const hidden = { isWithdrawn: true, takenBackBy: 'hidden' } as const;
    expect(going([member('a', hidden), member('b', { credits: 'a' })])).toEqual([]);
    expect(going([member('a', { isWithdrawn: true }), member('b', { credits: 'a' })])).toEqual([]);
  });
});
