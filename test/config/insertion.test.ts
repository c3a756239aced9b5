/** A source written into sources.yaml: what is new stands where it belongs, and every other byte is as it was. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insertSources, type NewSource } from '../../src/config/insertion.ts';
import { readYaml } from '../../src/yaml/read.ts';

const plain = { url: 'https://new.example/feed' };
const described = { url: 'https://new.example/feed', settings: { name: 'Comité: Nord', lang: 'fr', show: undefined } };

function inserted(text: string, sources: readonly NewSource[], id = 'calais', title?: string): string {
  const result = insertSources(text, title === undefined ? { id } : { id, title }, sources);
  if (result.kind === 'refused') throw new Error(result.why);
  return result.text;
}

/** The lines of the second text that the first has not, with their numbers. */
function added(before: string, after: string): string[] {
  const old = before.split('\n');
  const now = after.split('\n');
  const start = now.findIndex((line, index) => line !== old[index]);
  const count = now.length - old.length;
  expect([...now.slice(0, start), ...now.slice(start + count)]).toEqual(old);
  return now.slice(start, start + count).map((line, index) => `${start + index + 1}|${line}`);
}

const secret = ['$', '{KEY}'].join('');

describe('one line', () => {
  const cases: readonly [what: string, file: string, sources: readonly NewSource[], line: string][] = [
    ['a list of addresses', 'sections:\n  calais:\n    - https://a.example\n', [plain], '4|    - https://new.example/feed'],
    ['without an indentation', 'sections:\n  calais:\n  - https://a.example\n  sea:\n  - https://b.example\n', [plain], '4|  - https://new.example/feed'],
    ['before the next section', 'sections:\n  calais:\n    - https://a.example\n\n  # the sea\n  sea:\n    - https://b.example\n', [plain], '4|    - https://new.example/feed'],
    ['what is said, in brackets', 'sections:\n  calais:\n    - https://a.example\n', [described], '4|    - { url: https://new.example/feed, name: "Comité: Nord", lang: fr }'],
    ['below the remarks of the last', 'sections:\n  calais:\n    sources:\n      - url: https://a.example # ours\n        # every: 6h\n        show: full # they agreed\n        # licence: ?\n      # not yet:\n      # - https://c.example\n', [plain], '8|      - https://new.example/feed'],
    ['a note', 'sections:\n  calais:\n    - https://a.example\n', [{ ...plain, remark: 'moved\nin' }], '4|    - https://new.example/feed  # moved in'],
    ['a list without sources', 'sections:\n  calais:\n    title: Calais\n    sources:\n  sea: [ https://b.example ]\n', [plain], '5|      - https://new.example/feed'],
    ['a section without a list', 'sections:\n  calais: # soon\n  sea: [ https://b.example ]\n', [plain], '3|    - https://new.example/feed'],
    ['a secret', 'sections:\n  calais:\n    - https://a.example\n', [{ url: `https://new.example/?key=${secret}` }], `4|    - https://new.example/?key=${secret}`],
  ]; // biome-ignore format: a table

  test.each(cases)('%s', (_what, file, sources, line) => {
    expect(added(file, inserted(file, sources))).toEqual([line]);
  });

  test('in a file with a byte order mark, with the line ends of Windows, without an end of the last line', () => {
    const file = '\ufeffsections:\r\n  calais:\r\n    - https://a.example';
    expect(inserted(file, [plain])).toBe(`${file}\r\n    - https://new.example/feed\r\n`);
  });

  test('in brackets', () => {
    const write = (list: string): string => inserted(`sections:\n  calais: ${list}\n`, [plain]).split('\n')[1] ?? '';
    expect(write('[https://a.example]')).toBe('  calais: [https://a.example, https://new.example/feed]');
    expect(write('[ https://a.example, ] # two')).toBe(
      '  calais: [ https://a.example, https://new.example/feed ] # two',
    );
    expect(write('{ title: C, sources: [ https://a.example ] }')).toContain(
      '[ https://a.example, https://new.example/feed ]',
    );
  });

  test('the shipped file', () => {
    const file = readFileSync('sources.yaml', 'utf8');
    const lines = added(file, inserted(file, [described], 'channel'));
    expect(lines).toHaveLength(1);
    expect(inserted(file, [described], 'channel')).toContain(
      `https://alarmphone.org/en/feed/\n${lines[0]?.replace(/^\d+\|/, '')}\n`,
    );
  });
});

test('what is too long for a line stands on several', () => {
  const file = 'sections:\n  calais:\n    - https://a.example\n';
  const page = {
    item: 'main > article.event:not(.past)',
    title: 'h2.event-title a',
    link: 'h2.event-title a',
    date: 'time[datetime]',
  };
  expect(added(file, inserted(file, [{ ...plain, settings: { name: 'Agenda', page } }]))).toEqual([
    '4|    - url: https://new.example/feed',
    '5|      name: Agenda',
    '6|      page: { item: "main > article.event:not(.past)", title: h2.event-title a, link: h2.event-title a, date: "time[datetime]" }',
  ]);
});

test('a section that is not there is made at the end of the others, or in an empty file', () => {
  const file = 'sections:\n  calais:\n    - https://a.example\n\nnetwork:\n  parallel: 4\n';
  expect(added(file, inserted(file, [plain], 'sea', 'The sea'))).toEqual([
    '4|  sea:',
    '5|    title: The sea',
    '6|    sources:',
    '7|      - https://new.example/feed',
  ]);
  expect(inserted('# nothing yet\n', [plain], 'sea')).toBe(
    '# nothing yet\nsections:\n  sea:\n    - https://new.example/feed\n',
  );
  expect(inserted('site: { title: N }', [plain], 'sea')).toBe(
    'site: { title: N }\nsections:\n  sea:\n    - https://new.example/feed\n',
  );
});

test('the lines that are new are told', () => {
  const file = 'sections:\n  calais:\n    - https://a.example\n  sea:\n    - https://b.example\n';
  expect(insertSources(file, { id: 'calais' }, [plain, described])).toMatchObject({ from: 4, to: 5 });
  expect(insertSources('sections:\n  calais: [ https://a.example ]\n', { id: 'calais' }, [plain])).toMatchObject({
    from: 2,
    to: 2,
  });
});

test('a file with mistakes, or of a form that leaves no place, is refused with what to do', () => {
  expect(insertSources('sections:\n\t- x\n', { id: 'calais' }, [plain])).toMatchObject({ kind: 'refused' });
  const flow = insertSources('sections: { calais: [ https://a.example ] }\n', { id: 'sea' }, [plain]);
  expect(flow).toMatchObject({ kind: 'refused', why: expect.stringContaining('- https://new.example/feed') });
  expect(insertSources('- a list\n', { id: 'sea' }, [plain])).toMatchObject({ kind: 'refused' });
});

test('whatever texts are written, they are read again as they were, and nothing else has changed', () => {
  const file = readFileSync('sources.yaml', 'utf8');
  const before = readYaml(file);
  const said = fc.dictionary(
    fc.constantFrom('name', 'credit', 'tags', 'page'),
    fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.array(fc.string()), fc.boolean()),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('calais', 'channel', 'mediterranean', 'new'),
      said,
      fc.string(),
      (id, settings, remark) => {
        const result = insertSources(file, { id }, [{ url: 'https://x.example/?a={b},c', settings, remark }]);
        expect(result.kind).toBe('inserted');
        if (result.kind !== 'inserted' || before.kind !== 'value') return;
        const rest = result.text.split('\n');
        rest.splice(result.from - 1, result.to - result.from + 1);
        expect(rest.join('\n')).toBe(file);
      },
    ),
  );
});
