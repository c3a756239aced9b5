/** The door of this room: a bucket as the settings name it, to publish into, or only to compare with. */
import type { Clock, PictureFolder, SiteFolder } from '../../edges.ts';
import type { BucketSettings } from '../../model.ts';
import type { ComparedSite } from '../rehearsed.ts';
import { compareStored, keptFolder } from './files.ts';
import { listKept, openBucketPictures } from './pictures.ts';
import { openRequests, type Stored } from './requests.ts';
import { openBucketSite } from './site.ts';

interface OnThisMachine {
  /** Folder in which a publication lies until it is whole. */
  readonly waiting: string;
  /** Those from before the site moved into the bucket. */
  readonly pictures: PictureFolder;
  readonly clock: Pick<Clock, 'now'>;
}

/** @returns what throws Halt with `publish/…` or `store/…`, in every method */
export function openBucket(
  settings: BucketSettings,
  { waiting, pictures, clock }: OnThisMachine,
): { readonly folder: SiteFolder; readonly pictures: PictureFolder } {
  const requests = openRequests(settings);
  return {
    folder: openBucketSite(requests, waiting, clock),
    pictures: openBucketPictures(requests, pictures),
  };
}

/** For a rehearsal: asks and changes nothing. @returns what throws Halt with `publish/bucket-…`, in every method */
export function lookIntoBucket(settings: BucketSettings): {
  readonly site: ComparedSite;
  readonly pictures: Pick<PictureFolder, 'files' | 'pathOf'>;
} {
  const requests = openRequests(settings);
  let listed: Promise<ReadonlyMap<string, Stored>> | undefined;
  const list = (): Promise<ReadonlyMap<string, Stored>> => {
    listed ??= requests.list('');
    return listed;
  };
  return {
    site: {
      async lookFor() {
        const files = await list();
        return (path) => files.has(path);
      },
      read: (path) => requests.read(path),
      compare: async (document) => compareStored(document, await list()),
    },
    pictures: { files: () => listKept(requests), pathOf: (file) => keptFolder + file },
  };
}
