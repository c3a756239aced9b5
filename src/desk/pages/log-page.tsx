/** What was done to what readers see: by whom, when and why, the newest first. What `relais log` says. */
import type { LogEntry } from '../../model.ts';
import { minuteOf } from '../../telling/instants.ts';
import { did } from '../../telling/log-words.ts';
import { Foreign, Frame, renderPage, type Sitting } from './frame.tsx';

export interface LogPage {
  /** The newest last, as they are kept. */
  readonly entries: readonly LogEntry[];
  readonly nameOf: (key: string) => string;
}

export function renderLog({ entries, nameOf }: LogPage, sitting: Sitting): string {
  return renderPage(
    <Frame title="Log" sitting={sitting} current="log">
      {entries.length === 0 ? <p>Nothing has been withdrawn, ruled or let in yet.</p> : null}
      <ul class="rows">
        {entries.toReversed().map(({ at, who, act, subject, sourceKey, because }) => (
          <li>
            <p>
              <small class="faint">{minuteOf(at)}</small> <b>{who}</b> {did[act]}{' '}
              <Foreign text={sourceKey === subject ? nameOf(subject) : subject} most={500} />
              {sourceKey === undefined || sourceKey === subject ? null : <Foreign text={` (${nameOf(sourceKey)})`} />}
            </p>
            {because === '' ? null : (
              <p>
                because: <Foreign text={because} most={1_000} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </Frame>,
  );
}
