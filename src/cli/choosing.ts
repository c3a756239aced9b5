/** What was found at a site → the one source that is to be followed: chosen by a person, or the best, which is then said. */

import { proposals } from '../discovery/repeated.ts';
import type { SeenFeed } from '../discovery/seen-feed.ts';
import { type FeedlessPage, type FindingEdges, type Found, findFeeds, readPage } from '../finding.ts';
import type { PageSelectors } from '../model.ts';
import { terminalLine } from '../text/safe.ts';
import { choiceLines, figures, lookLines, wayWords } from './feed-words.ts';
import { colour, type Printer } from './print.ts';
import { askYes, type Questions } from './questions.ts';
import { exitCodes } from './settings.ts';

export interface Chosen {
  readonly kind: 'chosen';
  readonly look: SeenFeed;
  /** Selectors, of a page without a feed. */
  readonly page?: PageSelectors | undefined;
}
export type Choice =
  | Chosen
  /** `why` in whole sentences. */
  | { readonly kind: 'none'; readonly why: string; readonly exitCode: number };

export interface Wishes {
  /** Number in the list, as typed. */
  readonly feed?: string | undefined;
}

/** Who is asked and told while a choice is made. */
export interface Talk {
  readonly questions: Questions;
  /** What a person reads; nothing with --json or --quiet. */
  readonly say: Printer['line'];
  readonly edges: FindingEdges;
}

/** What to do about an address that is nobody's source yet. */
const advices: readonly (readonly [codes: RegExp, advice: string])[] = [
  [
    /^fetch\/(?:unreachable|timeout|cut-off|server-error|bad-answer|told-to-wait)$/,
    'Open the address in a browser. If it does not work there either, look how it is spelt; else try again later.',
  ],
  [/^fetch\/(?:not-found|gone)$/, 'Open the site in a browser: it may have moved.'],
  [/^fetch\/refused-address$/, 'If that is your own server, name it under  network: allow  in sources.yaml.'],
  [/^fetch\/(?:too-many|bad)-redirect/, 'Open the address in a browser, and give the one that you end up at.'],
  [/^parse\/parked-domain$/, 'The domain has lost its owner. Ask the group where it writes now.'],
  [/^parse\//, 'Open the address in a browser, and give the address of the page on which the group’s news are listed.'],
];

/** Looks for feeds; whoever waits at a terminal sees what is asked. */
export async function search(urls: readonly [string, ...string[]], { questions, say, edges }: Talk): Promise<Found> {
  say(`Looking for feeds at ${terminalLine(urls[0])} …`);
  return await findFeeds(urls, edges, (url) => {
    if (questions.isAnswered && url !== urls[0]) say(colour('dim', `  ${terminalLine(url)}`));
  });
}

/** Chooses among what was found; of a page without a feed, what selectors catch. */
export async function choose(found: Found, wishes: Wishes, talk: Talk): Promise<Choice> {
  if (found.kind === 'failed') {
    const { code, happened, todo } = found.problem;
    const advice = advices.find(([codes]) => codes.test(code))?.[1] ?? todo;
    return none(`${found.asked} ${happened.replace(/[.!?…]?$/, '.')} ${advice}`);
  }
  return found.kind === 'feeds' ? await chooseFeed(found, wishes, talk) : await chooseSelectors(found.page, talk);
}

async function chooseFeed(
  found: Found & { readonly kind: 'feeds' },
  { feed }: Wishes,
  { questions, say, edges }: Talk,
): Promise<Choice> {
  const { feeds } = found;
  const now = edges.clock.now();
  say(wayWords(found));
  let number = feed === undefined ? 1 : numberIn(feed, feeds.length);
  if (number === undefined)
    return none(`--feed ${terminalLine(feed ?? '')}: ${choiceOf(feeds.length)}.`, exitCodes.usage);
  if (feeds.length > 1) {
    for (const line of choiceLines(feeds, now)) say(line);
    if (feed === undefined && questions.isAnswered) {
      do {
        const answer = await questions.ask(`Which one? A number, or Enter for 1:`, '1');
        if (answer === undefined) return none(nothingSaid);
        number = numberIn(answer, feeds.length);
        if (number === undefined) say(`  ${choiceOf(feeds.length)}.`);
      } while (number === undefined);
    } else if (feed === undefined) say('Takes the best, number 1. For another say  --feed 2  and the like.');
    say('');
  }
  const look = feeds[number - 1] ?? feeds[0];
  for (const line of lookLines(look, now)) say(line);
  return { kind: 'chosen', look };
}

function numberIn(typed: string, most: number): number | undefined {
  const number = /^\d{1,2}$/.test(typed) ? Number(typed) : 0;
  return number >= 1 && number <= most ? number : undefined;
}

function choiceOf(most: number): string {
  return most === 1 ? 'there is only one feed, number 1' : `there are feeds number 1 to ${most}`;
}

/** Guesses that are tried on the page itself: each asks for it anew. */
const mostTried = 2;
const fewestCaught = 3;

async function chooseSelectors(page: FeedlessPage, { questions, say, edges }: Talk): Promise<Choice> {
  const where = terminalLine(page.url);
  say(`The page ${where} has no feed that Relais can find.`);
  const now = edges.clock.now();
  let refusal = '';
  for (const selectors of proposals(page.html, page.url, mostTried)) {
    const read = await readPage(page.url, selectors, edges);
    if (read?.kind === 'failed') {
      refusal = `${read.problem.happened}. `;
      if (read.problem.code.startsWith('fetch/')) break;
      continue;
    }
    if (read === undefined || read.look.itemCount < fewestCaught) continue;
    const { look } = read;
    say('But its texts can be read off the page itself, by these selectors:');
    for (const [part, selector] of Object.entries(selectors)) say(`    ${part}: ${terminalLine(selector)}`);
    say(`  They catch now: ${figures(look, now)}`);
    for (const line of lookLines(look, now).slice(3)) say(line);
    const isMeant = questions.isAnswered ? await askYes('Are these the texts of the group?', true, questions) : true;
    if (isMeant === undefined) return none(nothingSaid);
    if (isMeant) return { kind: 'chosen', look: { ...look, title: page.title ?? look.title }, page: selectors };
  }
  return none(
    `${refusal}No feed was found at ${where}, and no list of texts that Relais could read off the page. ` +
      'Look on the site for a link called RSS or feed and give its address, or ask the group for it.',
  );
}

const nothingSaid = 'Nothing was chosen, and nothing was written.';

function none(why: string, exitCode: number = exitCodes.needsPerson): Choice {
  return { kind: 'none', why, exitCode };
}
