/** The steps that bring an older database forward, as data. A step that has been released is never changed. */
import { consent } from './migrations/consent.ts';
import { corrections, movedCalls } from './migrations/corrections.ts';
import { credited } from './migrations/credited.ts';
import { cut } from './migrations/cut.ts';
import { desk } from './migrations/desk.ts';
import { digests } from './migrations/digests.ts';
import { doubts } from './migrations/doubts.ts';
import { events } from './migrations/events.ts';
import { feeds } from './migrations/feeds.ts';
import { first } from './migrations/first.ts';
import { flaws, served } from './migrations/flaws.ts';
import { fleet } from './migrations/fleet.ts';
import { holds } from './migrations/holds.ts';
import type { Migration } from './migrations/migration.ts';
import { notShown } from './migrations/not-shown.ts';
import { said } from './migrations/said.ts';
import { stories } from './migrations/stories.ts';
import { vanished } from './migrations/vanished.ts';
import { websub } from './migrations/websub.ts';
import { wishes } from './migrations/wishes.ts';
import { withdrawals } from './migrations/withdrawals.ts';
import { years } from './migrations/years.ts';

export const migrations: readonly Migration[] = [
  ...first,
  ...years,
  ...stories,
  ...events,
  ...vanished,
  ...wishes,
  ...consent,
  ...withdrawals,
  ...corrections,
  ...flaws,
  ...holds,
  ...notShown,
  ...served,
  ...movedCalls,
  ...feeds,
  ...digests,
  ...websub,
  ...desk,
  ...fleet,
  ...doubts,
  ...credited,
  ...said,
  ...cut,
];
