/** The parts of the site that are due become documents that lie ready, and entries of what can be searched. */
import type { SiteDraft } from './edges.ts';
import type { Publication } from './library.ts';
import { Halt } from './problems.ts';
import type { Job } from './publish/supply.ts';
import { IndexLost, type SearchLibrary } from './search-library.ts';

/** A bug of ours, by the part of the site or the story that it befell. */
export interface Defect {
  readonly sourceKey: string;
  readonly error: unknown;
}

/** A part of the site that has been rendered and laid ready. */
export interface Part {
  readonly job: Job;
  readonly paths: readonly string[];
  /** Files that the part has no more. */
  readonly gone: readonly string[];
}

/** Where what is made goes. */
interface Into {
  readonly draft: SiteDraft;
  readonly search: SearchLibrary;
  /** Told how many files lie ready by now. */
  readonly onDrawn?: ((files: number) => void) | undefined;
}

/** Has the parts rendered, and laid ready. One that cannot be rendered keeps its old files, and the next run tries again. */
export async function drawUp(
  jobs: readonly Job[],
  published: ReadonlyMap<string, Publication>,
  into: Into,
): Promise<{ readonly parts: readonly Part[]; readonly defects: readonly Defect[] }> {
  const parts: Part[] = [];
  const defects: Defect[] = [];
  let files = 0;
  const onBatch = (count: number): void => {
    files += count;
    into.onDrawn?.(files);
  };
  for (const job of jobs) {
    try {
      parts.push(await drawUpPart(job, published.get(job.name)?.paths ?? [], into, onBatch));
    } catch (error) {
      if (error instanceof Halt || error instanceof IndexLost) throw error;
      defects.push({ sourceKey: job.name, error });
    }
  }
  return { parts, defects };
}

async function drawUpPart(
  job: Job,
  before: readonly string[],
  { draft, search }: Into,
  onBatch: (files: number) => void,
): Promise<Part> {
  const paths = new Set<string>();
  const gone: string[] = [];
  for await (const batch of job.batches()) {
    await draft.add(batch.documents);
    onBatch(batch.documents.length);
    // Before the pages are in place: what is taken back is found no more even if the rest fails.
    if (batch.searched !== undefined) await search.keep(batch.searched.entries, batch.searched.gone);
    gone.push(...(batch.gone ?? []));
    if (job.notesPaths) for (const document of batch.documents) paths.add(document.path);
  }
  gone.push(...before.filter((path) => !paths.has(path)));
  return { job, paths: [...paths], gone };
}
