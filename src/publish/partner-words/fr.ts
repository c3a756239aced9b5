/** What Relais says to partners in French. */
import { count, number } from '../words/grammar.ts';
import type { PartnerWords } from './shape.ts';

const locale = 'fr';

export const french: PartnerWords = {
  title: (name) => `Comment ce site traite la source ${name}`,
  about:
    'Pour celles et ceux qui l’écrivent : ce que nous prenons, comment nous le montrons, et ce que vous pouvez faire.',
  taken: 'Ce que nous prenons',
  addressKept: 'non affichée, car elle contient un secret',
  asked: 'Interrogée',
  everyHours: (n) =>
    count(locale, n, { one: 'au plus une fois par heure', other: 'au plus une fois toutes les {n} heures' }),
  byRhythm: 'à peu près aussi souvent qu’elle apporte du nouveau, au plus une fois par heure',
  stored: 'Pris jusqu’ici',
  texts: (n) => count(locale, n, { one: '{n} texte', many: '{n} de textes', other: '{n} textes' }),
  shownNow: 'Affichés actuellement',
  firstSeen: 'Premier texte pris le',
  only: 'Seulement les textes avec l’un de ces mots',
  skip: 'Aucun texte avec l’un de ces mots',
  parts: {
    title: 'dans le titre',
    text: 'dans le texte',
    author: 'parmi les auteurs',
    tag: 'parmi les étiquettes',
    link: 'dans l’adresse',
    lang: 'comme langue',
  },
  tags: 'Étiquettes que nous ajoutons',
  terms: 'Comment nous le montrons',
  excerptOf: (n) => `le début, ${number(locale, n)} mots au plus, avec un lien vers le texte entier`,
  images: 'Images',
  imagesAre: { copy: 'copiées sur ce site', link: 'en lien', none: 'omises' },
  licenceSaidHere: 'comme convenu avec nous',
  licenceOfTexts: 'celle qu’indique chaque texte ou votre flux ; sans indication, aucune n’est affichée',
  creditedAs: 'Mention',
  example: 'La mention de votre texte le plus récent ici',
  embargo: 'Vos lecteurs d’abord',
  hours: (n) => count(locale, n, { one: '{n} heure', many: '{n} d’heures', other: '{n} heures' }),
  agreed: 'Convenu',
  agreedOn: (on) => `le ${on}`,
  agreedUntil: (until) => `jusqu’au ${until}`,
  agreementEnded: (until) => `L’accord a pris fin le ${until} : depuis, nous ne montrons que des titres et des liens.`,
  notNoted: 'Aucun accord avec vous n’est noté. Si cela ne vous convient pas, dites-le-nous.',
  wished: 'Votre propre site ou votre flux nous demande de montrer moins. Nous le respectons.',
  yours: 'Ce que vous pouvez faire',
  correct: {
    what: 'Corriger un texte',
    mend: 'Modifiez-le sur votre site. Dès que votre flux porte la modification, nous la montrons à notre prochaine visite, nous disons que le texte a été corrigé, et nous en informons celles et ceux qui lisent nos flux.',
  },
  withdraw: {
    what: 'Retirer un texte',
    mend: 'Supprimez sa page et ôtez-le de votre flux : il disparaît d’ici quand sa page a été absente deux jours. Plus vite : dites dans votre flux qu’il est supprimé, et il disparaît à notre prochaine visite, avec les reprises qui vous nomment. Ou écrivez-nous.',
  },
  stop: {
    what: 'Être montrés moins, ou pas du tout',
    mend: 'Dites-le sur votre propre site ou dans votre flux ; cela vaut en moins d’un jour, sans rien nous demander. Au lieu de « none », vous pouvez écrire « link » (lien) ou « excerpt » (extrait).',
  },
  inFile: 'Dans un fichier à l’adresse',
  inFeed: 'Ou dans votre flux RSS ou Atom',
  inJsonFeed: 'Ou dans votre flux JSON',
  inFeedToWithdraw: 'Dans votre flux RSS ou Atom, avec l’identifiant (guid) du texte',
  write: 'Ou écrivez à',
  noContact: 'Ce site n’indique aucune adresse où écrire.',
  flaws: 'Ce qui ne va pas dans votre flux',
  noFlaws: 'Nous n’avons rien trouvé.',
  notReadYet: 'Nous n’avons pas encore pu le lire.',
  flawsAre: {
    markup: {
      what: 'Le flux n’est pas bien formé.',
      mend: 'Souvent un & ou un < se trouve dans un texte à la place de &amp; ou &lt;, ou le document s’interrompt. Les programmes stricts n’en montrent rien.',
    },
    encoding: {
      what: 'Le flux annonce un encodage de caractères et en utilise un autre.',
      mend: 'Écrivez-le et servez-le en UTF-8, et indiquez-le à sa première ligne.',
    },
    letters: {
      what: 'Certains octets ne correspondent à aucune lettre.',
      mend: 'Enregistrez de nouveau les textes en UTF-8 ; on y voit � à ces endroits.',
    },
    entry: { what: 'Une entrée est vide ou illisible.', mend: 'Donnez-lui un titre, un texte ou un lien.' },
    'no-guid': {
      what: 'Des entrées n’ont pas d’identifiant propre.',
      mend: 'Donnez à chacune un guid (RSS) ou un id (Atom, JSON) qui ne change jamais : sans cela, un titre modifié peut faire paraître un texte deux fois.',
    },
    'same-guid': {
      what: 'Plusieurs entrées ont le même identifiant.',
      mend: 'Donnez à chacune un identifiant (guid) qu’aucune autre n’a : on risque de n’en voir qu’une.',
    },
    'new-guids': {
      what: 'Des textes connus sont revenus sous de nouveaux identifiants.',
      mend: 'Gardez les identifiants (guid) quand vous déplacez le site ou changez de logiciel : d’autres programmes montrent tout deux fois.',
    },
    'no-date': {
      what: 'Des entrées n’ont pas de date lisible.',
      mend: 'Écrivez pubDate (RSS), published (Atom) ou date_published (JSON), avec le fuseau horaire.',
    },
    'future-date': {
      what: 'Des entrées sont datées dans l’avenir.',
      mend: 'Vérifiez l’horloge et le fuseau horaire de votre site. Pour un rendez-vous, utilisez un champ d’événement.',
    },
    'bad-link': {
      what: 'Des entrées ont un lien qui ne mène nulle part sur le web.',
      mend: 'Écrivez des adresses complètes, commençant par https://.',
    },
    'double-encoded': {
      what: 'Des signes dans les titres sont encodés deux fois : on y lit &amp;.',
      mend: 'Encodez les titres une seule fois. Souvent une extension le fait de nouveau.',
    },
    beginnings: {
      what: 'Tous les textes s’arrêtent après leur début.',
      mend: 'Si vous voulez qu’on les lise en entier, mettez les textes entiers dans le flux : dans WordPress, sous Réglages, Lecture.',
    },
    emptied: { what: 'Le flux ne contient plus rien.', mend: 'Si ce n’est pas voulu, vérifiez ses réglages.' },
    'no-validators': {
      what: 'Votre serveur ne dit pas si le flux a changé.',
      mend: 'Faites-lui envoyer ETag ou Last-Modified : cela vous épargne l’essentiel du trafic, et nous pouvons demander plus souvent.',
    },
    unencrypted: {
      what: 'Le flux voyage sans chiffrement.',
      mend: 'Si votre site sait parler https, donnez-nous cette adresse : n’importe qui en chemin peut le lire et le modifier.',
    },
    'has-https': {
      what: 'Le flux voyage sans chiffrement, alors que votre site sait parler https.',
      mend: 'Donnez-nous l’adresse en https, et faites rediriger l’ancienne vers elle de façon permanente (301).',
    },
    'relative-links': {
      what: 'Des textes renvoient à votre propre site par une partie d’adresse.',
      mend: 'Écrivez des adresses complètes, commençant par https:// : ailleurs, ces liens et ces images ne mènent nulle part.',
    },
    certificate: {
      what: 'Le certificat de votre site expire bientôt.',
      mend: 'Renouvelez-le, et laissez désormais votre serveur le faire de lui-même : après ce jour, presque aucun programme ne lira le flux.',
    },
    moved: {
      what: 'L’adresse du flux redirige de façon permanente vers une autre.',
      mend: 'Indiquez la nouvelle partout où vous annoncez le flux, et gardez la redirection. Nous la suivons.',
    },
  },
  entries: (n) => count(locale, n, { one: '{n} entrée', many: '{n} d’entrées', other: '{n} entrées' }),
  line: (line, column) => `Ligne ${number(locale, line)}, colonne ${number(locale, column)}`,
  mends: {
    certificate: 'Faites installer la chaîne complète des certificats sur votre serveur.',
    'certificate-expired': 'Renouvelez le certificat.',
    refused:
      'Laissez les programmes lire l’adresse du flux : une exception dans le pare-feu ou la protection contre les robots suffit.',
    missing:
      'Si le flux a déménagé, faites rediriger l’ancienne adresse vers la nouvelle de façon permanente (301), ou dites-le-nous.',
    trouble: 'Demandez à qui gère votre serveur de regarder son journal.',
    astray: 'Vérifiez les redirections de votre site : elles tournent en rond, ou mènent de https à http.',
    'no-feed': 'Vérifiez si le flux est toujours activé, et s’il a une autre adresse.',
    'too-large': 'Mettez moins de textes dans le flux.',
    slow: 'Demandez à qui gère votre serveur pourquoi il est si lent.',
  },
  network: 'Vos textes dans le réseau',
  passedOn: 'Vos textes que d’autres ont relayés ici',
  reposts: 'Textes d’autres groupes que vous avez relayés',
  none: 'Aucun jusqu’ici.',
  newest: 'Les plus récents :',
  noReaders: 'On ne compte les lecteurs ni ici, ni ailleurs sur ce site.',
  nowhereHow: [
    'Certains groupes veulent que rien d’eux ne soit montré ici. Alors ce site n’a d’eux ni texte, ni titre, ni lien, ni nom, ni page à leur sujet ; les reprises de leurs textes par d’autres sont omises aussi.',
    'Si vous l’avez demandé sur votre propre site ou dans votre flux et voulez changer, retirez-le là-bas : en moins d’un jour vous êtes montrés comme convenu. Sinon, écrivez-nous.',
  ],
};
