/** World `calais-2010`: Migreurop's SPIP site with a French and an English feed. */
import type { Group } from './world.ts';

export const migreuropIn2010: Group = {
  id: 'migreurop',
  name: 'Migreurop',
  about: 'Observatoire des frontières',
  lang: 'fr',
  section: 'reports',
  format: 'rss',
  feeds: [
    { path: '/spip.php?page=backend&lang=fr', lang: 'fr' },
    { path: '/spip.php?page=backend&lang=en', lang: 'en' },
  ],
  permalinks: 'spip',
  aliases: ['réseau Migreurop'],
  remark: 'One group, one SPIP site, a feed for each language.',
  posts: [
    {
      id: 1624,
      slug: 'murderous-borders-fr',
      story: 'migreurop-murderous-borders-fr',
      title: 'Les frontières assassines de l’Europe',
      when: '2009-10-21T08:00:00Z',
      author: 'Migreurop',
      tags: ['rapport'],
      body: [
        'Le réseau publie aujourd’hui son premier rapport annuel. Il décrit ce qui se passe, loin des regards, en quatre lieux où l’Europe garde ses portes : la frontière entre la Grèce et la Turquie, Calais et le Nord de la France, Oujda au Maroc, Lampedusa en Italie.',
        'Des militantes et militants, des chercheurs, des juristes y ont passé plusieurs semaines. Ils ont écouté celles et ceux que l’on enferme, que l’on refoule et que l’on pousse à bout ; ils ont parlé avec des habitants, des médecins, des agents.',
        'Partout le même constat : des personnes que l’on épuise, faute de pouvoir les renvoyer, et des morts dont personne ne répond.',
      ],
    },
    {
      id: 1625,
      slug: 'murderous-borders-en',
      story: 'migreurop-murderous-borders-en',
      title: 'Europe’s murderous borders',
      when: '2009-10-22T08:00:00Z',
      author: 'Migreurop',
      tags: ['report'],
      lang: 'en',
      body: [
        'Our network publishes its first yearly report today. It tells what is happening, mostly unseen, in four places where Europe guards its doors: at the border between Greece and Turkey, in Calais and the north of France, in Oujda in Morocco, and on the Italian island of Lampedusa.',
        'Activists, researchers and lawyers spent several weeks there. They listened to people who are locked up, sent back, or worn down until they give up, and they talked to neighbours, doctors and officers.',
        'What they found is alike everywhere: people are exhausted because they cannot be deported, agreements are signed about them that nobody may read, and there are deaths for which nobody answers.',
        'The report has a hundred and thirty pages with maps and can be <a href="{{migreurop/murderous-borders-fr}}">ordered or downloaded in French</a>; the English translation is being finished by volunteers. Copy it, and say where you have it from.',
      ],
    },
    {
      id: 1702,
      slug: 'carte-des-camps',
      story: 'migreurop-carte',
      title: 'La carte des camps, quatrième édition',
      when: '2009-12-18T09:00:00Z',
      author: 'Migreurop',
      body: [
        'La quatrième édition de notre carte montre plus de deux cents lieux où des étrangers sont enfermés, en Europe et chez ses voisins. Elle ne montre ni les locaux de police, ni les zones d’attente d’une nuit, ni les camps que les gens bâtissent eux-mêmes et que l’on détruit. Pour ceux-là, il faudrait une carte par semaine.',
      ],
    },
    {
      id: 1741,
      slug: 'open-access-call',
      story: 'migreurop-access-call',
      title: 'Call for access to the places of detention',
      when: '2010-02-17T09:00:00Z',
      author: 'Migreurop',
      lang: 'en',
      body: [
        'What is hidden can be denied. Together with members of parliaments we ask for a right of access of associations and journalists to every place in which foreigners are detained. In the last week of March delegations will ring at the gates of some thirty centres on the same day, and report on who opened.',
      ],
    },
  ],
};
