/** Questions from the process that started this one to answers: what other people wrote is read here, and dies here. */
import { defectOf, standBeside, takeBody, tell } from '../apart.ts';
import type { Item } from '../model.ts';
import type { Answer, Question } from './beside.ts';
import { openSteps, type Steps } from './steps.ts';

standBeside();
const steps = openSteps();
process.on('message', async (question: Question) => {
  const whole = await answer(question, steps);
  if (whole.kind !== 'items') return await tell(whole);
  for (const items of inParts(whole.items)) await tell({ kind: 'some-items', items });
  await tell({ ...whole, items: [] });
});

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

async function answer(question: Question, { read, written, normalise }: Steps): Promise<Answer> {
  try {
    if (question.step === 'written') return { kind: 'written', entries: await written(question.guids) };
    if (question.step === 'normalise') return await normalise(question.guids, question.context);
    const body = await takeBody(question.bytes);
    return await read({ ...question.document, body }, question.hints, question.most);
  } catch (error) {
    return defectOf(error);
  }
}
