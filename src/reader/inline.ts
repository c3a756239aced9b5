/** The steps of reading in this very process: from source, where node can start no file of ours, and for tests. */
import type { Reader } from '../edges.ts';
import { openSteps } from './steps.ts';
import { takeTurns } from './turns.ts';

/** A reader without limits of time and memory but those of the stages. */
export function openInlineReader(most: () => number | undefined = () => undefined): Reader {
  return takeTurns(openSteps(), most);
}
