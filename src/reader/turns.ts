/** Steps to a Reader: one document after the other, so that one that breaks down takes no other with it. */
import type { Reader } from '../edges.ts';
import type { Steps } from './steps.ts';

/**
 * A reader over steps taken anywhere. A second document waits until the one before is normalised or closed.
 * @param most entries of a document, as the settings want it now
 */
export function takeTurns(steps: Steps, most: () => number | undefined): Reader {
  let last: Promise<void> = Promise.resolve();

  /** Waits for one's turn. @returns what ends it */
  const turn = async (): Promise<() => void> => {
    const before = last;
    let end = (): void => {};
    last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return () => {
      steps.rest();
      end();
    };
  };

  return {
    async read(document, hints) {
      const endTurn = await turn();
      let isOpen = false;
      try {
        const read = await steps.read(document, hints, most());
        if (read.kind !== 'feed') return read;
        isOpen = true;
        const close = (): void => {
          if (isOpen) endTurn();
          isOpen = false;
        };
        return {
          ...read,
          close,
          async written(guids) {
            if (!isOpen) throw new Error('the document is closed');
            return await steps.written(guids);
          },
          async normalise(guids, context) {
            if (!isOpen) throw new Error('the document is closed');
            try {
              return await steps.normalise(guids, context);
            } finally {
              close();
            }
          },
        };
      } finally {
        if (!isOpen) endTurn();
      }
    },
    close: () => steps.close(),
  };
}
