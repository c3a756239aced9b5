/** `relais explain` of a story with all that is around it: what is printed, and what programs are told. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { rule } from '../../src/cli/rule.ts';
import { type Groups, openGroups } from './groups.ts';

const call =
  'Come to the square on 14 May at noon. Bring drums, blankets and whatever you cook best, because the night will be long and the mayor has turned off the water again. We shall walk past the prefecture, the closed reception hall and the harbour gate, and whoever cannot walk will be driven. Children march in front. Nobody is left alone with the police, and everybody goes home together when the last train is called.';

let groups: Groups;
beforeEach(async () => {
  groups = await openGroups();
  groups.feeds.harbour = [{ path: 'call', title: 'Come to the square', text: call }];
});
afterEach(async () => {
  await groups.close();
});

const explained = async (name: string): Promise<string> => {
  groups.said();
  expect(await explain(name, groups.options(), groups.printer)).toBe(0);
  return groups.said();
};

describe('filters', () => {
  const filtered = (): void => {
    const file = groups.options().config;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('  calais:\n', `  calais:\n    skip: { title: square }\n    sources:\n`));
  };

  test('that leave a story out of a section are named with their word, and programs are told', async () => {
    await groups.read();
    expect(await explained('call')).not.toMatch(/sections|left/);
    filtered();
    expect(await explained('call')).toContain(
      '  sections  none: filters leave it out of every one\n            calais: left, skip has square in the title: Come to the [square] (harbour group)',
    );
    await explain('call', { ...groups.options(), json: true }, groups.printer);
    expect(groups.printed()).toMatchObject({
      sections: [{ section: 'calais', isWanted: false, skippedBy: { part: 'title', word: 'square' } }],
    });
  });

  test('say which copy stands there all the same', async () => {
    groups.feeds.copies = [
      { path: 'copy', title: 'An invitation', text: `Reposted from harbour group</p><p>${call}`, day: 21 },
    ];
    filtered();
    await groups.read();
    expect(await explained('call')).toContain(
      '  sections  calais\n            calais: this copy is left, skip has square in the title: Come to the [square] (harbour group)',
    );
  });
});

describe('a story', () => {
  test('whose sources have all left the settings is shown nowhere, and says so', async () => {
    await groups.read();
    expect(await explained('call')).not.toContain('nowhere');
    const file = groups.options().config;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/^.*\/harbour.*\n/gm, ''));
    expect(await explained('call')).toContain(
      '  shown     nowhere: none of the sources that carry it is in sources.yaml any more',
    );
  });

  test('says how sure we are, and gives each piece of evidence with its quotation and weight', async () => {
    groups.feeds.copies = [
      { path: 'copy', title: 'Come to the square', text: `Reposted from harbour group</p><p>${call}`, day: 21 },
    ];
    await groups.read();
    const text = await explained('https://copies.example/copy');
    expect(text).toMatch(/^Story [a-z0-9]{12} {2}https:\/\/news\.example\/story\/[a-z0-9]{12}\/$/m);
    expect(text).toContain('  who wrote it  said: by the posts themselves');
    const page = /https:\/\/news\.example\/story\/\w+\//.exec(text)?.[0] ?? '';
    for (const written of [page, `${page}index.html`, `${page}?a=b`, `${page}#relay-title`])
      expect(await explained(written)).toBe(text);
    expect(text).toMatch(/^ {2}original {2}harbour group, 2026-11-20$/m);
    expect(text).toMatch(/^ {2}repost {4}copies group, 2026-11-21$/m);
    expect(text).toContain(
      '– in its own words: “Reposted from harbour group” (written by harbour group); 3 of 4: says so in words',
    );
    expect(text).toMatch(/– .* \(with harbour group\); 4 of 4: says so outright/);
    expect(text).not.toContain('Also looked at');
  });

  test('says that nobody knows where nobody says so', async () => {
    groups.feeds.copies = [{ path: 'copy', title: 'Come to the square', text: call }];
    await groups.read();
    const text = await explained('copy');
    expect(text).toContain('guessed: nobody says so, and the dates do not tell who was first');
    expect(text.match(/^ {2}first seen at {2}\S+ group, 2026-11-20$/gm)).toHaveLength(1);
    expect(text.match(/^ {2}also published by {2}\S+ group, 2026-11-20$/gm)).toHaveLength(1);
    expect(text).not.toMatch(/original|repost/);
    groups.feeds.third = [{ path: 'alone', title: 'Alone', text: 'Quiet days.' }];
    await groups.read();
    expect(await explained('alone')).toContain('said: nobody else carries it');
  });

  test('lists what was looked at and refused, with the numbers and why; programs get all of it', async () => {
    groups.feeds.copies = [
      { path: 'again', title: 'Come to the square', text: call.replace('14 May', '9 June'), day: 25 },
    ];
    await groups.read();
    const text = await explained('call');
    expect(text).toContain(
      '  Also looked at:\n    – the same words, used another time: “Come to the square”, copies group, 2026-11-25  https://copies.example/again\n',
    );
    expect(text).toMatch(
      /\d+ % of “Come to the square” is in it, \d+ % of it here\. (\d+) of \d+ passages in common.*, but each names other days and neither names the other\.$/m,
    );
    await explain('call', { ...groups.options(), json: true }, groups.printer);
    expect(groups.printed()).toMatchObject({
      attribution: { confidence: 'said' },
      relations: [
        {
          kind: 'reissue',
          reasons: expect.arrayContaining([{ code: 'other-days' }]),
          other: { url: 'https://copies.example/again', title: 'Come to the square', storyUid: expect.any(String) },
        },
      ],
      rulings: [],
    });
  });

  test('of a translation it says what is the same, and no share of words', async () => {
    const rescue =
      'On 14 November 2026 at 5:40 a boat with 47 people called Alarmnetz. The coast guard of Malta did not answer for 3 hours. At 11:25 the Sea Lark found the boat 62 miles south of Lampedusa. 45 people are alive, 2 are dead. We demand an inquiry. Captain Ruth Adler said in Valletta that the sea was calm.';
    const rettung =
      'Am 14. November 2026 um 5:40 Uhr rief ein Boot mit 47 Menschen bei Alarmnetz an. Die Küstenwache von Malta antwortete 3 Stunden lang nicht. Um 11:25 Uhr fand die Sea Lark das Boot 62 Meilen südlich von Lampedusa. 45 Menschen leben, 2 sind tot. Wir fordern eine Untersuchung. Kapitänin Ruth Adler sagte in Valletta, dass das Meer ruhig war.';
    groups.feeds.harbour = [{ path: 'rescue', title: 'A boat left alone', text: rescue }];
    groups.feeds.copies = [{ path: 'rettung', title: 'Boot allein gelassen', text: rettung, day: 21 }];
    await groups.read();
    const text = await explained('rescue');
    expect(text).toContain('– the same in another language: “Boot allein gelassen”');
    expect(text).toMatch(/^ {6}Numbers and names that a translation keeps are the same/m);
    expect(text).not.toContain('0 %');
  });

  test('what is not stored is told in the form that was asked for', async () => {
    await groups.read();
    groups.said();
    expect(await explain('nowhere', groups.options(), groups.printer)).toBe(2);
    expect(groups.said()).toContain('Nothing is stored under nowhere.');
    expect(await explain('nowhere', { ...groups.options(), json: true }, groups.printer)).toBe(2);
    expect(groups.printed()).toEqual({ error: expect.stringContaining('Nothing is stored under nowhere.') });
  });

  test('shows the rulings that apply, with number and reason, and what they keep apart', async () => {
    groups.feeds.copies = [{ path: 'copy', title: 'Come to the square', text: call, day: 21 }];
    await groups.read();
    const [a, b] = ['https://harbour.example/call', 'https://copies.example/copy'];
    await rule({ kind: 'different', a, b }, { ...groups.options(), because: 'two marches' }, groups.printer);
    await rule({ kind: 'original', item: b, group: 'Night Shift' }, groups.options(), groups.printer);
    const text = await explained(b);
    expect(text).toContain('who wrote it  ruled by you');
    expect(text).toContain('original  Night Shift (credited; we do not hold its copy)');
    expect(text).toContain('tied to this, and kept apart: “Come to the square”, harbour group');
    expect(text).toContain('; ruling 1 says that they are two stories.');
    expect(text).toMatch(
      new RegExp(
        `  Ruled:\n +1 {2}\\d{4}-\\d\\d-\\d\\d {2}${a} and ${b} are two stories\n +because: two marches\n +2 `,
      ),
    );
    expect(await explained(a)).not.toContain('Night Shift');
  });
});
