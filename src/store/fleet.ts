/**
 * What several workers on one PostgreSQL server keep each other informed of: which sources each has in hand, and whose turn it is
 * to ask a server. Both are leases by the database's clock: whoever does not renew them for half a minute has lost them. (Queues of
 * two libraries were measured in its place: ARCHITECTURE.md.)
 */
import type { Claims, Clock, Turn, Turns } from '../edges.ts';
import type { Instant, SourceKey } from '../model.ts';
import { Halt, problem } from '../problems.ts';
import { startHeartbeat } from './heartbeat.ts';
import { nameOf, openSession, type Place } from './postgres-session.ts';
import { haltOnServerTrouble } from './postgres-trouble.ts';
import type { Holder } from './process.ts';

export interface Fleet {
  readonly claims: Claims;
  readonly turns: Turns;
  /** The database's clock: those of workers may differ. */
  readonly clock: Clock;
  /** Gives everything back. */
  close(): Promise<void>;
}

/** A process that shares the work; instants by the database's clock. */
export interface WorkerRow {
  id: string;
  host: string;
  pid: number;
  version: string;
  started: number;
  seen: number;
  asked: number;
}

/** What a worker holds is its own for so long after it was last heard of. */
const leaseMs = 30_000;
const beatMs = 5_000;
/** Without an answer for so long it gives up what it holds, before others may have it. */
const patienceMs = 22_000;
/** An answer that takes longer is none: the next beat must still come in time. */
const answerMs = 8_000;
/** Between two looks whether another worker is done. */
const pollMs = 150;

/** @throws Halt with `store/…`, here and in every method */
export async function openFleet(place: Place, self: Holder, version: string, base: Clock): Promise<Fleet> {
  const session = openSession(place, `relais ${self.host} ${self.pid} turns`, answerMs);
  const say = (words: string, values: readonly unknown[]) =>
    haltOnServerTrouble(place, () => session.say(words, values));
  const held = new Set<string>();
  const claimed = new Set<SourceKey>();
  let offset = 0;
  let asked = 0;
  let stop: (() => void) | undefined;
  let lost = new AbortController();

  const beat = async (): Promise<void> => {
    const before = base.now();
    const { rows } = await session.say('select worker_beat($1, $2, $3, $4, $5, $6, $7, $8) as now', [
      self.owner,
      self.host,
      self.pid,
      version,
      [...held],
      [...claimed],
      asked,
      leaseMs,
    ]);
    offset = Number(rows[0]?.now) - (before + base.now()) / 2;
    if (lost.signal.aborted) lost = new AbortController();
  };
  const giveUp = (error: unknown): void => {
    held.clear();
    claimed.clear();
    const why = error instanceof Error ? error.message : String(error);
    lost.abort(new Halt(problem('store/unreachable', {}, `${nameOf(place)} (${why})`)));
  };
  /** The first that is taken makes a worker of this process. */
  const begin = async (): Promise<void> => {
    if (stop !== undefined) return;
    stop = () => {};
    try {
      await haltOnServerTrouble(place, beat);
    } catch (error) {
      stop = undefined;
      throw error;
    }
    stop = startHeartbeat(beatMs, patienceMs, beat, giveUp);
  };

  const { rows } = await say('select now_ms() as now', []);
  offset = Number(rows[0]?.now) - base.now();
  const clock: Clock = { now: () => Math.round(base.now() + offset), wait: (ms) => base.wait(ms) };
  const claims: Claims = {
    join: begin,
    async take(sources) {
      await begin();
      const found = await say('select source from claim_sources($1, $2, $3) as source', [sources, self.owner, leaseMs]);
      const own = new Set(found.rows.map(({ source }) => String(source)));
      for (const source of own) claimed.add(source);
      return own;
    },
    async giveBack(sources) {
      for (const source of sources) claimed.delete(source);
      await say('delete from source_claims where worker = $1 and source = any($2)', [self.owner, sources]);
    },
  };
  const turns: Turns = {
    async take(keys, names, signal) {
      if (keys.length === 0) return noTurn;
      await begin();
      for (;;) {
        signal?.throwIfAborted();
        const found = await say('select wait, silences from take_turns($1, $2, $3, $4)', [
          keys,
          names,
          self.owner,
          leaseMs,
        ]);
        const { wait, silences } = found.rows[0] as { wait: number; silences: Readonly<Record<string, Instant>> };
        if (wait <= 0) return turn(keys, new Map(Object.entries(silences)));
        await base.wait(Math.min(wait, pollMs));
      }
    },
  };
  const turn = (keys: readonly string[], silences: ReadonlyMap<string, Instant>): Turn => {
    for (const key of keys) held.add(key);
    asked++;
    return {
      silences,
      lost: lost.signal,
      async end(restMs, told) {
        for (const key of keys) held.delete(key);
        await say('select end_turns($1, $2, $3, $4, $5)', [
          keys,
          self.owner,
          Math.round(restMs),
          [...told.keys()],
          [...told.values()].map(Math.round),
        ]);
      },
    };
  };
  return {
    claims,
    turns,
    clock,
    async close() {
      stop?.();
      if (stop !== undefined) await session.say('select worker_leaves($1)', [self.owner]).catch(() => {}); // its leases end by themselves
      await session.close();
    },
  };
}

const noTurn: Turn = { silences: new Map(), lost: new AbortController().signal, end: () => Promise.resolve() };

/** What the server does in one step each; rows are locked in the order of their names, so that nobody waits in a circle. */
export const fleetWords: readonly string[] = [
  `create or replace function now_ms() returns bigint language sql volatile
     as $$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$`,
  `create or replace function take_turns(keys text[], names text[], who text, lease bigint, out wait bigint, out silences json)
     language plpgsql as $$
   begin
     insert into host_turns (host, worker, until) select key, '', 0 from unnest(keys) key order by key on conflict do nothing;
     perform 1 from host_turns t where t.host = any(keys) order by t.host for update;
     select coalesce(max(t.until), 0) - now_ms() into wait from host_turns t where t.host = any(keys) and t.worker <> who;
     wait := coalesce(wait, 0);
     if wait <= 0 then update host_turns t set worker = who, until = now_ms() + lease where t.host = any(keys); end if;
     select coalesce(json_object_agg(s.host, s.until), '{}') into silences from silences s
       where s.host = any(names) and s.until > now_ms();
   end $$`,
  `create or replace function end_turns(keys text[], who text, rest bigint, hosts text[], untils bigint[]) returns void
     language plpgsql as $$
   begin
     perform set_config('synchronous_commit', 'off', true); -- what a crash of the server takes back ends as the lease does
     insert into silences (host, until) select * from unnest(hosts, untils) told (host, until) order by 1
       on conflict (host) do update set until = greatest(silences.until, excluded.until);
     update host_turns t set until = now_ms() + rest where t.host = any(keys) and t.worker = who;
   end $$`,
  `create or replace function claim_sources(keys text[], who text, lease bigint) returns setof text language sql as $$
     insert into source_claims (source, worker, until) select key, who, now_ms() + lease from unnest(keys) key order by key
       on conflict (source) do update set worker = excluded.worker, until = excluded.until
         where source_claims.until <= now_ms() or source_claims.worker = who
       returning source $$`,
  `create or replace function worker_beat(who text, machine text, process bigint, told text, turns text[], claims text[], asked_for bigint, lease bigint)
     returns bigint language plpgsql as $$
   begin
     insert into workers (id, host, pid, version, started, seen, asked)
       values (who, machine, process, told, now_ms(), now_ms(), asked_for)
       on conflict (id) do update set seen = excluded.seen, asked = excluded.asked;
     perform 1 from host_turns t where t.host = any(turns) and t.worker = who order by t.host for update;
     update host_turns t set until = now_ms() + lease where t.host = any(turns) and t.worker = who;
     perform 1 from source_claims c where c.source = any(claims) and c.worker = who order by c.source for update;
     update source_claims c set until = now_ms() + lease where c.source = any(claims) and c.worker = who;
     delete from workers w where w.seen < now_ms() - 86400000;
     return now_ms();
   end $$`,
  `create or replace function worker_leaves(who text) returns void language sql as $$
     delete from source_claims where worker = who;
     update host_turns set until = 0 where worker = who;
     delete from workers where id = who $$`,
];
