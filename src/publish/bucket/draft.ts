/**
 * A publication into a bucket. What differs waits on this machine's disk until all of it is drawn up; then it is uploaded in the order in
 * which readers may meet it: what is new, to which nothing leads yet, then what is replaced. A bucket renames nothing, so what
 * a killed run leaves is a site of old and new pages, in which every link leads somewhere; the next run uploads the rest.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SiteDraft } from '../../edges.ts';
import type { SiteBytes, SiteDocument, SiteFile } from '../../model.ts';
import { contentTypeOf } from '../../text/content-types.ts';
import { halting, inParallel } from '../disk.ts';
import { inOrder, type Laid, take } from '../order.ts';
import { cachingOf, compareStored, md5Of } from './files.ts';
import type { BucketRequests, Stored } from './requests.ts';
import { inWaves } from './waves.ts';

interface Waiting extends Laid {
  /** The key of the picture in the bucket that it is to be a copy of; undefined for what waits on the disk. */
  readonly copyOf: string | undefined;
  readonly md5: string;
  readonly cacheControl: string;
}

/**
 * @param waiting folder on the disk, which is not there
 * @param files what is in the bucket; changed with what is put there
 * @throws Halt with `publish/…`, in the draft's functions; Error from `add` for a path that no document may have or that was given before
 */
export function openBucketDraft(requests: BucketRequests, waiting: string, files: Map<string, Stored>): SiteDraft {
  const laid: Waiting[] = [];
  const given = new Set<string>();
  return {
    async add(documents) {
      for (const { path } of documents) take(path, given);
      const differing = await halting(waiting, () =>
        inParallel(documents, (document) => layAside(document, waiting, files)),
      );
      laid.push(...differing.filter((one) => one !== undefined));
    },
    paths: () => laid.map(({ path }) => path),
    async publish() {
      await inWaves(laid, 'first first', async (one) => {
        const { path, copyOf, md5, cacheControl } = one;
        if (copyOf !== undefined) {
          await requests.copy(copyOf, path);
          files.set(path, { size: 0, etag: '' }); // by its name alone it is known again
          return;
        }
        const body = await halting(waiting, () => readFile(join(waiting, path)));
        await requests.put(path, { body, md5, contentType: contentTypeOf(`/${path}`), cacheControl });
        files.set(path, { size: body.length, etag: md5 });
      });
      await halting(waiting, () => rm(waiting, { recursive: true, force: true }));
      return inOrder(laid);
    },
  };
}

/** @returns undefined for what is in the bucket as it is to be */
async function layAside(
  document: SiteDocument | SiteBytes | SiteFile,
  waiting: string,
  files: ReadonlyMap<string, Stored>,
): Promise<Waiting | undefined> {
  const { path } = document;
  if (compareStored(document, files) === 'equal') return undefined;
  const isNew = !files.has(path);
  const cacheControl = cachingOf(document);
  if ('copyOf' in document) return { path, isNew, copyOf: document.copyOf, md5: '', cacheControl };
  const place = join(waiting, path);
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, document.body, { flag: 'wx' });
  return { path, isNew, copyOf: undefined, md5: md5Of(document.body), cacheControl };
}
