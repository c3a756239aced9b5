/**
 * How V8 uses processor and memory, told while the program runs. Most of our processes are short and find nothing new: for
 * these it compiles too eagerly and grows too fast.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const [major = ''] = process.versions.node.split('.');
/** Others may not know the flags. */
const isKnown = ['20', '22', '24'].includes(major);

/**
 * For a process that will mostly wait. The optimising compiler costs such a one more than it saves (a third of a quiet refresh
 * of a thousand sources): a function must be hotter before it is compiled. The heap grows in small steps, and the space
 * for what is young not at all: with ten thousand sources it came to a fifth of all memory.
 */
export function runLightly(): void {
  if (!isKnown) return;
  setFlagsFromString('--heap-growing-percent=5');
  setFlagsFromString('--semi-space-growth-factor=1');
  if (major === '20') setFlagsFromString('--interrupt-budget=500000'); // later V8s have another name for it
}

/** What is young may take so many bytes, both halves together: twice as many spare an import a twenty-fifth of the processor. */
const youngBytes = 16 * 1_048_576;

/**
 * For one that has found work: what is made and thrown away by the item wants more room than what waits, and hot code to be compiled.
 * To be called with each document, as V8 cannot be told how far the space for what is young may grow, only whether it may.
 */
export function makeRoom(): void {
  if (!isKnown) return;
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  setFlagsFromString(`--semi-space-growth-factor=${(young?.space_size ?? 0) < youngBytes ? 2 : 1}`);
  setFlagsFromString('--heap-growing-percent=35'); // in steps of 5 the collector takes a fifth of an import; with 60 it has 30 MB more
  if (major === '20') setFlagsFromString('--interrupt-budget=135168'); // as it is where nobody says anything
}
