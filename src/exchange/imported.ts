/** What any list of sources is read into, whatever program has written it: the nouns of this room. */

/** One place in an imported file where a source is named. */
export interface ImportedSource {
  /** 1-based, in the imported file. */
  readonly line: number;
  /** As it is to stand in sources.yaml: `http(s)://`, or with `${NAME}` in it. */
  readonly url: string;
  /** Titles of the folders around it, outermost first; empty where it stands in none. */
  readonly folders: readonly string[];
  /** The id of the section that it stood in, of our own export. */
  readonly section?: string | undefined;
  /** What else is known of it, by the names of sources.yaml and in their form. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** True where another place of the same file describes it: here it is only named, with filters for this section at the most. */
  readonly isMention?: boolean;
  /** What was changed, and what could not be taken: whole sentences. */
  readonly remarks: readonly string[];
}

/** A sentence about a place in the imported file. */
export interface Remark {
  /** 1-based; undefined for the file as a whole. */
  readonly line: number | undefined;
  readonly text: string;
}

export interface ImportedList {
  /** What sort of file it is, for people: `OPML of FreshRSS`. */
  readonly form: string;
  /** The file's own title. */
  readonly title: string | undefined;
  readonly sources: readonly ImportedSource[];
  /** What is said of sections, by id and by the names of sources.yaml; of our own export only. */
  readonly sections: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** Entries that are none, and what concerns the whole file. */
  readonly remarks: readonly Remark[];
  /** Entries of which nothing could be taken; each has its remark. */
  readonly lost: number;
}

export type ImportRead =
  | { readonly kind: 'list'; readonly list: ImportedList }
  /** `why` is half a sentence about the file, and what to do. */
  | { readonly kind: 'refused'; readonly line: number; readonly why: string };
