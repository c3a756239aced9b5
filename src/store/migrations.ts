/** The steps that bring an older database forward, as data. A step that has been released is never changed. */
import { corrections } from './migrations/corrections.ts';
import { events } from './migrations/events.ts';
import { first } from './migrations/first.ts';
import type { Migration } from './migrations/migration.ts';
import { stories } from './migrations/stories.ts';
import { years } from './migrations/years.ts';

export const migrations: readonly Migration[] = [...first, ...years, ...stories, ...events, ...corrections];
