/** A line that is typed and not shown, and the first line of what is piped in. */
import type { ReadStream } from 'node:tty';

const longest = 4_096;
const [enter, newLine, interrupt, end, back, erase, clear] = ['\r', '\n', '\u0003', '\u0004', '\b', '\u007f', '\u0015'];

/** @returns undefined where it was broken off with Ctrl-C or Ctrl-D */
export async function typedLine(terminal: ReadStream): Promise<string | undefined> {
  terminal.setRawMode(true).setEncoding('utf8').resume();
  try {
    return await new Promise((resolve) => {
      let typed: readonly string[] = [];
      const stop = (line: string | undefined): void => {
        terminal.removeListener('data', take);
        resolve(line);
      };
      const take = (text: string): void => {
        for (const character of text) {
          if (character === enter || character === newLine) stop(typed.join(''));
          else if (character === interrupt || character === end) stop(undefined);
          else if (character === back || character === erase) typed = typed.slice(0, -1);
          else if (character === clear) typed = [];
          else if (character >= ' ' && typed.length < longest) typed = [...typed, character];
        }
      };
      terminal.on('data', take);
    });
  } finally {
    terminal.setRawMode(false).pause();
  }
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
