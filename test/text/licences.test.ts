/** Statements of rights as feeds have them, and what each takes away from the terms that the maintainer has agreed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { licenceAddress, readLicence } from '../../src/text/licences.ts';
import { expectLinear } from '../expect-linear.ts';

const free = { isReserved: false, isUnchanged: false };
const whole = { isReserved: false, isUnchanged: true };
const reserved = { isReserved: true, isUnchanged: false };

describe('what a statement takes away', () => {
  test.each([
    ['', free],
    ['https://creativecommons.org/licenses/by/4.0/', free],
    ['http://creativecommons.org/licenses/by-sa/2.0/fr/deed.fr', free],
    ['//creativecommons.org/licenses/by-nc-sa/3.0/de/', free],
    ['https://creativecommons.org/publicdomain/zero/1.0/', free],
    ['https://creativecommons.org/publicdomain/mark/1.0/deed.ar', free],
    ['http://www.creativecommons.org/licenses/by-nd/4.0', whole],
    ['https://creativecommons.org/licenses/by-nc-nd/4.0/legalcode', whole],
    ['http://creativecommons.org/licenses/by-nd-nc/1.0/', whole],
    ['http://creativecommons.org/licenses/nd/1.0/', whole],
    ['© 2026 Harbour Watch, CC BY-NC-ND 3.0 DE', whole],
    ['cc-by-nd', whole],
    ['CC BY-SA 4.0', free],
    ['CC0', free],
    ['Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International', whole],
    ['Creative Commons Attribution – Pas d’utilisation commerciale – Pas de modification', whole],
    ['Creative Commons Namensnennung - Keine Bearbeitungen 4.0', whole],
    ['Creative Commons Reconocimiento-SinObraDerivada', whole],
    ['Creative Commons Attribuzione - Non opere derivate', whole],
    ['المشاع الإبداعي: نسب المصنف - منع الاشتقاق', whole],
    ['No derivatives of oil on this site', free],
    ['All rights reserved.', reserved],
    ['© Harbour Watch 2026\nALL RIGHTS RESERVED', reserved],
    ['Tous droits réservés', reserved],
    ['Tous droits de reproduction réservés', reserved],
    ['Alle Rechte vorbehalten', reserved],
    ['Todos los derechos reservados', reserved],
    ['Todos os direitos reservados', reserved],
    ['Tutti i diritti sono riservati', reserved],
    ['Riproduzione riservata', reserved],
    ['Alle rechten voorbehouden', reserved],
    ['جميع الحقوق محفوظة', reserved],
    ['كافة حقوق النشر محفوظة لموقعنا', reserved],
    ['تمامی حقوق این سایت محفوظ است', reserved],
    ['کلیه حقوق مادی و معنوی برای این پایگاه محفوظ است', reserved],
    ['Tüm hakları saklıdır', reserved],
    ['Με επιφύλαξη παντός δικαιώματος', reserved],
    ['Все права защищены', reserved],
    ['Some rights reserved', free],
    ['Certains droits réservés', free],
    ['Einige Rechte vorbehalten', free],
    ['بعض الحقوق محفوظة', free],
    ['No rights reserved', free],
    ['All rights reversed', free],
    ['© 2026 Harbour Watch', free],
    ['May be reproduced with credit', free],
    ['Copyleft', free],
    ['All rights reserved, but https://creativecommons.org/licenses/by/4.0/', reserved],
    ['All rights reserved https://creativecommons.org/licenses/by-nd/4.0/', { isReserved: true, isUnchanged: true }],
  ])('%j', (statement, expected) => {
    expect(readLicence(statement)).toMatchObject(expected);
  });

  test('of two licences the one that allows less is the stricter', () => {
    const rising = [
      'with our blessing',
      'CC0',
      'CC BY',
      'CC BY-SA',
      'CC BY-NC',
      'CC BY-NC-SA',
      'CC BY-ND',
      'CC BY-NC-ND',
    ];
    const ranks = [...rising, 'All rights reserved'].map((statement) => readLicence(statement).strictness);
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
  });

  test('words around a statement make it no looser', () => {
    const statements = [
      'All rights reserved',
      'https://creativecommons.org/licenses/by-nc-nd/4.0/',
      'CC BY-ND 4.0',
      'جميع الحقوق محفوظة',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...statements),
        fc.lorem({ maxCount: 20 }),
        fc.lorem(),
        (statement, before, after) => {
          const [alone, among] = [statement, `${before} ${statement} ${after}`].map(readLicence);
          expect(among?.strictness).toBeGreaterThanOrEqual(alone?.strictness ?? 0);
          expect([among?.isReserved, among?.isUnchanged]).toEqual([alone?.isReserved, alone?.isUnchanged]);
        },
      ),
    );
  });

  test.each(['tous droits a', 'creativecommons.org/licenses/', 'جميع حقوق ', 'cc by ', 'all rights '])(
    'is quick with many a %j',
    async (piece) => {
      await expectLinear(readLicence, 10_000, (size) => piece.repeat(size));
    },
  );
});

test.each([
  ['https://creativecommons.org/licenses/by/4.0/', 'https://creativecommons.org/licenses/by/4.0/'],
  ['© Harbour (https://creativecommons.org/licenses/by/4.0/).', 'https://creativecommons.org/licenses/by/4.0/'],
  ['CC BY-SA 4.0', 'https://creativecommons.org/licenses/by-sa/4.0/'],
  ['cc by nc nd 3.0', 'https://creativecommons.org/licenses/by-nc-nd/3.0/'],
  ['CC0 1.0', 'https://creativecommons.org/publicdomain/zero/1.0/'],
  ['CC BY-SA', undefined],
  ['All rights reserved', undefined],
  ['javascript:alert(1)', undefined],
  ['© https://harbour.example/ CC BY 4.0', 'https://creativecommons.org/licenses/by/4.0/'],
  ['© https://harbour.example/', undefined],
])('the address that %j names', (statement, address) => {
  expect(licenceAddress(statement)).toBe(address);
});
