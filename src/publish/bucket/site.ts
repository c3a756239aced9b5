/**
 * The site in a bucket. What is there is known from a listing, kept for an hour: a quiet run asks nothing, and before anything
 * is published it is listed anew, since another machine may have published meanwhile.
 */
import { rm } from 'node:fs/promises';
import type { Clock, SiteFolder } from '../../edges.ts';
import { halting } from '../disk.ts';
import { isDocumentPath, mustBePath } from '../order.ts';
import { openBucketDraft } from './draft.ts';
import type { BucketRequests, Stored } from './requests.ts';
import { inWaves } from './waves.ts';

/** For so long it may go unnoticed that somebody has removed a file from the bucket. */
const listedMs = 3_600_000;

/**
 * @param waiting folder on this machine's disk in which a publication lies until it is whole
 * @returns a site whose methods throw Halt with `publish/bucket-…`, or `publish/not-writable` for the folder
 */
export function openBucketSite(requests: BucketRequests, waiting: string, clock: Pick<Clock, 'now'>): SiteFolder {
  let listed: { readonly files: Map<string, Stored>; readonly at: number } | undefined;
  /** Listed since the publication began, which is with a look: nobody else has published meanwhile. */
  let isOfNow = false;
  const list = async (): Promise<Map<string, Stored>> => {
    listed = undefined;
    const files = await requests.list('');
    for (const path of files.keys()) if (!isDocumentPath(path)) files.delete(path); // none of the site's
    listed = { files, at: clock.now() };
    isOfNow = true;
    return files;
  };
  const ofNow = async (): Promise<Map<string, Stored>> =>
    isOfNow && listed !== undefined ? listed.files : await list();
  const clear = (): Promise<void> => halting(waiting, () => rm(waiting, { recursive: true, force: true }));
  return {
    async lookFor(paths) {
      const age = listed === undefined ? listedMs : clock.now() - listed.at;
      const known = age >= 0 && age < listedMs ? listed?.files : undefined;
      isOfNow = false;
      const files = known !== undefined && paths.every((path) => known.has(path)) ? known : await list();
      return (path) => files.has(path);
    },
    read(path) {
      mustBePath(path);
      return requests.read(path);
    },
    async draft() {
      const files = await ofNow();
      await clear();
      return openBucketDraft(requests, waiting, files);
    },
    clear,
    async remove(paths) {
      for (const path of paths) mustBePath(path);
      if (paths.length === 0) return [];
      const files = await ofNow();
      const there = [...new Set(paths)].filter((path) => files.has(path));
      // Lists go before what they list.
      const laid = there.map((path) => ({ path, isNew: false }));
      await inWaves(laid, 'last first', async ({ path }) => {
        await requests.remove(path);
        files.delete(path);
      });
      return there.sort();
    },
  };
}
