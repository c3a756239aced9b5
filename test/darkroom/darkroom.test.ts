/** What comes out of the darkroom: pixels and nothing else; and what never does. */
import sharp from 'sharp';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type DarkroomLimits, openDarkroomBeside } from '../../src/darkroom/beside.ts';
import type { Darkroom, Developed } from '../../src/edges.ts';
import { bomb, noise, photograph, plain } from './pictures.ts';
import { openDarkroomWithoutDecoder } from './without-decoder.ts';

/** Built by test/build.ts: node starts no TypeScript. */
const program = new URL('../../dist/darkroom-child.js', import.meta.url);
const darkroom = openDarkroomBeside({}, program);
afterAll(() => darkroom.close());

const opened: Darkroom[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
function darkroomWith(limits: Partial<DarkroomLimits>): Darkroom {
  const made = openDarkroomBeside(limits, program);
  opened.push(made);
  return made;
}

async function developed(picture: Uint8Array): Promise<Extract<Developed, { kind: 'picture' }>> {
  const made = await darkroom.develop(picture);
  if (made.kind !== 'picture') throw new Error(JSON.stringify(made));
  return made;
}

describe('a photograph', () => {
  test('loses place, device, name and profile, stands upright, and is no larger than a screen', async () => {
    const taken = await photograph();
    for (const secret of ['SECRET-MODEL', 'SECRET-NAME', 'SECRET-XMP', 'Exif', 'ICC_PROFILE'])
      expect(taken.includes(secret), secret).toBe(true);
    const { bytes, type, width, height } = await developed(taken);
    const { format, exif, xmp, iptc, icc, orientation, ...rest } = await sharp(bytes).metadata();
    expect([type, format, width, height]).toEqual(['jpg', 'jpeg', 800, 1_600]);
    expect([rest.width, rest.height]).toEqual([width, height]);
    expect([exif, xmp, iptc, icc, orientation]).toEqual(Array.from({ length: 5 }));
    for (const secret of ['SECRET', 'Spyphone', 'Exif', 'ICC_PROFILE', 'http'])
      expect(Buffer.from(bytes).includes(secret), secret).toBe(false);
    const red = await sharp(bytes).extract({ left: 400, top: 100, width: 1, height: 1 }).raw().toBuffer();
    const blue = await sharp(bytes).extract({ left: 400, top: 1_500, width: 1, height: 1 }).raw().toBuffer();
    expect([(red[0] ?? 0) > (red[2] ?? 0), (blue[2] ?? 0) > (blue[0] ?? 0)]).toEqual([true, true]);
  });

  test('with something behind its end comes without it', async () => {
    const { bytes } = await developed(Buffer.concat([await plain('jpeg'), Buffer.from('<script>SECRET</script>')]));
    expect(Buffer.from(bytes).includes('SECRET')).toBe(false);
  });
});

describe('formats', () => {
  test.each([
    ['jpeg', 'jpg'],
    ['png', 'png'],
    ['gif', 'png'],
    ['webp', 'jpg'],
  ] as const)('%s becomes %s', async (from, to) => {
    expect(await developed(await plain(from))).toMatchObject({ type: to, width: 40, height: 30 });
  });

  test('what is see-through stays so, and what is too many bytes for that stands on white', async () => {
    const glass = await developed(await plain('webp', 40, 30, { r: 255, g: 0, b: 0, alpha: 0.5 }));
    expect([glass.type, (await sharp(glass.bytes).metadata()).hasAlpha]).toEqual(['png', true]);
    const snow = await developed(await noise(900, 900, 4));
    expect([snow.type, (await sharp(snow.bytes).metadata()).format]).toEqual(['jpg', 'jpeg']);
    expect((await developed(await noise(600, 600, 3))).type).toBe('jpg');
  });

  test('of what moves, the first picture', async () => {
    const [one, two] = [await plain('png', 40, 30, '#ff0000'), await plain('png', 40, 30, '#0000ff')];
    const moving = await sharp([one, two], { join: { animated: true } })
      .gif()
      .toBuffer();
    const { bytes, width, height } = await developed(moving);
    expect([width, height]).toEqual([40, 30]);
    expect([...(await sharp(bytes).extract({ left: 9, top: 9, width: 1, height: 1 }).raw().toBuffer())]).toEqual([
      255, 0, 0,
    ]);
  });

  test.each([
    ['one pixel', 1, 1],
    ['a line', 600, 2],
  ])('%s is a counter', async (_what, width, height) => {
    expect(await darkroom.develop(await plain('gif', width, height))).toEqual({ kind: 'counter' });
  });
});

describe('refused', () => {
  test.each([
    ['a page', () => Buffer.from('<!doctype html><title>Sign in</title>')],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>')],
    ['an AVIF', () => plain('avif')],
    ['a TIFF', () => plain('tiff')],
    ['a PDF', () => Buffer.from('%PDF-1.7\n1 0 obj')],
    ['nothing', () => Buffer.alloc(0)],
  ])('%s: no picture of ours', async (_what, make) => {
    expect(await darkroom.develop(await make())).toEqual({ kind: 'refused', why: expect.stringContaining('it is no') });
  });

  test.each([
    ['a photograph that was cut off', async () => (await photograph()).subarray(0, 9_000)],
    ['a PNG that was cut off', async () => (await noise(300, 300, 3)).subarray(0, 90_000)],
    ['a page behind the first bytes of a JPEG', () => Buffer.from('\xff\xd8\xff\xe0<html>', 'latin1')],
    ['a picture that says it is four thousand million pixels', () => bomb(65_000, 65_000)],
    ['one that says it is a little larger than we take', () => bomb(8_000, 4_001)],
    ['a GIF with a canvas of four thousand million pixels', () => hugeGif()],
  ])('%s', async (_what, make) => {
    const answer = await darkroom.develop(await make());
    expect(answer).toEqual({ kind: 'refused', why: expect.any(String) });
    expect(JSON.stringify(answer)).not.toMatch(/MB|seconds/); // known by its head, not by what it costs
  });

  test('the largest that we take is taken within the limits', async () => {
    const large = await plain('png', 8_000, 4_000);
    expect(await developed(large)).toMatchObject({ width: 1_600, height: 800 });
  });
});

test('where there is no decoder for the system, that is said', async () => {
  const room = openDarkroomWithoutDecoder();
  expect(await room.develop(await plain('jpeg'))).toEqual({ kind: 'unable', why: expect.stringContaining('sharp') });
  await room.close();
});

describe('a darkroom that breaks down', () => {
  test('for want of time or memory is replaced, and the next picture is developed', async () => {
    const picture = await photograph();
    for (const limits of [{ deadlineMs: 1 }, { memoryMb: 10 }]) {
      const small = darkroomWith(limits);
      expect(await small.develop(picture)).toEqual({ kind: 'refused', why: expect.stringMatching(/seconds|MB/) });
      expect((await small.develop(picture)).kind).toBe('refused'); // a fresh one, which the same limits end
    }
  });

  test('because somebody ends it is replaced: each picture gets its answer in turn', async () => {
    const room = darkroomWith({});
    const picture = await plain('jpeg');
    expect((await room.develop(picture)).kind).toBe('picture');
    const answers = [room.develop(await noise(3_000, 3_000, 3)), room.develop(picture)];
    await new Promise((resolve) => setImmediate(resolve)); // the first is under way
    await room.close();
    const [first, second] = await Promise.allSettled(answers);
    expect([first?.status, second]).toMatchObject(['rejected', { status: 'fulfilled', value: { kind: 'picture' } }]);
  });

  test('gives up at once what nobody waits for any more, in hand or in line', async () => {
    const room = darkroomWith({});
    const picture = await noise(3_000, 3_000, 3);
    const [stop, reason] = [new AbortController(), new Error('told to stop')];
    const given = [room.develop(picture, stop.signal), room.develop(picture, stop.signal)];
    const other = room.develop(await plain('jpeg'));
    await new Promise((resolve) => setImmediate(resolve)); // the first is under way
    stop.abort(reason);
    expect(await Promise.allSettled(given)).toEqual(Array(2).fill({ status: 'rejected', reason }));
    expect((await other).kind).toBe('picture');
  });
});

/** One frame of sixty-five thousand by sixty-five thousand, and one pixel of it. */
function hugeGif(): Buffer {
  const size = 'e8fde8fd'; // twice 65,000, the lower byte first
  return Buffer.from(`474946383961${size}800000000000ffffff2c00000000${size}0002024401003b`, 'hex');
}
