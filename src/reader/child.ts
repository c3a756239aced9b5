/** Questions from the process that started this one to answers: what other people wrote is read here, and dies here. */
import { once } from 'node:events';
import type { Item } from '../model.ts';
import type { Answer, Message, Question } from './beside.ts';
import { openSteps, type Steps } from './steps.ts';

// Ctrl-C and `systemctl stop` reach every process of the group: the one that asks decides when we end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());

const steps = openSteps();
process.on('message', async (question: Question) => {
  const whole = await answer(question, steps);
  if (whole.kind !== 'items') return await tell(whole);
  for (const items of inParts(whole.items)) await tell({ kind: 'some-items', items });
  await tell({ ...whole, items: [] });
});

/** Resolves when it has gone out: what waits to go is in memory too. */
function tell(message: Message): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

/** Characters of one message. */
const enoughCharacters = 1_048_576;

function* inParts(items: readonly Item[]): Generator<readonly Item[]> {
  let part: Item[] = [];
  let characters = 0;
  for (const item of items) {
    part.push(item);
    characters += item.html.length + item.text.length;
    if (characters < enoughCharacters) continue;
    yield part;
    part = [];
    characters = 0;
  }
  yield part;
}

async function answer(question: Question, { read, normalise }: Steps): Promise<Answer> {
  try {
    if (question.step === 'normalise') return await normalise(question.guids, question.context);
    const body = await takeBody(question.bytes);
    return await read({ ...question.document, body }, question.hints, question.most);
  } catch (error) {
    return { kind: 'defect', message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** The next bytes of standard input. */
async function takeBody(bytes: number): Promise<Uint8Array> {
  const body = Buffer.allocUnsafe(bytes);
  let length = 0;
  while (length < bytes) {
    const piece: Buffer | null = process.stdin.read();
    if (piece === null) await once(process.stdin, 'readable');
    else length += piece.copy(body, length);
  }
  return body;
}
