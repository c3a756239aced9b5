/** Folders → sections: which is which that is there already, short names for those that are new, and none of them twice. */
import { sectionIdFor } from '../config/kinds.ts';
import { isPathSegment } from '../text/safe.ts';

/** A section that sources go into. */
export interface Destination {
  readonly id: string;
  /** What readers see; undefined where the id says the same. */
  readonly title: string | undefined;
  readonly isNew: boolean;
}

/** A section as it stands in sources.yaml. */
export interface KnownSection {
  readonly id: string;
  readonly title: string | undefined;
}

/** Longest first words of an id; the rest tells like from like. */
const longest = 56;

export class Places {
  private readonly known: readonly KnownSection[];
  /** By what is asked for. */
  private readonly given = new Map<string, Destination>();

  constructor(known: readonly KnownSection[]) {
    this.known = known;
  }

  /** @param folders titles, outermost first; at least one */
  forFolders(folders: readonly string[]): Destination {
    const title = folders.join(' / ');
    return this.remember(JSON.stringify(folders), () =>
      this.knownOr(title, folders.map((one) => one.trim()).join(' ')),
    );
  }

  /** @param id as another sources.yaml had it */
  forId(id: string, title: string | undefined): Destination {
    return this.remember(`id ${id}`, () => {
      const there = this.known.find((section) => section.id === id);
      if (there !== undefined) return { id, title: there.title, isNew: false };
      const isFine = isPathSegment(id) && sectionIdFor(id) === id && !this.isGiven(id);
      return { id: isFine ? id : this.freeId(title ?? id), title, isNew: true };
    });
  }

  /** For sources that stand in no folder. @param title of the list, or the name of its file */
  forTheRest(title: string): Destination {
    return this.remember('the rest', () => this.knownOr(title, title));
  }

  private remember(key: string, make: () => Destination): Destination {
    const known = this.given.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.given.set(key, made);
    return made;
  }

  private knownOr(title: string, words: string): Destination {
    const folded = title.toLowerCase();
    const id = sectionIdFor(words);
    const there =
      this.known.find((section) => section.title?.toLowerCase() === folded) ?? this.known.find((one) => one.id === id);
    if (there !== undefined) return { id: there.id, title: there.title, isNew: false };
    const free = this.freeId(words);
    return { id: free, title: titleOfId(free) === title ? undefined : title, isNew: true };
  }

  /** `search` is a name that Relais keeps for itself, so that one becomes `search-sources`; one without letters of a-z is counted. */
  private freeId(words: string): string {
    const wanted = (sectionIdFor(words) ?? sectionIdFor(`${words} sources`))?.slice(0, longest).replace(/-$/, '');
    const base = wanted === undefined || wanted === '' ? 'section' : wanted;
    let id = wanted === undefined ? 'section-1' : base;
    for (let count = 2; this.isGiven(id) || sectionIdFor(id) !== id; count++) id = `${base}-${count}`;
    return id;
  }

  private isGiven(id: string): boolean {
    return (
      this.known.some((section) => section.id === id) || [...this.given.values()].some((section) => section.id === id)
    );
  }
}

/** The title of a section that says none, as config/build.ts makes it. */
export function titleOfId(id: string): string {
  return id.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
}
