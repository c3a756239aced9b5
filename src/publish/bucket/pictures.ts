/**
 * The pictures that have been made anew, kept beside the site in its bucket: whichever machine has made one, each can publish it.
 * What a publication shows is a copy of these, made inside the bucket.
 */
import { readFile } from 'node:fs/promises';
import type { PictureFolder } from '../../edges.ts';
import { contentTypeOf } from '../../text/content-types.ts';
import { isPictureName, pictureName } from '../../text/picture-names.ts';
import { cachingOfPictures, keptFolder, md5Of } from './files.ts';
import type { BucketRequests } from './requests.ts';
import { atMost } from './waves.ts';

/** Requests under way at the same time. */
const atOnce = 8;

/** Names of the pictures in the bucket. @throws Halt with `publish/bucket-…` */
export async function listKept(requests: Pick<BucketRequests, 'list'>): Promise<readonly string[]> {
  const keys = [...(await requests.list(keptFolder)).keys()].map((key) => key.slice(keptFolder.length));
  return keys.filter(isPictureName);
}

/**
 * @param local pictures on this machine's disk, from before the site moved into the bucket: they move there at the first look
 * @returns a folder whose methods throw Halt with `publish/bucket-…`, or `store/…` for the local one
 */
export function openBucketPictures(requests: BucketRequests, local: PictureFolder): PictureFolder {
  const put = (file: string, body: Uint8Array): Promise<void> => {
    const contentType = contentTypeOf(`/${file}`);
    return requests.put(keptFolder + file, { body, md5: md5Of(body), contentType, cacheControl: cachingOfPictures });
  };
  return {
    pathOf: (file) => keptFolder + file,
    async files() {
      const kept = new Set(await listKept(requests));
      const brought = await local.files();
      const missing = brought.filter((file) => !kept.has(file));
      await atMost(atOnce, missing, async (file) => put(file, await readFile(local.pathOf(file))));
      if (brought.length > 0) await local.keepOnly([]);
      return [...new Set([...kept, ...brought])];
    },
    async keep(bytes, type) {
      const file = pictureName(bytes, type);
      await put(file, bytes);
      return file;
    },
    async keepOnly(files) {
      const kept = new Set(files);
      const others = (await listKept(requests)).filter((file) => !kept.has(file));
      await atMost(atOnce, others, (file) => requests.remove(keptFolder + file));
      await local.keepOnly(files);
    },
  };
}
