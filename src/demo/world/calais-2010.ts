/** World `calais-2010`: a host group's archive of the year 2009–10 with its partners, in our own words; nothing moves in it. */
import { hostIn2010 } from './calais-2010-host.ts';
import { migreuropIn2010 } from './calais-2010-migreurop.ts';
import { solidarityIn2010 } from './calais-2010-solidarity.ts';
import type { World } from './world.ts';

/** 15 March 2010, noon UTC: shortly after the last post. Milliseconds since 1970. */
const worldNow = Date.UTC(2010, 2, 15, 12);

export const calais2010: World = {
  id: 'calais-2010',
  title: 'No Borders North East',
  lang: 'en',
  timezone: 'Europe/London',
  lastTick: 0,
  now: worldNow,
  describe: (tick) =>
    tick === 0 ? 'The Calais section from June 2009 to March 2010, with its partners.' : 'Nothing has changed.',
  sections: [
    { id: 'calais', title: 'Calais', about: 'News and calls from Calais', lang: 'en' },
    { id: 'reports', title: 'Reports', about: 'Reports on the borders of Europe', lang: 'en' },
  ],
  groups: [hostIn2010, solidarityIn2010, migreuropIn2010],
};
