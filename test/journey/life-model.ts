/**
 * What is to be published of the small world, by the rules as docs/withdrawals.md and docs/consent.md tell them to maintainers.
 * It knows nothing of the program: no guid, no hash, no table, no comparing of texts.
 */
import {
  copyOf,
  groupOf,
  type Host,
  type LifeWorld,
  type Listed,
  type Show,
  shows,
  type Text,
  texts,
} from './life-events.ts';

interface Item {
  readonly item: string;
  readonly text: Text;
  readonly host: Host;
  version: number;
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
      for (const one of listed[host]) this.#read(one);
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

  #read({ item: name, text, version }: Listed): void {
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
      this.#items.set(name, { item: name, text, host, version, gone, ...fresh });
      return;
    }
    known.missing = undefined;
    if (known.isAwaited) Object.assign(known, { isAwaited: false, hasWords: true, isWiped: false, version });
    else if (known.hasWords && known.version !== version) {
      if (known.gone === undefined) known.corrections += 1;
      else known.hasWords = false; // the old ones are not to come back
      known.version = version;
    }
  }

  #takeBack(item: Item, by: 'source' | 'maintainer'): void {
    if (item.gone === 'source' || item.gone === 'maintainer') return;
    item.gone = by;
    item.isAwaited = false;
    item.isLetIn = false;
    if (by === 'source') item.hasWords = false;
  }

  /** Reposts go with the author's own, unless they may stay. */
  #spread(): void {
    for (const text of texts) {
      const own = this.#all().filter((one) => one.text === text && one.host === 'harbour');
      const [root] = own;
      const isGone = root !== undefined && typeof root.gone === 'string';
      if (!isGone || own.some(isStanding) || this.#world.keeps) continue;
      const copy = this.#items.get(copyOf(text));
      if (copy !== undefined && isStanding(copy) && !copy.isLetIn && !this.#world.different.has(text))
        copy.gone = { along: root };
    }
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
    return texts.flatMap((text) => {
      const items = this.#all().filter((one) => one.text === text);
      if (!this.#world.different.has(text)) return this.#story(items);
      const isCopy = ({ host }: Item): boolean => host === 'copies';
      return [...this.#story(items.filter((one) => !isCopy(one))), ...this.#story(items.filter(isCopy))];
    });
  }

  /** Texts of which everything was taken back: whoever reads our feeds is told. */
  takenBack(): Text[] {
    return texts.filter((text) => {
      const items = this.#all().filter((one) => one.text === text);
      return items.length > 0 && items.every(({ gone }) => gone !== undefined);
    });
  }

  /** Under how many names Harbour has posted it. */
  guidsOf(text: Text): number {
    return this.#all().filter((one) => one.text === text && one.host !== 'copies').length;
  }

  /** Texts whose words are nowhere to be found after the night. */
  wiped(): Text[] {
    const known = new Set(this.#all().map(({ text }) => text));
    return [...known].filter((text) =>
      this.#all().every((one) => one.text !== text || (one.gone !== undefined && one.isWiped)),
    );
  }

  #story(items: readonly Item[]): Shown[] {
    const { show } = this.#world;
    const standing = items.filter((one) => isStanding(one) && show[one.host] !== 'none');
    const shown = standing.find(({ host }) => host !== 'copies') ?? standing[0];
    if (shown === undefined) return [];
    const author = shown.host === 'third' ? 'third' : 'harbour';
    const level = shows[Math.max(shows.indexOf(show[shown.host]), shows.indexOf(show[author]))] as Show;
    if (level === 'none') return [];
    const { text, version, corrections } = shown;
    return [{ title: `Title ${text}`, show: level, version, isCorrected: corrections > 0 }];
  }
}

function isStanding({ gone, isAwaited }: Item): boolean {
  return gone === undefined && !isAwaited;
}
