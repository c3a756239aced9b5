/** News of the relay → the mail that tells the maintainer: what needs a person first, each with what to do. */
import type { Config, News, NewsKind } from '../model.ts';
import { plainLine } from '../text/safe.ts';

export interface Letter {
  readonly subject: string;
  readonly text: string;
  /** Made of the news it tells: the same news sent twice is one mail to whoever reads it. */
  readonly messageId: string;
}

interface ToldNews extends News {
  readonly id: number;
}

/** In the order of the mail; what needs a person comes first. */
const headings: Readonly<Record<NewsKind, readonly [one: string, many: string]>> = {
  held: ['looks like another site', 'look like other sites'],
  parked: ['has texts that wait for you', 'have texts that wait for you'],
  hub: ['is not in touch', 'are not in touch'],
  digest: ['has a digest that does not go out', 'have digests that do not go out'],
  vanished: ['has taken many texts away', 'have taken many texts away'],
  again: ['lists again what was taken back', 'list again what was taken back'],
  gone: ['is gone', 'are gone'],
  failing: ['does not answer', 'do not answer'],
  emptied: ['lists nothing any more', 'list nothing any more'],
  cut: ['arrives cut off', 'arrive cut off'],
  silent: ['has gone silent', 'have gone silent'],
  agreement: ['has an agreement that ends', 'have agreements that end'],
  against: ['speaks against a ruling', 'speak against rulings'],
  wish: ['has said how much may be shown', 'have said how much may be shown'],
  moved: ['has moved', 'have moved'],
  back: ['is back', 'are back'],
};

/** @param news at least one, as the store keeps it */
export function summarise(news: readonly ToldNews[], config: Config): Letter {
  const groups = Object.entries(headings)
    .map(([kind, [one, many]]) => ({ one, many, told: news.filter((item) => item.kind === kind) }))
    .filter(({ told }) => told.length > 0);
  const counts = groups.map(({ one, many, told }) =>
    told.length === 1 ? `${plainLine(told[0]?.source ?? '', 60)} ${one}` : `${told.length} sources ${many}`,
  );
  const parts = groups.flatMap(({ told }) => told.map(paragraph));
  const site = config.site.url === undefined ? '' : `\nAll sources: ${config.site.url}status/`;
  const ids = news.map((item) => item.id);
  const host = config.site.url === undefined ? 'relais.invalid' : new URL(config.site.url).hostname;
  return {
    subject: plainLine(`${config.site.title}: ${counts.join('; ')}`, 200),
    text: `${parts.join('\n\n')}\n\n-- \nRelais tells each of these once.  relais status  shows how things stand.${site}\n`,
    messageId: `news-${Math.min(...ids)}-${Math.max(...ids)}-${ids.length}-${Math.min(...news.map((item) => item.at))}@${host}`,
  };
}

function paragraph({ source, at, words }: ToldNews): string {
  return `${plainLine(source, 200)}\n${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC\n${plainLine(words, 2_000)}`;
}
