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
    ['Tue,3 Mar 2026 09:05:00 -0000', '2026-03-03T09:05:00.000Z'],
    ['Tue, 3 Mar, 2026 09:05:00 UTC', '2026-03-03T09:05:00.000Z'],
    ['Tue, 3rd Mar 2026 09:05:00 GMT', '2026-03-03T09:05:00.000Z'],
    ['Mar 3, 2026 09:05 GMT', '2026-03-03T09:05:00.000Z'],
    ['Tue 3 Mar 2026, 9pm EST', '2026-03-04T02:00:00.000Z'],
    ['Tue, 3 Mar 2026 09:05:00 GMT-01:01', '2026-03-03T10:06:00.000Z'],
    ['Tue, 3 Mar 2026 09:05:00 +0100 GMT', '2026-03-03T08:05:00.000Z'],
    ['2026-03-03 09:05:00 -0700 MST', '2026-03-03T16:05:00.000Z'],
    ['Tue Mar  3 09:05:00 CET 2026', '2026-03-03T08:05:00.000Z'],
    ['Tue Mar 03 09:05:00 +0100 2026', '2026-03-03T08:05:00.000Z'],
    ['Tue Mar 03 2026 09:05:00 GMT+0100 (Central European Standard Time)', '2026-03-03T08:05:00.000Z'],
    ['3/Mar/2026:09:05:00 +0100', '2026-03-03T08:05:00.000Z'],
    // zones by name
    ['3 Mar 2026 09:05 MET', '2026-03-03T08:05:00.000Z'],
    ['3 Mar 2026 09:05 WAT', '2026-03-03T08:05:00.000Z'],
    ['3 Mar 2026 09:05 SAST', '2026-03-03T07:05:00.000Z'],
    ['3 Mar 2026 09:05 TRT', '2026-03-03T06:05:00.000Z'],
    ['3 Mar 2026 09:05 IRST', '2026-03-03T05:35:00.000Z'],
    ['3 Mar 2026 09:05 AFT', '2026-03-03T04:35:00.000Z'],
    ['3 Mar 2026 09:05 PKT', '2026-03-03T04:05:00.000Z'],
    ['3 Mar 2026 09:05 IST', '2026-03-03T03:35:00.000Z'],
    ['3 Mar 2026 09:05 JST', '2026-03-03T00:05:00.000Z'],
    ['3 Mar 2026 09:05 AEST', '2026-03-02T23:05:00.000Z'],
    ['3 Mar 2026 09:05 NZDT', '2026-03-02T20:05:00.000Z'],
    ['3 Mar 2026 09:05 AST', '2026-03-03T13:05:00.000Z'],
    ['3 Mar 2026 09:05 ADT', '2026-03-03T12:05:00.000Z'],
    ['3 Mar 2026 09:05 NST', '2026-03-03T12:35:00.000Z'],
    ['3 Mar 2026 09:05 BRT', '2026-03-03T12:05:00.000Z'],
    ['3 Mar 2026 09:05 CT', '2026-03-03T15:05:00.000Z'],
    ['3 Jul 2026 09:05 CT', '2026-07-03T14:05:00.000Z'],
    ['3 Mar 2026 at 09:05 AT', '2026-03-03T13:05:00.000Z'],
    ['3 Mar 2026 09:05 Europe/Athens', '2026-03-03T07:05:00.000Z'],
    ['3 Jul 2026 09:05 Europe/Athens', '2026-07-03T06:05:00.000Z'],
    ['3 Mar 2026 09:05 Etc/UTC', '2026-03-03T09:05:00.000Z'],
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
    ['segunda-feira, 2 de março de 2026', '2026-03-02T00:00:00.000Z'],
    ['Κυρ, 1 Μαρ 2026 09:05:00 EET', '2026-03-01T07:05:00.000Z'],
    ['ti 3. maaliskuuta 2026 klo 9.05', '2026-03-03T09:05:00.000Z'],
    ['2026-július-13T9:15-05:00', '2026-07-13T14:15:00.000Z'],
    ['2026. március 3., 9:05', '2026-03-03T09:05:00.000Z'],
    ['14 d’octubre de 2026', '2026-10-14T00:00:00.000Z'],
    ['3 آذار/مارس 2026', '2026-03-03T00:00:00.000Z'],
    ['٣ تشرين الأول ٢٠٢٦', '2026-10-03T00:00:00.000Z'],
    ['الثلاثاء، ٣ مارس ٢٠٢٦ ٩:٠٥ م', '2026-03-03T21:05:00.000Z'],
    ['۱۲ مارس ۲۰۲۶', '2026-03-12T00:00:00.000Z'],
    ['2026년 3월 3일 화요일', '2026-03-03T00:00:00.000Z'],
    ['2026년 03월 03일  오후 11:31:25', '2026-03-03T14:31:25.000Z'], // Korea's clocks: nobody else writes so
    ['2026-03-03 오후 11:31:25', '2026-03-03T14:31:25.000Z'],
    ['2026. 3. 3.', '2026-03-03T00:00:00.000Z'],
    ['2026年3月3日火曜日 午後9:05', '2026-03-03T12:05:00.000Z'],
    ['2026年3月3日 21:05', '2026-03-03T21:05:00.000Z'],
    ['2026年3月3日21时05分', '2026-03-03T21:05:00.000Z'],
    ['3 mars 2026, 2:07 m.d.', '2026-03-03T14:07:00.000Z'],
    // the Iranian calendar, where its months say so
    ['سه‌شنبه، ۱۲ اسفند ۱۴۰۴ - ۱۰:۳۰', '2026-03-03T10:30:00.000Z'],
    ['۳۰ اسفند ۱۴۰۳', '2025-03-20T00:00:00.000Z'],
    ['1 حمل 1405', '2026-03-21T00:00:00.000Z'],
    // numbers only, where they have one meaning
    ['12/28/2026', '2026-12-28T00:00:00.000Z'],
    ['28/12/2026 10:00', '2026-12-28T10:00:00.000Z'],
    ['5/5/2026', '2026-05-05T00:00:00.000Z'],
    ['12/28/26 3:04 PM', '2026-12-28T15:04:00.000Z'],
    ['05.01.2026', '2026-01-05T00:00:00.000Z'],
    ['05. 01. 2026 10:00', '2026-01-05T10:00:00.000Z'],
    ['5.1.26', '2026-01-05T00:00:00.000Z'],
    ['2026/03/03 09:05', '2026-03-03T09:05:00.000Z'],
    ['Fri, 2026/03/06 08:19:53 EST', '2026-03-06T13:19:53.000Z'],
    ['2026.03.03', '2026-03-03T00:00:00.000Z'],
    ['1772528707', '2026-03-03T09:05:07.000Z'],
    ['1772528707000', '2026-03-03T09:05:07.000Z'],
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
    ['20260303T0905+0100', '2026-03-03T08:05:00.000Z'],
    ['20260303', '2026-03-03T00:00:00.000Z'],
    ['202603030905', '2026-03-03T09:05:00.000Z'],
    ['20260303090507', '2026-03-03T09:05:07.000Z'],
    ['2026-03-03T09', '2026-03-03T09:00:00.000Z'],
    ['2026-03-03 9:05 PM', '2026-03-03T21:05:00.000Z'],
    ['2026-03-03 09:05:07.0', '2026-03-03T09:05:07.000Z'],
    ['2026T10:00Z', '2026-01-01T10:00:00.000Z'],
    ['2026-062', '2026-03-03T00:00:00.000Z'],
    ['2026062T09:05Z', '2026-03-03T09:05:00.000Z'],
    ['2026-W10-2', '2026-03-03T00:00:00.000Z'],
    ['2026W102T0905Z', '2026-03-03T09:05:00.000Z'],
    ['2020-W53', '2020-12-28T00:00:00.000Z'],
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
    '2026030309', // a Unix time, or nine o'clock
    '01/05/2026',
    '1/5/2026 3:04 PM',
    '05-01-2026',
    '03-12-31',
    '31.04.2026',
    '31 اسفند 1403',
    '1404/12/12',
    '2026-366',
    '2026-W54',
    '2025-W53-1',
    '3 listopada 2026', // November in Poland, October in Croatia
    'Version 2026',
    '12 34 56',
    'Tue, 3 Mar 2026 09:05:00 Europe/Nowhere',
    'Tue, 3 Mar 2026 09:05:00 Etc/GMT+5', // five hours west: the sign is the other way round there
    'Tue, 3 Mar 2026 09:05:00 CET CEST',
    'Tue, 3 Mar 2026 09:05:00 10:00',
    '3 Mar 2026 4 Mar 2026',
    '2026-03-03 2026-03-04',
    '2026. ekainaren 16(a) (14:07)',
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

  const locales =
    'en en-GB fr de de-AT es ca it pt ro nl sv nb fi cs sk sl sr sr-Latn bs sq bg ru uk el tr ar ar-SY ar-DZ ar-MA fa fa-AF he hu ko ja zh'.split(
      ' ',
    );
  test.each(locales)('reads every month as the tables of Unicode write it: %s', (locale) => {
    const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    for (let month = 0; month < 12; month++) {
      const instant = Date.UTC(2026, month, 5 + month);
      expect([format.format(instant), parseDate(format.format(instant))]).toEqual([expect.anything(), instant]);
    }
  });

  test('what any of these languages writes in any of its ways is read rightly or not at all', () => {
    const styles = ['short', 'medium', 'long', 'full'] as const;
    for (const locale of [
      ...locales,
      'eu',
      'da',
      'pl',
      'hr',
      'ku',
      'ckb',
      'en-US',
      'en-ZA',
      'fr-CA',
      'es-MX',
      'pt-PT',
      'nl-BE',
    ]) {
      for (const dateStyle of styles) {
        const bare = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' });
        const timed = new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: 'short', timeZone: 'Asia/Seoul' });
        for (let day = 0; day < 365; day += 13) {
          const midnight = Date.UTC(2026, 0, 1 + day);
          expect([bare.format(midnight), parseDate(bare.format(midnight)) ?? midnight]).toEqual([
            bare.format(midnight),
            midnight,
          ]);
          const text = timed.format(midnight + 187 * 60_000);
          const read = parseDate(text);
          const wall = /[曜午]|\p{Script=Hangul}/u.test(text) ? 187 : 727; // clocks of one country, else UTC
          expect([text, read ?? midnight + wall * 60_000]).toEqual([text, midnight + wall * 60_000]);
        }
      }
    }
  });

  test('the Iranian calendar is the one of Unicode', () => {
    const format = new Intl.DateTimeFormat('fa-IR', {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      timeZone: 'UTC',
    });
    for (let day = Date.UTC(1990, 0, 1); day < Date.UTC(2060, 0, 1); day += 11 * 86_400_000) {
      expect([format.format(day), parseDate(format.format(day))]).toEqual([format.format(day), day]);
    }
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

test('the forms that are read at once say what they say piece by piece', () => {
  const two = (number: number): string => String(number).padStart(2, '0');
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const part = fc.tuple(fc.nat(10_001), fc.nat(13), fc.nat(32), fc.nat(25), fc.nat(61), fc.nat(61));
  const zone = fc.oneof(
    fc.constant(undefined),
    fc
      .tuple(fc.constantFrom('+', '-'), fc.nat(16), fc.nat(61))
      .map(([sign, east, more]) => [`${sign}${two(east)}`, two(more)]),
  );
  let read = 0;
  fc.assert(
    fc.property(part, zone, ([year, month, day, hour, minute, second], offset) => {
      const clock = `${two(hour)}:${two(minute)}:${two(second)}`;
      const long = String(year).padStart(4, '0');
      const mail = `Tue, ${day} ${months[month] ?? 'Jan'} ${long} ${clock} ${offset?.join('') ?? 'GMT'}`;
      const iso = `${long}-${two(month)}-${two(day)}T${clock}${offset?.join(':') ?? 'Z'}`;
      // A second space is read by nobody but the loop.
      expect(parseDate(mail)).toBe(parseDate(`${mail} `));
      expect(parseDate(iso)).toBe(parseDate(`${iso} `));
      if (parseDate(mail) !== undefined && parseDate(iso) !== undefined) read++;
    }),
  );
  expect(read).toBeGreaterThan(0);
});
