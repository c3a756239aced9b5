/** A person at a terminal: what is printed is kept, and answers are typed as the questions come. */
import { PassThrough } from 'node:stream';
import type { Printer } from '../../src/cli/print.ts';
import { openQuestions, type Questions } from '../../src/cli/questions.ts';

export interface Person {
  readonly printer: Printer;
  readonly questions: Questions;
  /** All that was printed, questions among it. */
  said(): string;
  json(): unknown;
}

/** @param answers typed one for each question; undefined leaves before it */
export function personTyping(...answers: readonly (string | undefined)[]): Person {
  const input = new PassThrough();
  const output = new PassThrough();
  let said = '';
  let printed: unknown;
  const left = [...answers];
  output.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (!/[:?)\]] $/.test(text)) return;
    const next = left.shift();
    if (next === undefined) input.end();
    else input.write(`${next}\n`);
  });
  return {
    questions: openQuestions({ input, output }, true),
    printer: {
      isTerminal: true,
      width: 80,
      line: (text = '') => {
        said += `${text}\n`;
      },
      alarm: (text) => {
        said += `${text}\n`;
      },
      json: (value) => {
        printed = JSON.parse(JSON.stringify(value));
      },
    },
    said: () => said,
    json: () => printed,
  };
}
