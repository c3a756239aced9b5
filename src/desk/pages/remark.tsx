/** A remark that says what to type, as a terminal shows it, with the way to where the desk does the same. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { hrefOf, Line } from './frame.tsx';

/** Of our own sentences; where somebody else's words hold one, a link to a page of the desk stands below them, and does nothing. */
const ruledUnderHeld = /\brelais (?:held|release|vanished (?:withdraw|keep|lists))\b|\bwait for you$/;

export function Remark({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      <Line text={text} />
      {ruledUnderHeld.test(text.replace(/\s+/g, ' ')) ? (
        <p>
          <a href={hrefOf('held')}>Do it here, under Held</a>
        </p>
      ) : null}
    </>
  );
}
