/** Lines that are typed and not shown, and the first line of what is piped in. */
import type { ReadStream } from 'node:tty';

const longest = 4_096;
const [enter, newLine, interrupt, end, back, erase, clear] = ['\r', '\n', '\u0003', '\u0004', '\b', '\u007f', '\u0015'];

/** Arrows and the like, ECMA-48 §5.4: keys that are no letters. */
const keys = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O?[ -~])?/g;

export interface HiddenLines {
  /** @returns undefined where it was broken off with Ctrl-C or Ctrl-D, or the terminal is gone */
  next(): Promise<string | undefined>;
  /** The terminal shows again what is typed. */
  close(): void;
}

/** To be opened before anything is asked: from then on nothing that is typed is shown, also while nobody waits for it. */
export function openHiddenLines(terminal: ReadStream): HiddenLines {
  const lines: (string | undefined)[] = [];
  let typed: readonly string[] = [];
  let last = '';
  let wake = (): void => {};
  const put = (line: string | undefined): void => {
    lines.push(line);
    typed = [];
    wake();
  };
  const take = (text: string): void => {
    for (const character of text.replace(keys, '')) {
      if (character === enter || (character === newLine && last !== enter)) put(typed.join(''));
      else if (character === interrupt || character === end) put(undefined);
      else if (character === back || character === erase) typed = typed.slice(0, -1);
      else if (character === clear) typed = [];
      else if (character >= ' ' && typed.length < longest) typed = [...typed, character];
      last = character;
    }
  };
  const leave = (): void => put(undefined);
  terminal.setRawMode(true).setEncoding('utf8').on('data', take).on('end', leave).resume();
  return {
    async next() {
      if (lines.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return lines.shift();
    },
    close() {
      terminal.removeListener('data', take).removeListener('end', leave).setRawMode(false).pause();
    },
  };
}

export async function firstLine(stream: AsyncIterable<string | Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let came = 0;
  for await (const piece of stream) {
    pieces.push(Buffer.from(piece));
    came += piece.length;
    if (came > longest || Buffer.from(piece).includes(newLine)) break;
  }
  return Buffer.concat(pieces).toString('utf8').slice(0, longest).split(/\r?\n/, 1)[0] ?? '';
}
