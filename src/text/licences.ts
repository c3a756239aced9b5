/**
 * What a statement of rights says: which Creative Commons licence it names, by address or in words, and whether it keeps all
 * rights. Partners write it, so it can only make terms stricter; what is not understood changes nothing. Pure.
 */
import { foldSpace } from './html.ts';

/** What a statement takes away from what the maintainer has agreed. */
export interface Reading {
  /** All rights are reserved, in so many words: what is left is to quote. */
  readonly isReserved: boolean;
  /** No derivatives: a text is shown as it is, or not. */
  readonly isUnchanged: boolean;
  /** The stricter the higher; 0 where nothing is understood. For choosing between two statements on one text. */
  readonly strictness: number;
}

const longest = 2_000;

/** What all statements in a line of text come to: of several the strictest of each counts. */
export function readLicence(statement: string): Reading {
  const text = foldSpace(statement.slice(0, longest)).toLowerCase();
  const codes = [...codesIn(text), ...wordsIn(text)];
  const isReserved = reservations.some((words) => words.test(text));
  const isUnchanged = codes.some((code) => code.includes('nd'));
  return { isReserved, isUnchanged, strictness: isReserved ? reservedRank : Math.max(0, ...codes.map(rankOf)) };
}

/**
 * The address of the licence that a line of text names, for machines: the line itself, an address of Creative Commons in it,
 * or the one that its words stand for. Any other address in it may be anything.
 */
export function licenceAddress(statement: string): string | undefined {
  const text = foldSpace(statement.slice(0, longest));
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  const [written] = /https?:\/\/(?:www\.)?creativecommons\.org\/[^\s<>"'()[\]]+/i.exec(text) ?? [];
  if (written !== undefined) return written.replace(/[.,;:!?]+$/, '');
  const [, code, version] = short.exec(text.toLowerCase()) ?? [];
  if (code === undefined) return undefined;
  if (/^(?:0|zero)$/.test(code)) return 'https://creativecommons.org/publicdomain/zero/1.0/';
  return version === undefined
    ? undefined
    : `https://creativecommons.org/licenses/${code.replace(/[ _]/g, '-')}/${version}/`;
}

// ── Creative Commons ─────────────────────────────────────────────────────────────────────────────

/** In any version, port, language and order of its letters; the first versions had `by-nd-nc` and `nc-sampling+`. */
const address = /creativecommons\.org\/(?:licen[sc]es|publicdomain)\/([a-z+-]{1,24})/g;
/** `CC BY-NC-ND 4.0`, `cc-by`, `CC0`. */
const short =
  /(?<![\p{L}\p{N}])cc[ :-]{0,2}(0|zero|by(?:[ _-](?:nc|nd|sa)){0,2})(?![\p{L}])(?:[ -]?(?:v\.? ?)?(\d\.\d))?/u;

function codesIn(text: string): string[] {
  const found = [...text.matchAll(address)].flatMap(([, code]) => code ?? []);
  const named = new RegExp(short, 'gu');
  return [...found, ...[...text.matchAll(named)].flatMap(([, code]) => code ?? [])];
}

/** The names of the licences as their deeds spell them, in the languages of the network. */
const noDerivatives =
  /no[ -]?deriv(?:ative|s)|pas (?:de |d.)(?:modification|[œo]uvre d[ée]riv)|keine bearbeitung|sin ?(?:obras? ?)?derivad|sem ?derivad|non opere derivate|no opere derivate|geen ?afgeleide|منع الاشتقاق|غير قابل للاشتقاق|بدون اشتقاق|بلا اشتقاق|اشتقاق[\s‌]*ناپذیر|غیراشتقاقی|türetilemez|όχι παράγωγα/u;
const nonCommercial =
  /non[ -]?commercial|pas d.utilisation commerciale|nicht[ -]?kommerziell|keine kommerzielle|no ?comercial|n[ãa]o ?comercial|non commerciale|niet[ -]?commercieel|غير تجاري|غیر[\s‌]*تجاری|gayriticari|μη εμπορική/u;
const isNamed = /creative[ -]?commons|المشاع الإبداعي|کریتیو کامنز|کریتیو کامانز/u;

function wordsIn(text: string): string[] {
  if (!isNamed.test(text)) return [];
  return [`by${nonCommercial.test(text) ? '-nc' : ''}${noDerivatives.test(text) ? '-nd' : ''}`];
}

const reservedRank = 9;

function rankOf(code: string): number {
  if (/zero|^0$|mark|publicdomain/.test(code)) return 1;
  const has = (part: string): boolean => new RegExp(`(?:^|[^a-z])${part}(?:$|[^a-z])`).test(code);
  return 2 + (has('sa') ? 1 : 0) + (has('nc') ? 2 : 0) + (has('nd') ? 4 : 0);
}

// ── all rights reserved ──────────────────────────────────────────────────────────────────────────

/** All rights, not some, and none that is reversed. What stands between the words is bounded: a partner writes the text. */
const reservations: readonly RegExp[] = [
  /\ball rights? (?:are )?reserved\b/,
  /\btous (?:les )?droits (?:[\p{L}’']+ ){0,4}?r[ée]serv[ée]s/u,
  /\balle rechte (?:[\p{L}]+ ){0,3}?vorbehalten/u,
  /\btodos (?:los|os) (?:derechos|direitos) (?:[\p{L}]+ ){0,2}?reservados/u,
  /\btutti i diritti (?:[\p{L}]+ ){0,2}?riservati|\briproduzione riservata/u,
  /\balle rechten (?:[\p{L}]+ ){0,2}?voorbehouden/u,
  /\btots els drets (?:[\p{L}]+ ){0,2}?reservats/u,
  /\balla rättigheter (?:är )?(?:förbehålln?a|reserverade)|\balle rettigheter (?:er )?(?:forbeholdt|forbeholdes|reservert)/,
  /\btoate drepturile (?:sunt )?rezervate/,
  /\bwszelkie prawa zastrzeżone|\bvšechna práva vyhrazena|\bsva prava (?:su )?(?:pridržana|zadržana)/,
  /minden jog fenntartva|të gjitha të drejtat (?:janë )?(?:e |të )?rezervuara/,
  /все права защищены|[ву]сі права захищен[оі]|всички права запазени|сва права (?:су )?задржана/,
  /(?:tüm|bütün) hakları? saklıdır|her hakkı saklıdır|hemû maf (?:[\p{L}]+ ){0,2}?parast/u,
  /με (?:την )?επιφύλαξη παντ[όο]ς (?:νόμιμου )?δικαιώματος/,
  /(?:جميع|كل|كافة|كافّة) (?:ال)?حقوق (?:[\p{L}\p{M}]+ ){0,4}?محفوظ/u,
  /(?:تمام|تمامی|همه|همهٔ|همه‌ی|کلیه|کلیهٔ|کلیه‌ی|كليه|هر گونه) (?:ی )?(?:این )?حقوق (?:[\p{L}\p{M}\u200c]+ ){0,8}?محفوظ/u,
  /هەموو ماف(?:ەکان|ێک)(?:ی)? (?:[\p{L}\p{M}]+ ){0,3}?پارێزرا/u,
];
