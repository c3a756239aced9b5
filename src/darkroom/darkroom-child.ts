/** Pictures from the process that started this one to pictures of ours: what breaks a decoder breaks it here. */
import { defectOf, standBeside, takeBody, tell } from '../apart.ts';
import type { Answer, Question } from './beside.ts';

standBeside();

const [mostMb = '0'] = process.argv.slice(2);
// Decoders take their memory from the system and not from V8's heap, in threads of their own: this one is free to look.
setInterval(() => {
  if (process.memoryUsage.rss() > Number(mostMb) * 1_048_576) process.kill(process.pid, 'SIGKILL');
}, 20).unref();

process.on('message', async ({ bytes }: Question) => tell(await answer(await takeBody(bytes))));

/** For some systems there is no libvips ready-made. */
const opening = import('./develop.ts').then(
  ({ develop }) => develop,
  (error: unknown) => defectOf(error).message,
);

async function answer(picture: Uint8Array): Promise<Answer> {
  const develop = await opening;
  if (typeof develop === 'string') return { kind: 'unable', why: develop };
  try {
    return await develop(picture);
  } catch (error) {
    return defectOf(error);
  }
}
