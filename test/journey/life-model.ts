/**
 * What is to be published of the small world, by the rules as docs/withdrawals.md and docs/consent.md tell them to maintainers.
 * It knows nothing of the program: no guid, no hash, no table, no comparing of texts.
 */
import {
  groupOf,
  type Host,
  type LifeWorld,
  type Listed,
  type Show,
  samePair,
  shows,
  type Text,
  texts,
} from './life-events.ts';

interface Item {
  readonly item: string;
  readonly text: Text;
  readonly host: Host;
  version: number;
  /** Theme lines that were in it. */
  lines: number;
  isMarked: boolean;
  /** Versions of what a person has let pass. */
  readonly released: Set<number>;
  /** Corrections that its readers have been told of. */
  corrections: number;
  /** Who took it back, or with which item it went. */
  gone: 'source' | 'maintainer' | { readonly along: Item } | undefined;
  hasWords: boolean;
  isWiped: boolean;
  /** Let in, without words: shown once its source lists it again. */
  isAwaited: boolean;
  isLetIn: boolean;
  missing: { firstGone: number | undefined; next: number; tries: number } | undefined;
}

/** One story as readers are to find it. */
export interface Shown {
  readonly title: string;
  readonly show: Show;
  readonly version: number;
  readonly isCorrected: boolean;
}

const hour = 3_600_000;
const day = 24 * hour;

export class LifeModel {
  readonly #items = new Map<string, Item>();
  readonly #world: LifeWorld;
  #nights: number | undefined;

  constructor(world: LifeWorld) {
    this.#world = world;
  }

  /** The night's work, made up for; then everybody is asked, and pages of what is missing are looked at. */
  visit(now: number): void {
    const { listed, deleted } = this.#world;
    const nights = Math.floor((now - 4.5 * hour) / day);
    if (nights > (this.#nights ?? nights)) this.#night();
    this.#nights = nights;
    for (const host of ['harbour', 'copies', 'third'] as const) {
      for (const item of this.#all()) if (item.host === host && deleted.has(item.item)) this.#takeBack(item, 'source');
      const lines = this.#newLines(host);
      for (const one of listed[host]) this.#read(one, lines);
      this.#spread();
    }
    this.#look(now);
    this.#spread();
  }

  /** By the maintainer. */
  withdraw(name: string): void {
    const item = this.#items.get(name);
    if (item !== undefined) this.#takeBack(item, 'maintainer');
    this.#spread();
  }

  restore(name: string): void {
    const item = this.#items.get(name);
    if (item === undefined || item.gone === undefined) return;
    const along = new Set([item]);
    for (const one of along)
      for (const other of this.#all()) if (typeof other.gone === 'object' && other.gone.along === one) along.add(other);
    for (const one of along) {
      one.gone = undefined;
      one.isAwaited = !one.hasWords;
    }
    item.isLetIn = true;
    this.#spread();
  }

  /** Lets pass what is found in an item, and the same in what is of one story with it. */
  release(name: string): void {
    const item = this.#items.get(name);
    if (item === undefined || !item.isMarked) return;
    for (const one of this.#storyOf(item)) {
      const wasParked = this.#isParked(one);
      one.released.add(item.version);
      if (wasParked && !this.#isParked(one)) one.corrections = 0; // nobody has read what it said before
    }
  }

  settle(): void {
    this.#spread();
  }

  /** Words of what is taken back are wiped. */
  #night(): void {
    for (const item of this.#all())
      if (item.gone !== undefined) Object.assign(item, { hasWords: false, isWiped: true });
  }

  #all(): Item[] {
    return [...this.#items.values()];
  }

  /** Lines that a theme has put into most posts that are known, and three at least: nobody has corrected anything with these. */
  #newLines(host: Host): ReadonlySet<number> {
    const known = this.#world.listed[host].flatMap((one) => this.#items.get(one.item) ?? []);
    const most = Math.max(3, Math.floor(known.length / 2) + 1);
    const lines = Array.from({ length: this.#world.themeLines }, (_, at) => at);
    const standing = known.filter(isStanding);
    return new Set(lines.filter((line) => standing.filter((one) => one.lines <= line).length >= most));
  }

  #read({ item: name, text, version, isMarked = false }: Listed, themes: ReadonlySet<number>): void {
    const known = this.#items.get(name);
    if (known === undefined) {
      const host = groupOf(name);
      const before = this.#all().find((one) => one.text === text && one.host === host && one.gone !== undefined);
      const gone = before === undefined ? undefined : { along: before };
      const fresh = {
        corrections: 0,
        hasWords: true,
        isWiped: false,
        isAwaited: false,
        isLetIn: false,
        missing: undefined,
      };
      const lines = host === 'harbour' ? this.#world.themeLines : 0;
      const said = { version, lines, isMarked, released: new Set<number>() };
      this.#items.set(name, { item: name, text, host, gone, ...said, ...fresh });
      return;
    }
    known.missing = undefined;
    const lines = known.host === 'harbour' ? this.#world.themeLines : 0;
    const now = { version, lines, isMarked };
    if (known.isAwaited) Object.assign(known, { isAwaited: false, hasWords: true, isWiped: false, ...now });
    else if (known.hasWords && (known.version !== version || known.lines !== lines)) {
      if (known.gone === undefined) {
        const wasParked = this.#isParked(known);
        const isTheme = Array.from({ length: lines - known.lines }, (_, at) => known.lines + at).every((one) =>
          themes.has(one),
        );
        if (known.version !== version || !isTheme) known.corrections += 1;
        Object.assign(known, now);
        if (wasParked && !this.#isParked(known)) known.corrections = 0;
      } else {
        known.hasWords = false; // the old ones are not to come back
      }
    }
  }

  #takeBack(item: Item, by: 'source' | 'maintainer'): void {
    if (item.gone === 'source' || item.gone === 'maintainer') return;
    item.gone = by;
    item.isAwaited = false;
    item.isLetIn = false;
    if (by === 'source') item.hasWords = false;
  }

  /**
   * Reposts go with the author's own, unless they may stay: those that say whose it is whoever takes it back, those that say
   * nothing only where the maintainer does.
   */
  #spread(): void {
    for (const items of this.#stories()) {
      const own = items.filter(({ host }) => host === 'harbour');
      const [root] = own;
      const isGone = root !== undefined && typeof root.gone === 'string';
      if (!isGone || own.some(isStanding) || this.#world.keeps) continue;
      for (const one of items)
        if (isStanding(one) && !one.isLetIn && (one.host === 'copies' || root.gone === 'maintainer'))
          one.gone = { along: root };
    }
  }

  /** What is of one story: the same text, or what the maintainer says; and what went along with another stays beside it. */
  #stories(): Item[][] {
    const { different, isSame } = this.#world;
    const stories: Item[][] = [];
    for (const text of texts) {
      const items = this.#all().filter((one) => one.text === text);
      const isCopy = ({ host }: Item): boolean => host === 'copies';
      const isApart = different.has(text);
      const whole = isApart ? items.filter((one) => !isCopy(one)) : items;
      const [first, second] = samePair;
      const isJoined = (one: Item): boolean => typeof one.gone === 'object' && one.gone.along.text === first;
      const before = text === second ? stories.find(([one]) => one?.text === first) : undefined;
      if (before !== undefined && (isSame || whole.some(isJoined))) before.push(...whole);
      else stories.push(whole);
      if (isApart) stories.push(items.filter(isCopy));
    }
    return stories.filter((items) => items.length > 0);
  }

  #storyOf(item: Item): readonly Item[] {
    return this.#stories().find((items) => items.includes(item)) ?? [];
  }

  /** What was found in it has not been let pass, in it or in another of its story. */
  #isParked(item: Item): boolean {
    return item.isMarked && !this.#storyOf(item).some(({ released }) => released.has(item.version));
  }

  /** What is missing in the middle of Harbour's feed is looked for at its page; off the end is not missing. */
  #look(now: number): void {
    const dates = this.#world.listed.harbour.map(({ text }) => texts.indexOf(text));
    const rows = new Map<number, Item[]>();
    const isListed = (item: Item): boolean => this.#world.listed.harbour.some((one) => one.item === item.item);
    for (const item of this.#all()) {
      if (item.host !== 'harbour' || isListed(item) || item.gone !== undefined || item.isAwaited) continue;
      const date = texts.indexOf(item.text);
      const older = dates.filter((one) => one < date).length;
      if (date < Math.max(...dates)) rows.set(older, [...(rows.get(older) ?? []), item]);
    }
    for (const [older, row] of rows)
      for (const item of row) if (row.length <= older) item.missing ??= { firstGone: undefined, next: now, tries: 0 };
    for (const item of this.#all()) {
      const { missing } = item;
      if (missing === undefined || missing.next > now || item.gone !== undefined || item.isAwaited) continue;
      if (!this.#world.gone.has(item.item)) {
        const gap = [1, 2, 4, 8, 16][missing.tries] ?? Number.POSITIVE_INFINITY;
        item.missing = { firstGone: undefined, tries: missing.tries + 1, next: now + gap * day };
      } else if (missing.firstGone === undefined) item.missing = { ...missing, firstGone: now, next: now + day };
      else {
        item.missing = undefined;
        if (!item.isLetIn) this.#takeBack(item, 'source');
      }
    }
  }

  /** Stories with a text of anybody's that may be shown. */
  published(): Shown[] {
    return this.#stories().flatMap((items) => this.#story(items) ?? []);
  }

  /** Texts of which everything was taken back, or is not to be shown: whoever reads our feeds is told. */
  gone(): Text[] {
    return texts.filter((text) => {
      const items = this.#all().filter((one) => one.text === text);
      return items.length > 0 && (items.every(({ gone }) => gone !== undefined) || this.#isSilenced(items));
    });
  }

  /** True for a text whose story has been another's too. */
  wasJoined(text: Text): boolean {
    return this.#world.wasSame && samePair.some((one) => one === text);
  }

  /** Under how many names Harbour has posted it. */
  guidsOf(text: Text): number {
    return this.#all().filter((one) => one.text === text && one.host === groupOf(text)).length;
  }

  /** Texts whose words are nowhere to be found after the night. */
  wiped(): Text[] {
    const known = new Set(this.#all().map(({ text }) => text));
    return [...known].filter((text) =>
      this.#all().every((one) => one.text !== text || (one.gone !== undefined && one.isWiped)),
    );
  }

  #story(items: readonly Item[]): Shown | undefined {
    const shown = this.#shownOf(items);
    const show = this.#levelOf(items);
    if (shown === undefined || show === 'none' || this.#isParked(shown)) return undefined;
    const { text, version, corrections } = shown;
    return { title: `Title ${text}`, show, version, isCorrected: corrections > 0 };
  }

  /** The author's own, else the earliest of the others. */
  #shownOf(items: readonly Item[]): Item | undefined {
    const standing = items.filter((one) => isStanding(one) && this.#world.show[one.host] !== 'none');
    const byDate = (one: Item): number =>
      texts.indexOf(one.text) * 100 + (one.host === 'copies' ? 20 : one.host === 'third' ? 10 : 0);
    return standing.sort((a, b) => byDate(a) - byDate(b))[0];
  }

  /** The stricter of what the author and whoever is shown have agreed to. */
  #levelOf(items: readonly Item[]): Show {
    const { show, keeps } = this.#world;
    const shown = this.#shownOf(items);
    if (shown === undefined) return 'none';
    const own = items.filter(({ host }) => host === 'harbour');
    // Where the author's own is gone, whoever has published on their own is the author; but for what stays as a repost of it.
    const isKept =
      keeps || own.some(({ isAwaited }) => isAwaited) || items.some((one) => isStanding(one) && one.isLetIn);
    const isTheirs = own.some(isStanding) || (own.length > 0 && isKept) || shown.host === 'copies';
    const author = isTheirs ? show.harbour : show.third;
    return shows[Math.max(shows.indexOf(show[shown.host]), shows.indexOf(author))] as Show;
  }

  /** It stands, and nobody is to see it. */
  #isSilenced(items: readonly Item[]): boolean {
    return items.some(isStanding) && this.#levelOf(this.#storyOf(items[0] as Item)) === 'none';
  }
}

function isStanding({ gone, isAwaited }: Item): boolean {
  return gone === undefined && !isAwaited;
}
