/** The board: what wants a person first, then the pictures, then every source with its last thirty days. What `relais status` says. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Config } from '../../model.ts';
import { Days } from '../../publish/pages/status-page.tsx';
import { wordsFor } from '../../publish/words.ts';
import { type SourceStatus, worstFirst } from '../../source-status.ts';
import { digestLines } from '../../telling/digest-status.ts';
import { fleetLines } from '../../telling/fleet-status.ts';
import { ownHubLine, pushRemarks } from '../../telling/push-status.ts';
import type { RelayStatus } from '../../telling/relay-status.ts';
import { undoneBy } from '../../telling/ruling-words.ts';
import {
  ago,
  agreementRemarks,
  lastRun,
  minute,
  minuteIfAny,
  remarksOn,
  reportRemarks,
  until,
} from '../../telling/status-words.ts';
import type { NamedCount } from '../figures.ts';
import { Act, Foreign, Frame, hrefOf, renderPage, type Sitting } from './frame.tsx';
import { RelayFigure, WeekFigure } from './pictures.tsx';
import { Remark } from './remark.tsx';

export interface Board {
  readonly relay: RelayStatus;
  readonly config: Config;
  /** Texts that wait for a person, and sources of which something has vanished at once. */
  readonly parked: number;
  readonly weeks: readonly number[];
  readonly reposts: readonly NamedCount[];
  /** 1 is the first. */
  readonly page: number;
}

/** Sources on one page. */
const rowsEach = 100;
const quietStates: ReadonlySet<SourceStatus['state']> = new Set(['ok', 'stopped', 'paused', 'never-asked']);

export function renderBoard(board: Board, sitting: Sitting): string {
  const { relay, config, page } = board;
  const order = worstFirst(relay.sources);
  const shown = order.slice((page - 1) * rowsEach, page * rowsEach);
  return renderPage(
    <Frame title="Board" sitting={sitting} current="">
      <p>{`Last run: ${lastRun(relay)}. Last backup: ${minuteIfAny(relay.lastBackup) ?? 'none yet'}.`}</p>
      {reportRemarks(relay).map((line) => (
        <Remark text={line} />
      ))}
      {relay.fleet === undefined ? null : fleetLines(relay.fleet).map((line) => <Remark text={line} />)}
      <Wanting board={board} />
      <section aria-labelledby="weeks">
        <h2 id="weeks">Stories per week</h2>
        <WeekFigure counts={board.weeks} now={relay.now} />
      </section>
      <section aria-labelledby="relay">
        <h2 id="relay">Who passes on whose texts</h2>
        <RelayFigure counts={board.reposts} />
      </section>
      <section aria-labelledby="sources">
        <h2 id="sources">Sources</h2>
        <ul class="rows">
          {shown.map((source, at) => (
            <Row source={source} place={(page - 1) * rowsEach + at + 1} relay={relay} />
          ))}
        </ul>
        <Parts page={page} of={Math.max(1, Math.ceil(order.length / rowsEach))} />
      </section>
      <section aria-labelledby="more">
        <h2 id="more">Digests and hub</h2>
        <ul>
          {relay.digests
            .flatMap((digest) => digestLines(digest, config.site.timezone))
            .map((line) => (
              <li>
                <Foreign text={line} most={2_000} />
              </li>
            ))}
          {relay.hub === undefined ? null : <li>{ownHubLine(relay.hub, minute)}</li>}
        </ul>
      </section>
      <section aria-labelledby="news">
        <h2 id="news">News</h2>
        {relay.news.length === 0 ? <p class="faint">None yet.</p> : null}
        <ul class="rows" hidden={relay.news.length === 0}>
          {relay.news.map(({ at, source, kind, words }) => (
            <li>
              <p>
                <Foreign text={source} /> <small class="faint">{minute(at)}</small>
              </p>
              <Remark text={words} />
              <UndoRuling number={kind === 'against' ? undoneBy(words) : undefined} sitting={sitting} />
            </li>
          ))}
        </ul>
      </section>
    </Frame>,
  );
}

/** What a person has to decide or to look at; the sources that are well are left for below. */
function Wanting({ board }: { readonly board: Board }): JSX.Element {
  const { relay, parked } = board;
  const troubled = worstFirst(relay.sources)
    .map((source, at) => ({ ...source, place: at + 1 }))
    .filter(({ state, key }) => !quietStates.has(state) || relay.agreements.has(key));
  const held = relay.sources.filter(({ state }) => state === 'held').length;
  const vanished = relay.sources.filter(({ itemsVanished }) => itemsVanished > 0).length;
  const waiting = [
    counted(held, 'source is held', 'sources are held'),
    counted(parked, 'text waits for you', 'texts wait for you'),
    counted(vanished, 'source has taken many texts away at once', 'sources have taken many texts away at once'),
  ].filter((words) => words !== undefined);
  return (
    <section aria-labelledby="wanting">
      <h2 id="wanting">What needs you</h2>
      {waiting.length === 0 ? <p>Nothing is held.</p> : null}
      <ul hidden={waiting.length + troubled.length === 0}>
        {waiting.map((words) => (
          <li>
            <a href={hrefOf('held')}>{words}</a>
          </li>
        ))}
        {troubled.map((source) => (
          <li>
            <a href={`${hrefOf('')}?page=${Math.ceil(source.place / rowsEach)}#source-${source.place}`}>
              <Foreign text={source.name} />
            </a>
            : {source.state.replace('-', ' ')}
            {source.why === undefined ? null : <Foreign text={`, ${source.why}`} />}
          </li>
        ))}
      </ul>
      {troubled.length === 0 ? <p>Every source is well.</p> : null}
    </section>
  );
}

function counted(number: number, one: string, many: string): string | undefined {
  return number === 0 ? undefined : `${number} ${number === 1 ? one : many}`;
}

interface RowProperties {
  readonly source: SourceStatus;
  /** In the list of all, from 1. */
  readonly place: number;
  readonly relay: RelayStatus;
}

function Row({ source, place, relay }: RowProperties): JSX.Element {
  const { now, agreements, pushes } = relay;
  const remarks = [
    ...remarksOn(source),
    ...agreementRemarks(agreements.get(source.key)),
    ...pushRemarks(pushes.get(source.key), minute),
  ];
  const answered = `answered ${ago(source.lastSuccess, now)}, asked again ${until(source.nextDue, now)}`;
  return (
    <li id={`source-${place}`}>
      <h3>
        <span class={`mark ${source.state}`}>{source.state.replace('-', ' ')}</span>
        <Foreign text={source.name} />
      </h3>
      <p class="faint">
        <small>{`${source.items} ${source.items === 1 ? 'item' : 'items'}; ${answered}`}</small>
      </p>
      {remarks.map((remark) => (
        <Remark text={remark} />
      ))}
      <Days words={wordsFor('en', {})} days={source.days} />
    </li>
  );
}

interface UndoProperties {
  readonly number: string | undefined;
  readonly sitting: Sitting;
}

function UndoRuling({ number, sitting }: UndoProperties): JSX.Element | null {
  if (number === undefined) return null;
  return (
    <Act sitting={sitting} to="story/undo" fields={{ numbers: number }}>
      <button type="submit">{`Undo ruling ${number}`}</button>
    </Act>
  );
}

function Parts({ page, of }: { readonly page: number; readonly of: number }): JSX.Element | null {
  if (of === 1) return null;
  return (
    <nav aria-label="More sources" class="acts">
      {page > 1 ? <a href={`${hrefOf('')}?page=${page - 1}#sources`}>Worse</a> : null}
      <span>{`Page ${page} of ${of}`}</span>
      {page < of ? <a href={`${hrefOf('')}?page=${page + 1}#sources`}>More</a> : null}
    </nav>
  );
}
