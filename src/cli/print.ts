/** The only file that prints: problems, outcomes and tables for a person at a terminal, or nothing but JSON. */

import { styleText } from 'node:util';
import type { Config, News, Outcome } from '../model.ts';
import type { Problem } from '../problems.ts';
import { counted } from '../telling/counted.ts';
import { redactor } from '../text/redact.ts';
import { terminalLine } from '../text/safe.ts';
import { fitted } from './width.ts';

export interface Printer {
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  /** Results, on standard output. */
  line(text?: string): void;
  /** What needs a person, on standard error. */
  alarm(text: string): void;
  json(value: unknown): void;
  /** One line that stands below everything else and is overwritten by the next; taken away by none. On a terminal only. */
  status?(text?: string): void;
  /** From now on nothing that is printed holds these. */
  hide?(secrets: Config['secrets']): void;
}

/** Prints to the process's own streams; colours only on a terminal and without NO_COLOR. */
export function openPrinter(): Printer {
  let redact = (text: string): string => text;
  const isTerminal = process.stdout.isTTY === true;
  const canMove = isTerminal && process.env.TERM !== 'dumb';
  let standing = '';
  const above = (print: () => void): void => {
    if (standing !== '') process.stdout.write('\r\u001b[K');
    print();
    if (standing !== '') process.stdout.write(standing);
  };
  return {
    isTerminal,
    width: process.stdout.columns || 80,
    line: (text = '') => above(() => console.log(redact(text))),
    alarm: (text) => above(() => console.error(redact(text))),
    status(text = '') {
      if (!canMove || (text === '' && standing === '')) return;
      standing = colour('dim', fitted(terminalLine(text), (process.stdout.columns || 80) - 1).trimEnd());
      process.stdout.write(`\r\u001b[K${text === '' ? '' : standing}`);
      if (text === '') standing = '';
    },
    json: (value) => console.log(redact(JSON.stringify(value, null, 2))),
    hide(secrets) {
      redact = redactor(secrets);
    },
  };
}

export type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';

/** Coloured where the stream can show it. */
export function colour(format: Colour, text: string): string {
  return process.stdout.isTTY === true && !process.env.NO_COLOR ? styleText(format, text) : text;
}

const nameWidth = 28;

/** A name in a column; partner text made safe for a terminal. */
export function column(text: string, width: number = nameWidth): string {
  return fitted(terminalLine(text), width);
}

/** file:line:column  what happened — or  ✗ source  what happened, what was done, what to do. */
export function problemLines(one: Problem): string {
  const { file, line, column: at, source, entry } = one.subject;
  const happened = terminalLine(one.happened);
  if (file !== undefined) {
    const place = [file, line, at].filter((part) => part !== undefined).join(':');
    return `${place}  ${happened}${one.todo === '' ? '' : `\n    ${one.todo}`}`;
  }
  const mark =
    one.severity === 'failure' ? colour('red', '✗') : one.severity === 'warning' ? colour('yellow', '!') : ' ';
  const about = entry === undefined || entry === '' ? '' : `“${terminalLine(entry)}”: `;
  const indent = ' '.repeat(nameWidth + 3);
  const rest = [one.did, one.todo].filter((text) => text !== '').map((text) => `\n${indent}${terminalLine(text)}`);
  return source === undefined
    ? `${mark} ${about}${happened}${rest.join('')}`
    : `${mark} ${column(source)} ${about}${happened}${rest.join('')}`;
}

/** What the refresh of a source came to, and below it what its document cost us. */
export function outcomeLines(outcome: Outcome, isVerbose: boolean): string {
  if (outcome.kind === 'failed' || outcome.kind === 'held') {
    const [last] = outcome.problems.slice(-1);
    return outcome.problems
      .filter((one) => isVerbose || one === last || one.severity !== 'note')
      .map(problemLines)
      .join('\n');
  }
  const counts = [
    outcome.kind === 'unchanged' ? 'nothing new' : counted(outcome.entries, 'item'),
    ...(outcome.newItems > 0 ? [`${outcome.newItems} new`] : []),
    ...(outcome.revisedItems > 0 ? [`${outcome.revisedItems} corrected`] : []),
    ...(outcome.withdrawnItems > 0 ? [`${outcome.withdrawnItems} withdrawn`] : []),
    ...(outcome.hasRecovered ? ['answers again'] : []),
  ];
  const remarks = outcome.problems.filter((one) => isVerbose || one.severity !== 'note');
  return [`${colour('green', '✓')} ${column(outcome.source)} ${counts.join(', ')}`, ...remarks.map(problemLines)].join(
    '\n',
  );
}

/** Of a source whose recovery another run has met. */
export function recoveryLine(source: string): string {
  return `${colour('green', '✓')} ${column(source)} answers again`;
}

/** What became of a source, in a line. */
export function newsLine({ source, words }: News): string {
  return `${colour('red', '✗')} ${column(source)} ${terminalLine(words)}`;
}
