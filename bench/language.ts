/**
 * How well languages are told: the sentences of test/cases/language (written for this) read alone, as titles, and together,
 * with nothing declared. `right` of those asked; `wrong` are confident mistakes, the rest are left undetermined.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { languagesIn } from '../src/normalise/languages.ts';
import { detectLanguage, languageOfPart } from '../src/text/language.ts';

const folder = new URL('../test/cases/language/', import.meta.url);

interface Score {
  right: number;
  wrong: string[];
  of: number;
}

function scoreOf(texts: readonly string[], lang: string): Score {
  const heard = texts.map((text) => ({ text, lang: detectLanguage(text, []) }));
  return {
    right: heard.filter((one) => one.lang === lang).length,
    wrong: heard.filter((one) => one.lang !== lang && one.lang !== 'und').map((one) => `${one.lang}: ${one.text}`),
    of: texts.length,
  };
}

const totals = new Map<string, Score>();
const mistakes: string[] = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  const lang = file.slice(0, -'.txt'.length);
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
  const titles = lines.filter((line) => line.startsWith('# ')).map((line) => line.slice(2));
  const texts = lines.filter((line) => !line.startsWith('# '));
  const kinds = {
    titles,
    sentences: texts,
    'sentences of 40 characters': texts.filter((text) => text.length >= 40),
    whole: [texts.join('\n')],
  };
  const cells = Object.entries(kinds).map(([kind, all]) => {
    const score = scoreOf(all, lang);
    const total = totals.get(kind) ?? { right: 0, wrong: [], of: 0 };
    totals.set(kind, {
      right: total.right + score.right,
      wrong: [...total.wrong, ...score.wrong],
      of: total.of + score.of,
    });
    mistakes.push(...score.wrong.map((one) => `${lang} heard as ${one}`));
    return `${score.right}/${score.of}`.padStart(7);
  });
  console.log(lang.padEnd(4), ...cells);
}
for (const [kind, { right, wrong, of }] of totals) {
  console.log(`${kind}: ${((right * 100) / of).toFixed(1)} % right, ${((wrong.length * 100) / of).toFixed(1)} % wrong`);
}
for (const mistake of mistakes) console.log(mistake);

let [right, of] = [0, 0];
const posts = readFileSync(new URL('../test/cases/bilingual.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n\n');
for (const post of posts) {
  const [head = '', ...lines] = post.split('\n');
  const text = lines.map((line) => line.slice(line.indexOf(' ') + 1)).join('\n');
  const { langs } = languagesIn(text, detectLanguage(text, []), false);
  const isRight = [...langs].sort().join(' ') === head.slice(2).split(' ').sort().join(' ');
  const parts = lines.filter((line) => {
    const [lang = '', ...words] = line.split(' ');
    return (languageOfPart(words.join(' '), langs[0]) ?? langs[0]) === lang;
  });
  right += parts.length;
  of += lines.length;
  if (!isRight || parts.length < lines.length)
    console.log(`${head}: ${langs.join(' ')}, ${parts.length} of ${lines.length}`);
}
console.log(`paragraphs of ${posts.length} posts in two languages: ${((right * 100) / of).toFixed(1)} % right`);

const neighbours = readFileSync(new URL('../test/cases/language-neighbours.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'));
const taken = neighbours.filter(([, text = '']) => detectLanguage(text, []) !== 'und');
console.log(`neighbours taken for one of ours: ${taken.length} of ${neighbours.length}`);
