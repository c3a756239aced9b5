/** World `today`: the partner groups of `relais demo`, with dates reckoned from the reader's now and two moves. */
import { calaisMigrantSolidarity } from './today-calais.ts';
import { doverWelcome, hafengruppe, ligneDeCote, passeurs } from './today-channel.ts';
import { alarmPhone, tariqAlBahr } from './today-mediterranean.ts';
import { noBordersNorthEast } from './today-north-east.ts';
import { balkanRouteWatch, migreurop, papiersPourToutes, visitorsNotebook } from './today-reports.ts';
import type { World } from './world.ts';

const moves: readonly string[] = [
  'Twelve partner groups with thirteen days of posts; one site is down, one shows a repair page, one has a broken feed.',
  'Calais Migrant Solidarity corrects a report (three injured people were four); No Borders North East reposts a text of last week.',
  'Alarm Phone takes a text back that Hafengruppe Nord still shows; Migreurop’s feed brings a text that others had reposted before; Ligne de côte is back.',
];

export const today: World = {
  id: 'today',
  title: 'No Borders network (demo)',
  lang: 'en',
  timezone: 'Europe/Paris',
  lastTick: moves.length - 1,
  describe: (tick) => moves[tick] ?? 'Nothing has changed.',
  sections: [
    { id: 'calais', title: 'Calais', about: 'News and calls from Calais and the coast', lang: 'en' },
    { id: 'channel', title: 'The Channel', about: 'From both shores of the Channel and the North Sea', lang: 'en' },
    { id: 'mediterranean', title: 'Mediterranean', about: 'From the sea and its harbours', lang: 'en' },
    { id: 'reports', title: 'Reports', about: 'What networks and observatories have gathered', lang: 'fr' },
  ],
  groups: [
    calaisMigrantSolidarity,
    noBordersNorthEast,
    passeurs,
    doverWelcome,
    ligneDeCote,
    hafengruppe,
    alarmPhone,
    tariqAlBahr,
    migreurop,
    balkanRouteWatch,
    papiersPourToutes,
    visitorsNotebook,
  ],
};
