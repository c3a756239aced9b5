/**
 * Made-up reports in three languages, all words ours: sentences of many short choices, so that two reports share hardly
 * five words in a row unless one was copied from the other. They need no sense, only the shape of news.
 */
import type { Dice } from '../test/dice.ts';

export const languages = ['en', 'fr', 'es'] as const;
export type GradedLanguage = (typeof languages)[number];

interface Words {
  /** One sentence each. `n` noun, `a` adjective, `v` verb, `p` plural, `w` where, `t` when; `P` a place, `N` a person, `#` a number. */
  readonly patterns: readonly string[];
  readonly n: readonly string[];
  readonly a: readonly string[];
  readonly v: readonly string[];
  readonly p: readonly string[];
  readonly w: readonly string[];
  readonly t: readonly string[];
  readonly months: readonly string[];
  /** Where and when a report is of, with `@town`, `@date` and `@hour` to be filled in. */
  readonly openings: readonly string[];
  readonly titles: readonly string[];
  readonly credit: string;
  readonly footer: string;
}

const list = (words: string): string[] => words.trim().split(/\s*,\s*/);

export const words: Readonly<Record<GradedLanguage, Words>> = {
  en: {
    patterns: [
      'The {a} {n} {v} {#} {a} {p} {w} {P}, and {N} {v} the {n} {t}.',
      '{t} {N} from {P} {v} a {a} {n} with {#} {p}, but no {n} {v} the {p}.',
      'Nobody in {P} knows why the {n} {v} its {a} {p} {t}, while {#} {p} {w} the {n} were {a}.',
      '“My {n} {v} every {n} {w} {P},” says {N}, who has seen {#} {a} {p} {t}.',
      'In {P} {#} {p} and one {a} {n} {v} what the {n} of {N} {v} before.',
      'After the {a} {n} {v} us {t}, {N} brought {p} {w} {P} for {#} {p}.',
      'A {n} that {v} {p} {w} {P} is {a}, so {#} of our {p} {v} another {n}.',
    ],
    n: list(`council, harbour, warehouse, prefecture, kitchen, judge, fence, neighbour, ferry, clinic, landlord, union, school, van,
      bakery, bridge, mayor, guard, court, garden, workshop, library, driver, station, office, cellar, market, doctor, boat, ministry,
      pump, stove, tent, choir, patrol, teacher, lawyer, quay, bus, tower, mill, orchard, hall, roof, radio, shelter, canteen, plumber`),
    a: list(`cold, narrow, patient, crowded, silent, broken, generous, wet, stubborn, northern, empty, cheerful, rusty, heavy, secret, warm,
      tired, foreign, early, bitter, plain, quick, honest, grey, loud, careful, distant, muddy, modest, strange, hopeful, local`),
    v: list(`closed, promised, counted, carried, refused, repaired, visited, lost, welcomed, searched, painted, emptied, guarded, moved, forgot,
      surrounded, cooked, recorded, measured, borrowed, warned, opened, followed, sold, mended, praised, blocked, answered, shared, hid,
      lifted, washed, invited, doubted, cleared, watched, returned, questioned`),
    p: list(`blankets, letters, families, windows, shoes, jackets, permits, dogs, lamps, bicycles, officers, children, barrels, leaflets, chairs,
      witnesses, pots, keys, trucks, phones, benches, mattresses, nurses, papers, ropes, onions, gates, songs, tools, posters, coats,
      engines, buckets, cousins, drums, trains, candles, students, boxes, cameras`),
    w: list(`behind, near, beside, above, below, across from, outside, inside, opposite, beyond, around, along`),
    t: list(`this morning, last Tuesday, before dawn, at noon, for two weeks, since Monday, yesterday evening, after the rain, on the first day,
      during the strike, late at night, without warning, once again, all winter, within an hour, three days ago`),
    months: list('January, February, March, April, May, June, July, August, September, October, November, December'),
    openings: [
      'On @date at @hour people met in @town.',
      '@town, @date: it began at @hour.',
      'This is what happened in @town on @date.',
    ],
    titles: ['The {n} of {P} and its {a} {p}', '{#} {a} {p} {w} {P}', '{N} {v} the {a} {n}', 'No {a} {n} in {P}'],
    credit: 'Reposted from',
    footer: `We are volunteers and belong to no party. Whoever wants to help writes to the address on our door, brings dry socks on
      Sundays, or sits with us at the long table after six. We answer all letters, though slowly, print what we are told in good faith,
      correct what was wrong, and ask nobody for a name. Copy this page, hang it up in your staircase, read it aloud to those who cannot
      read it, and tell us when a number on it has stopped working, since numbers here change more often than the weather does.`,
  },
  fr: {
    patterns: [
      '{t}, {n} {a} {v} {#} {p} {w} {P}, et {N} {v} {n} {a}.',
      '{N}, de {P}, {v} {n} avec {#} {p}, mais {n} {a} {v} les {p} {t}.',
      'Personne à {P} ne sait pourquoi {n} {v} ses {p} {t}, quand {#} {p} {w} {P} cherchaient {n} {a}.',
      '« Chez nous {n} {v} toutes les {#} {p} {w} {P} », dit {N}, qui {v} {n} {a} {t}.',
      'À {P}, {#} {p} et {n} {a} attendent ce que {n} de {N} {v} {t}.',
      'Comme {n} {v} nos {p} {t}, {N} {v} {#} {p} {w} {P} pour {n} {a}.',
    ],
    n: list(`la mairie, le port, la cuisine, le juge, la clôture, le voisin, la clinique, le syndicat, l’école, la boulangerie, le pont, la gare,
      le tribunal, le jardin, la bibliothèque, le chauffeur, la cave, le marché, le bateau, le ministère, la pompe, le poêle, la tente,
      la chorale, la patrouille, l’avocate, le quai, la tour, le moulin, le verger, la salle, le toit, la radio, l’abri, la cantine, le plombier,
      la préfecture, le foyer, la péniche, le hangar`),
    a: list(`solidaire, tranquille, humide, calme, pauvre, jeune, libre, large, énorme, sauvage, simple, sale, triste, honnête, fragile, étrange,
      rapide, modeste, proche, immense, sombre, aimable, rude, utile, vide, inutile, célèbre, timide`),
    v: list(`a fermé, a promis, a compté, a porté, a refusé, a réparé, a visité, a perdu, a accueilli, a fouillé, a peint, a vidé, a gardé, a déplacé,
      a oublié, a entouré, a préparé, a mesuré, a emprunté, a prévenu, a ouvert, a suivi, a vendu, a loué, a bloqué, a partagé, a caché,
      a soulevé, a lavé, a invité, a rendu, a surveillé`),
    p: list(`couvertures, lettres, familles, fenêtres, chaussures, vestes, lampes, bicyclettes, affiches, chaises, casseroles, clés, bouteilles,
      tentes, palettes, infirmières, cordes, portes, chansons, machines, bougies, caisses, étudiantes, tables, valises, bottes, promesses,
      plaintes, bâches, cabanes, marmites, pétitions, planches, cousines`),
    w: list(
      `derrière, près de, devant, autour de, au-dessus de, le long de, en face de, au bord de, à côté de, au nord de, au pied de`,
    ),
    t: list(`ce matin, mardi dernier, avant l’aube, à midi, depuis deux semaines, hier soir, après la pluie, pendant la grève, tard dans la nuit,
      sans prévenir, encore une fois, tout l’hiver, en une heure, il y a trois jours`),
    months: list('janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre'),
    openings: [
      'Le @date à @hour, on s’est retrouvé à @town.',
      '@town, le @date : tout a commencé à @hour.',
      'Voici ce qui est arrivé à @town le @date.',
    ],
    titles: ['{n} {a} de {P}', '{#} {p} {w} {P}', '{N} {v} {n} {a}', 'À {P}, {n} {v} les {p}'],
    credit: 'Repris de',
    footer: `Nous sommes bénévoles et d’aucun parti. Pour nous aider, écrivez à l’adresse affichée sur notre porte, apportez des chaussettes
      sèches le dimanche, ou venez vous asseoir à la grande table après dix-huit heures. Nous répondons à toutes les lettres, lentement, nous
      publions ce qu’on nous raconte de bonne foi, nous corrigeons ce qui était faux, et nous ne demandons le nom de personne. Copiez cette
      page, affichez-la dans votre escalier, lisez-la à qui ne peut pas la lire, et dites-nous quand un numéro ne répond plus.`,
  },
  es: {
    patterns: [
      '{t}, {n} {a} {v} {#} {p} {w} {P}, y {N} {v} {n} {a}.',
      '{N}, de {P}, {v} {n} con {#} {p}, pero {n} {a} {v} las {p} {t}.',
      'Nadie en {P} sabe por qué {n} {v} sus {p} {t}, cuando {#} {p} {w} {P} buscaban {n} {a}.',
      '“Aquí {n} {v} todas las {#} {p} {w} {P}”, dice {N}, que {v} {n} {a} {t}.',
      'En {P}, {#} {p} y {n} {a} esperan lo que {n} de {N} {v} {t}.',
      'Como {n} {v} nuestras {p} {t}, {N} {v} {#} {p} {w} {P} para {n} {a}.',
    ],
    n: list(`el ayuntamiento, el puerto, la cocina, la jueza, la valla, el vecino, la clínica, el sindicato, la escuela, la panadería, el puente,
      la estación, el tribunal, el jardín, la biblioteca, el conductor, el sótano, el mercado, el barco, el ministerio, la bomba, la estufa,
      la tienda, el coro, la patrulla, la abogada, el muelle, la torre, el molino, el huerto, la sala, el tejado, la radio, el refugio,
      el comedor, la fontanera, el almacén, el albergue`),
    a: list(`libre, pobre, joven, verde, triste, alegre, amable, frágil, fácil, difícil, débil, útil, local, rural, vulnerable, estable, humilde,
      enorme, urgente, reciente, fuerte, grande, puntual, invisible, paciente, cordial, ilegal, breve`),
    v: list(`cerró, prometió, contó, llevó, rechazó, reparó, visitó, perdió, acogió, registró, pintó, vació, guardó, movió, olvidó, rodeó, preparó,
      midió, pidió, avisó, abrió, siguió, vendió, arregló, elogió, bloqueó, compartió, escondió, levantó, lavó, invitó, devolvió, vigiló`),
    p: list(`mantas, cartas, familias, ventanas, botas, chaquetas, lámparas, bicicletas, hojas, sillas, ollas, llaves, botellas, tiendas, mesas,
      enfermeras, cuerdas, puertas, canciones, máquinas, velas, cajas, estudiantes, maletas, promesas, quejas, lonas, cabañas, tablas,
      primas, firmas, carretas, linternas, pancartas`),
    w: list(
      `detrás de, cerca de, delante de, alrededor de, encima de, enfrente de, al borde de, al lado de, al norte de, al pie de, junto a`,
    ),
    t: list(`esta mañana, el martes pasado, antes del alba, al mediodía, desde hace dos semanas, ayer por la tarde, después de la lluvia,
      durante la huelga, de madrugada, sin avisar, una vez más, todo el invierno, en una hora, hace tres días`),
    months: list('enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre'),
    openings: [
      'El @date a las @hour nos reunimos en @town.',
      '@town, @date: empezó a las @hour.',
      'Esto es lo que pasó en @town el @date.',
    ],
    titles: ['{n} {a} de {P}', '{#} {p} {w} {P}', '{N} {v} {n} {a}', 'En {P}, {n} {v} las {p}'],
    credit: 'Tomado de',
    footer: `Somos gente voluntaria y de ningún partido. Para ayudar, escribid a la dirección que está en nuestra puerta, traed calcetines secos
      los domingos o sentaos con nosotras en la mesa larga después de las seis. Contestamos todas las cartas, aunque despacio, publicamos lo
      que se nos cuenta de buena fe, corregimos lo que estaba mal y no preguntamos el nombre a nadie. Copiad esta página, colgadla en la
      escalera, leedla en voz alta a quien no pueda leerla, y decidnos cuándo un número ha dejado de funcionar.`,
  },
};

const heads = list(
  'Tor, Mar, Bel, Vis, Cal, Dun, Ost, Lam, Ner, Sal, Gra, Pol, Fen, Hal, Rov, Tam, Ulm, Wes, Bro, Kes',
);
const middles = list('ve, li, ro, ma, ne, sa, do, ki, ta, lu, be, gi, po, ra, su');
const tails = list('sca, mont, ford, nault, rina, stad, quez, berg, lles, wick, dorf, zano, tier, ham, nova');

/** The name of a place or a person that is nowhere and nobody. */
export function inventName({ pick }: Dice): string {
  return pick(heads) + pick(middles) + pick(tails);
}

function fill(pattern: string, lang: GradedLanguage, dice: Dice): string {
  const lists = words[lang];
  const sentence = pattern.replace(
    /\{([navpwtPN#])\}/g,
    (_, slot: 'n' | 'a' | 'v' | 'p' | 'w' | 't' | 'P' | 'N' | '#') => {
      if (slot === 'P' || slot === 'N') return inventName(dice);
      return slot === '#' ? String(2 + dice.roll(900)) : dice.pick(lists[slot]);
    },
  );
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

export function inventTitle(lang: GradedLanguage, dice: Dice): string {
  return fill(dice.pick(words[lang].titles), lang, dice);
}

export function inventParagraph(lang: GradedLanguage, dice: Dice): string {
  return Array.from({ length: 2 + dice.roll(3) }, () => fill(dice.pick(words[lang].patterns), lang, dice)).join(' ');
}

/** @param date `YYYY-MM-DD` */
export function dateIn(lang: GradedLanguage, date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  const name = words[lang].months[(month ?? 1) - 1] ?? '';
  return lang === 'es' ? `${day} de ${name} de ${year}` : `${day} ${name} ${year}`;
}
