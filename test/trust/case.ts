/** A source over which nothing hangs, and a document of it, for tests that change one thing at a time. */
import type { Item, ServerMarks, SourceMemory } from '../../src/model.ts';
import type { KnownSample } from '../../src/refresh-plan.ts';
import type { Case } from '../../src/trust/judge.ts';
import { item, source, url } from '../stories/builders.ts';

export const now = Date.UTC(2026, 10, 20);
export const hour = 3_600_000;
export const day = 24 * hour;

const nothing = { etag: undefined, lastModified: undefined };

export function memory(given: Partial<SourceMemory> = {}): SourceMemory {
  return {
    key: 'harbour.example/feed',
    feedUrl: undefined,
    askedUrl: undefined,
    bodyUrl: undefined,
    validators: nothing,
    bodyHash: undefined,
    title: 'Harbour Watch',
    home: 'https://harbour.example/',
    lang: 'en-GB',
    generator: 'https://wordpress.org/?v=6.4',
    marks: marks(),
    feedHints: undefined,
    nextDue: now,
    lastTried: now - 2 * hour,
    lastSuccess: now - 2 * hour,
    lastBody: now - 2 * hour,
    lastNewItem: now - 5 * day,
    rhythmMs: 2 * day,
    failures: 0,
    failingSince: undefined,
    lastAbandoned: undefined,
    problem: undefined,
    isGone: false,
    move: undefined,
    held: undefined,
    stoppedSince: undefined,
    silentSince: undefined,
    standing: [],
    waitUntil: undefined,
    ...given,
  };
}

export function marks(given: Partial<ServerMarks> = {}): ServerMarks {
  return {
    address: '192.0.2.7',
    tlsIssuer: "Let's Encrypt",
    software: 'nginx/1.24',
    domain: 'harbour.example',
    ...given,
  };
}

/** Words that no other number gives. */
export function words(number: number, count = 20): string {
  return Array.from({ length: count }, (_, at) => `word${number}x${at}`).join(' ');
}

/** The source's n-th item, two days after the one before it; stored at the latest when it is dated. */
export function post(n: number, given: Partial<Omit<Item, 'html'>> & { html?: string } = {}): Item {
  return item(`https://harbour.example/?p=${n}`, {
    title: `Report ${n}`,
    url: url(`https://harbour.example/2026/report-${n}`),
    published: now - 60 * day + 2 * day * n,
    text: words(n),
    html: `<p>${words(n)} <a href="https://friend.example/${n}">a friend</a></p>`,
    ...given,
  });
}

export function stored(one: Item, id: number): KnownSample {
  const { guid, title, url: page, published, text, html, lang } = one;
  return { id, guid, title, url: page, published, date: published ?? now - day, seen: now - day, text, html, lang };
}

export const posts = (from: number, to: number): Item[] =>
  Array.from({ length: to - from + 1 }, (_, at) => post(from + at));

/** An ordinary document: what is stored, and with it `newItems`. */
export function document(listed: readonly Item[], known: readonly Item[], given: Partial<Case> = {}): Case {
  const guids = new Set(known.map((one) => one.guid));
  return {
    source: source('https://harbour.example/feed'),
    before: memory(),
    head: { title: 'Harbour Watch', home: 'https://harbour.example/', lang: 'en-GB', generator: 'WordPress 6.5' },
    fetched: { url: 'https://harbour.example/feed', marks: marks({ software: 'nginx' }) },
    names: {
      listed: listed.map((one) => one.guid),
      known: new Set(listed.map((one) => one.guid).filter((guid) => guids.has(guid))),
    },
    newItems: listed.filter((one) => !guids.has(one.guid)),
    samples: known.map((one, at) => stored(one, at + 1)).reverse(),
    now,
    ...given,
  };
}
