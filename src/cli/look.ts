/** The store, for commands that only look: also on a disk that is full or cannot be written. */
import type { Library } from '../library.ts';
import { openToLook, type Storage } from '../storage.ts';
import { type Printer, problemLines } from './print.ts';

/**
 * Where nothing can be written any more, that is said before anything is shown; on standard error, beside any JSON.
 * @throws Halt with `store/…` where nothing can be seen either
 */
export async function lookIntoStore(data: Storage, printer: Printer): Promise<Library> {
  const { library, trouble } = await openToLook(data);
  if (trouble !== undefined) printer.alarm(problemLines(trouble));
  return library;
}
