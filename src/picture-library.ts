/** What the store knows of pictures, as everybody else sees it. */
import type { Instant, PictureCopy, SourceKey } from './model.ts';

/** A story that is to show a picture, and the source whose text it stands in. */
export interface PictureUse {
  readonly story: number;
  readonly address: string;
  readonly source: SourceKey;
}

/** A picture to be asked for. */
export interface DuePicture {
  readonly address: string;
  /** How often it has been asked for in vain. */
  readonly tries: number;
  /** In whose texts it stands, of those that were asked about. */
  readonly sources: readonly SourceKey[];
}

/** What became of a picture. A failed one is asked for again, or given up for good. */
export type PictureFate =
  | { readonly kind: 'copied'; readonly copy: PictureCopy }
  | { readonly kind: 'counter' }
  | {
      readonly kind: 'failed';
      readonly tries: number;
      readonly nextTry: Instant | undefined;
      /** For the maintainer. */
      readonly why: string;
    };

/** How a picture stands that a story is to show. */
export interface PictureStanding {
  readonly address: string;
  readonly state: 'wanted' | 'copied' | 'counter' | 'given-up';
  /** When it is asked for again, of one that is wanted; 0 for the next run. */
  readonly nextTry: Instant;
  /** What went wrong the last time. */
  readonly why: string | undefined;
  readonly file: string | undefined;
}

/** What the store knows of pictures. */
export interface PictureLibrary {
  /** Of these stories, those of which an item of these sources holds a picture. */
  withPictures(stories: readonly number[], sources: readonly SourceKey[]): Promise<readonly number[]>;
  /** Notes which pictures these stories are to show, in the place of what was noted; those never met are due. */
  usePictures(stories: readonly number[], uses: readonly PictureUse[]): Promise<void>;
  useNoPictures(): Promise<void>;
  /** Pictures of these sources to be asked for, the newest of each source before the second newest of any. */
  duePictures(sources: readonly SourceKey[], now: Instant, limit: number): Promise<readonly DuePicture[]>;
  /** Notes what became of a picture; where readers will see it, the stories that show it have changed. */
  decidePicture(address: string, fate: PictureFate, now: Instant): Promise<void>;
  /** What there is to show of the pictures of these stories, by address; `none` for those that only count readers. */
  pictureCopies(stories: readonly number[]): Promise<ReadonlyMap<number, ReadonlyMap<string, PictureCopy | 'none'>>>;
  /** How the pictures of a story stand, for the maintainer. */
  picturesOf(story: number): Promise<readonly PictureStanding[]>;
  /** Names of the files that stories show. */
  shownFiles(): Promise<readonly string[]>;
  /** Pictures whose file is one of these, which are lost, are due again, and the stories that show them have changed. */
  noteLostFiles(files: readonly string[], now: Instant): Promise<void>;
  /** Changes with each withdrawal. */
  withdrawalStamp(): Promise<string>;
  /** Forgets pictures that no story shows. @returns names of the files of all others */
  forgetUnusedPictures(): Promise<readonly string[]>;
}
