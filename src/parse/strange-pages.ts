/**
 * A web page that answers in a feed's place to a Problem with its own name: parked domains, robot checks, maintenance,
 * logins, errors. One table, a row for each kind. A page that names feeds is never looked at here.
 */
import { type Problem, type ProblemCode, problem } from '../problems.ts';
import { type PageLook, straight } from './page-look.ts';
import { isPhpError } from './sniff.ts';

/** All texts as `straight` writes them. */
interface Kind {
  readonly code: ProblemCode;
  /** What it is; undefined where the code says so itself. */
  readonly what?: string;
  /** A title, or a part of one between bars, dashes and colons, without the dots at its end. */
  readonly titles?: readonly string[];
  /** Titles with a name in them. */
  readonly titled?: RegExp;
  /** What no other page is made of. */
  readonly machinery?: readonly string[];
  /** Said on a page that says little else. */
  readonly says?: readonly string[];
  /** What other pages have too, but not those that say next to nothing. */
  readonly gadgets?: readonly string[];
  /** Neither titles nor gadgets count without a field for a password. */
  readonly needsPassword?: true;
}

const row = (words: string): readonly string[] => words.split('|').map((one) => one.trim());

const kinds: readonly Kind[] = [
  {
    code: 'parse/parked-domain',
    titles: row(`domain for sale | this domain is for sale | domain is parked | this domain is parked | parked domain |
      domain parked | domain parking | hugedomains.com | dan.com | domain expired | expired domain | domain has expired |
      this domain has expired | domaine expiré | nom de domaine expiré | domain abgelaufen | dominio expirado | dominio caducado`),
    titled:
      /\b(?:domaine?|dominio|domein)(?: name)?(?: \S{1,70}\.\S{2,24})?(?: is| may be| est| ist| steht| está| è)? (?:for sale|à vendre|zum verkauf|zu verkaufen|en venta|a la venta|in vendita|te koop)|\.[a-z]{2,24} (?:is|may be) for sale/,
    machinery: row(`adsense/domains/caf.js | sedoparking.com | sedo.com/search/details | parkingcrew | bodis.com |
      bodiscdn.com | afternic.com | hugedomains.com | cashparking | parking-lander | location.href="/lander" |
      //cdn0.dan.com | //dan.com/ | dsparking.com | parklogic.com | d38psrni17bvxu.cloudfront.net | domainsponsor.com |
      skenzo.com | voodoo.com | ztomy.com | uniregistry.com | namedrive.com | smartname.com | parkingpage.namecheap.com`),
    says: row(`domain is for sale | domain may be for sale | domain name is for sale | domain name may be for sale |
      buy this domain | inquire about this domain | domain is parked | domain has been parked | domain name is parked |
      is parked free, courtesy of | domain has expired | domain name has expired | domaine est à vendre |
      acheter ce domaine | acheter ce nom de domaine | domaine est parqué | domaine a expiré | domain steht zum verkauf |
      domain kaufen | domain ist geparkt | domain wurde geparkt | domain ist abgelaufen | dominio está en venta |
      dominio está a la venta | comprar este dominio | dominio está aparcado | dominio está estacionado |
      dominio ha caducado | dominio ha expirado | dominio è in vendita | domein is te koop`),
  },
  {
    code: 'parse/challenge-page',
    titles: row(`just a moment | un instant | un momento | un moment | einen moment | einen moment, bitte |
      nur einen moment | um momento | even geduld | please wait | one moment, please | attention required |
      checking your browser | checking your browser before accessing | verifying your browser | security check |
      verify you are human | are you human | are you a robot | human verification | bot verification | captcha |
      robot challenge screen | ddos-guard | ddos protection | vercel security checkpoint |
      making sure you're not a bot | vérification de votre navigateur | vérification de sécurité |
      überprüfung ihres browsers | sicherheitsüberprüfung | comprobando su navegador | comprobando tu navegador |
      verificación de seguridad`),
    titled: /^(?:attention required!|please wait\.\.\.) \| cloudflare$/,
    machinery: row(`_cf_chl_opt | cf_chl_ | cf-chl- | cf-browser-verification | .well-known/ddos-guard/ |
      anubis_challenge | .within.website/x/cmd/anubis | sgcaptcha | .well-known/captcha/ | px-captcha |
      captcha-delivery.com | awswafintegration | wsidchk | sucuri_cloudproxy | slowaes.decrypt`),
    says: row(`checking your browser before accessing | verify you are human | verifying you are human |
      verify that you are human | you are not a robot | you are not a bot | you're not a robot | you're not a bot |
      enable javascript and cookies to continue | needs to review the security of your connection |
      incapsula incident id | unusual traffic from your computer | vérifier que vous êtes humain |
      vérifiez que vous êtes humain | vous n'êtes pas un robot | dass sie ein mensch sind | dass sie kein roboter sind |
      dass sie kein bot sind | que eres humano | que es un ser humano | que no eres un robot | que no es un robot`),
    gadgets: row('hcaptcha | recaptcha | cf-turnstile | challenges.cloudflare.com'),
  },
  {
    code: 'parse/maintenance-page',
    titles: row(`maintenance | maintenance mode | under maintenance | site maintenance | site under maintenance |
      website under maintenance | down for maintenance | closed for maintenance | scheduled maintenance |
      briefly unavailable for scheduled maintenance | we'll be back soon | we'll be right back | en maintenance |
      site en maintenance | site web en maintenance | maintenance en cours | maintenance du site | mode maintenance |
      wartung | wartungsarbeiten | wartungsmodus | im wartungsmodus | mantenimiento | en mantenimiento |
      sitio en mantenimiento | sitio web en mantenimiento | página en mantenimiento | modo mantenimiento |
      modo de mantenimiento | in manutenzione | sito in manutenzione | in onderhoud | site in onderhoud | em manutenção |
      site em manutenção | bakım modu | υπό συντήρηση | وضع الصيانة | الموقع تحت الصيانة`),
    machinery: row('wp-maintenance-mode | maintenance-page in-maintenance'),
    says: row(`briefly unavailable for scheduled maintenance | site is under maintenance | website is under maintenance |
      currently under maintenance | undergoing maintenance | undergoing scheduled maintenance | down for maintenance |
      site est en maintenance | actuellement en maintenance | en cours de maintenance | wartungsarbeiten |
      wird gerade gewartet | im wartungsmodus | en mantenimiento | è in manutenzione | em manutenção`),
  },
  {
    code: 'parse/login-page',
    titles: row(`private site | private blog | private website | this site is private | site privé | blog privé |
      privater blog | private seite | sitio privado | blog privado`),
    says: row(`this site is private | this blog is private | is marked private by its owner | ce site est privé |
      ce blog est privé | diese website ist privat | dieser blog ist privat | este sitio es privado | este blog es privado`),
  },
  {
    code: 'parse/login-page',
    needsPassword: true,
    titles: row(`log in | login | sign in | authentication required | password protected | connexion | se connecter |
      identification | authentification | anmelden | anmeldung | einloggen | iniciar sesión | acceder | acceso | entrar |
      accedi | inloggen | aanmelden | giriş | giriş yap | σύνδεση | تسجيل الدخول`),
    gadgets: row('wp-login | loginform | login-form | user-login | login_form'),
  },
  {
    code: 'parse/not-a-feed',
    what: 'a notice that the hosting account is suspended',
    titles: row(`account suspended | this account has been suspended | website suspended | site suspended |
      compte suspendu | site suspendu | hébergement suspendu | konto gesperrt | cuenta suspendida | sitio suspendido`),
    machinery: row('suspendedpage.cgi'),
    says: row(`account has been suspended | website has been suspended | site has been suspended |
      compte a été suspendu | site a été suspendu | cuenta ha sido suspendida`),
  },
  {
    code: 'parse/not-a-feed',
    what: 'an error page of Cloudflare',
    titled: / \| 5\d\d: |used cloudflare to restrict access|^error 1\d{3}\b/,
    machinery: row('cf-error-details | cf-error-footer | cf-error-code'),
  },
  {
    code: 'parse/not-a-feed',
    what: 'the page of a web server that nobody has set up',
    titled:
      /^welcome to nginx\b|\bapache2? .{0,40}default page|\btest page for (?:the )?(?:apache|nginx)|http server test page|^iis ?(?:\d|windows)|^default (?:web site|parallels plesk) page|^web server's default page/,
    says: row('thank you for using nginx | used to test the correct operation of the apache'),
  },
  {
    code: 'parse/not-a-feed',
    what: 'a list of files',
    titled: /^index of \/|^directory listing (?:for|of) \/|^listing directory \//,
  },
  {
    code: 'parse/not-a-feed',
    what: 'an error message of WordPress',
    titled: /^wordpress › (?:error|erreur|fehler)/,
    says: row(`error establishing a database connection | there has been a critical error on this website |
      erreur lors de la connexion à la base de données | erreur critique sur ce site | kritischen fehler auf dieser website |
      error al establecer una conexión con la base de datos | error crítico en esta web`),
  },
];

/** Characters of text on a page that says little, and on one that says next to nothing. */
const little = 2_000;
const nextToNothing = 500;

/** What a page is, if it is strange. */
interface Strange {
  readonly problem: Problem;
  /** By its whole title or what it is made of: not by a part of the title, nor by what it says. */
  readonly isCertain: boolean;
}

/**
 * Names a page that advertises no feed, by its title and what it is made of, else by what it says and little else.
 * @returns undefined for a page like others: that it mentions such words in an article makes it none of these.
 *   Problems: parse/parked-domain, parse/challenge-page, parse/maintenance-page, parse/login-page, parse/not-a-feed
 */
export function strangePage(look: PageLook): Strange | undefined {
  if (isPhpError(look.text)) {
    return { problem: problem('parse/not-a-feed', {}, 'an error message of PHP'), isCertain: false };
  }
  const title = straight(look.title ?? '');
  const candidates = kinds.filter((kind) => !kind.needsPassword || look.hasPassword);
  const certain = candidates.find((kind) => isPlainly(kind, look, title));
  const kind = certain ?? candidates.find((one) => isTitled(one, title)) ?? candidates.find((one) => seems(one, look));
  if (kind === undefined) return undefined;
  const named = look.title === undefined ? 'without a title' : `titled “${look.title}”`;
  return {
    problem: problem(kind.code, {}, `${kind.what ?? 'a web page'} ${named}`),
    isCertain: certain !== undefined,
  };
}

function isPlainly({ titles, titled, machinery }: Kind, look: PageLook, title: string): boolean {
  return titles?.includes(bare(title)) || titled?.test(title) || has(look.machinery, machinery);
}

function isTitled({ titles }: Kind, title: string): boolean {
  const parts = title.split(/ ?[|·•«»‹›] ?| [-–—] |: /).map(bare);
  return titles?.some((one) => parts.includes(one)) === true;
}

function seems({ says, gadgets }: Kind, { text, machinery }: PageLook): boolean {
  return (text.length <= little && has(text, says)) || (text.length <= nextToNothing && has(machinery, gadgets));
}

function has(text: string, signs: readonly string[] | undefined): boolean {
  return signs?.some((sign) => text.includes(sign)) === true;
}

function bare(title: string): string {
  return title.replace(/[\s.…!?]+$/, '');
}
