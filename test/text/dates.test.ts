import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/text/dates.ts';

const iso = (text: string): string | undefined => {
  const instant = parseDate(text);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('parseDate', () => {
  test.each([
    // RFC 822 and RFC 2822
    ['Tue, 03 Mar 2026 09:05:07 +0100', '2026-03-03T08:05:07.000Z'],
    ['Tue, 3 Mar 2026 09:05 GMT', '2026-03-03T09:05:00.000Z'],
    ['3 Mar 2026 09:05:00 -0330', '2026-03-03T12:35:00.000Z'],
    ['03 Mar 26 09:05:00 EST', '2026-03-03T14:05:00.000Z'],
    ['03 Mar 98 09:05:00 PDT', '1998-03-03T16:05:00.000Z'],
    ['03 Mar 126 09:05:00 Z', '2026-03-03T09:05:00.000Z'],
    ['Mon, 03 Mar 2026 09:05:00 UT', '2026-03-03T09:05:00.000Z'], // it was a Tuesday
    ['Tue,  3  Mar  2026   09:05:00   CEST', '2026-03-03T07:05:00.000Z'],
    ['Tue, 3 Mar 2026 09:05:00 +0200 (CEST)', '2026-03-03T07:05:00.000Z'],
    ['Tue, 3 Mar 2026 09:05:00 K', '2026-03-03T09:05:00.000Z'],
    ['Tue, 3 Mar 2026 09:05:00', '2026-03-03T09:05:00.000Z'],
    ['Tue, 3 Mar 2026 09:05:00 +01:00', '2026-03-03T08:05:00.000Z'],
    ['Tue, 3 Mar 2026 09:05:00 GMT+1', '2026-03-03T08:05:00.000Z'],
    ['Tue, 3 Mar 2026 24:00:00 GMT', '2026-03-04T00:00:00.000Z'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00.000Z'],
    ['Tue, 3 March 2026 09:05:00 GMT', '2026-03-03T09:05:00.000Z'],
    ['Tuesday, 03-Mar-26 09:05:00 GMT', '2026-03-03T09:05:00.000Z'],
    ['March 3, 2026', '2026-03-03T00:00:00.000Z'],
    ['Mar 3rd, 2026 9:05', '2026-03-03T09:05:00.000Z'],
    ['Tue Mar 3 09:05:00 2026', '2026-03-03T09:05:00.000Z'],
    ['Friday, March 6, 2026 - 3:07pm', '2026-03-06T15:07:00.000Z'],
    ['Sun, 1 Mar 2026 12:55 A.M. EST', '2026-03-01T05:55:00.000Z'],
    ['Tue, 3 Mar 2026 09:05:00 MEST', '2026-03-03T07:05:00.000Z'],
    // other languages
    ['mar., 03 mars 2026 09:05:00 +0100', '2026-03-03T08:05:00.000Z'],
    ['lun., 05 janv. 2026 08:00:00 +0000', '2026-01-05T08:00:00.000Z'],
    ['5 mars 2010', '2010-03-05T00:00:00.000Z'],
    ['1er août 2019', '2019-08-01T00:00:00.000Z'],
    ['le 12 déc. 2025 à 18h30', '2025-12-12T18:30:00.000Z'],
    ['1. März 2010', '2010-03-01T00:00:00.000Z'],
    ['Fr, 9. Jänner 2026, 14:00 Uhr', '2026-01-09T14:00:00.000Z'],
    ['Di, 03 Mrz 2026 09:05:00 +0100', '2026-03-03T08:05:00.000Z'],
    ['3 de marzo de 2026', '2026-03-03T00:00:00.000Z'],
    ['sáb, 10 ene 2026 10:00:00 +0000', '2026-01-10T10:00:00.000Z'],
    ['gio, 15 gennaio 2026 07:00:00 CET', '2026-01-15T06:00:00.000Z'],
    ['qui, 1 out 2026 10:00:00 +0100', '2026-10-01T09:00:00.000Z'],
    ['wo, 6 mei 2026 10:00:00 +0200', '2026-05-06T08:00:00.000Z'],
    // ISO 8601, RFC 3339, W3CDTF
    ['2026-03-03T09:05:07Z', '2026-03-03T09:05:07.000Z'],
    ['2026-03-03t09:05:07.25z', '2026-03-03T09:05:07.250Z'],
    ['2026-03-03T09:05:07,999999+01:00', '2026-03-03T08:05:07.999Z'],
    ['2026-03-03 09:05:07', '2026-03-03T09:05:07.000Z'],
    ['2026-03-03 09:05:07 +0100', '2026-03-03T08:05:07.000Z'],
    ['2026-03-03T09:05+01', '2026-03-03T08:05:00.000Z'],
    ['2026-03-03T09:05-00:30', '2026-03-03T09:35:00.000Z'],
    ['2026-3-3', '2026-03-03T00:00:00.000Z'],
    ['2026-03', '2026-03-01T00:00:00.000Z'],
    ['2026', '2026-01-01T00:00:00.000Z'],
    ['20260303T090507Z', '2026-03-03T09:05:07.000Z'],
    [' 2026-03-03\n', '2026-03-03T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('%s', (written, expected) => {
    expect(iso(written)).toBe(expected);
  });

  test.each([
    '',
    ' ',
    'yesterday',
    '2 days ago',
    '2026-02-30',
    '2025-02-29',
    '30 Feb 2026',
    '2026-13-01',
    '2026-00-10',
    '2026-03-03T25:00:00Z',
    '3 Mar 2026 13:05 pm',
    '2026-03-03T09:61Z',
    '2026-03-03T09:05:07 somewhere',
    'Tue, 3 Mar 2026 09:05:00 Nowhere',
    '1772528707',
    '1772528707000',
    '05.01.2026',
    '01/05/2026',
    '2026-W10-2',
    '12:30',
    'March 2026',
    '3 Foo 2026',
    'Mar 3',
    '0000-00-00 00:00:00',
    '3 Mar Apr 2026',
    '3 3 Mar 2026 2026',
    '2026-03-03T09:05:07+99:00',
    '-0001-11-30T00:00:00+00:00',
  ])('no date: %j', (written) => {
    expect(iso(written)).toBeUndefined();
  });

  test('reads back every instant that it is given in either form', () => {
    const instants = fc.date({
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (date) => {
        expect(parseDate(date.toISOString())).toBe(date.getTime());
        expect(parseDate(date.toUTCString())).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
      }),
    );
  });

  test('never throws and never gives something that is no instant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const instant = parseDate(text);
        expect(instant === undefined || Number.isFinite(instant)).toBe(true);
      }),
    );
  });
});
