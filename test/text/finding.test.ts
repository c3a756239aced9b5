/** Numbers, addresses and accounts in texts: what is one, what only looks like one, and that long texts cost no more than their length. */
import { describe, expect, test } from 'vitest';
import { plainForm } from '../../src/stories/holding.ts';
import { bankAccountsIn } from '../../src/text/bank-accounts.ts';
import { emailAddressesIn } from '../../src/text/email-addresses.ts';
import { phoneNumbersIn } from '../../src/text/phone-numbers.ts';
import { expectLinear } from '../expect-linear.ts';

const keys = (found: readonly { readonly key: string }[]): string[] => found.map(({ key }) => key);
const phones = (text: string): string[] => keys(phoneNumbersIn(plainForm(text)));

describe('phone numbers', () => {
  test.each([
    ['+33 6 12 34 56 78', '612345678'],
    ['0033 6 12 34 56 78', '612345678'],
    ['0033.612.34.56.78', '612345678'],
    ['+33 (0)6 12 34 56 78', '612345678'],
    ['06 12 34 56 78', '612345678'],
    ['06.12.34.56.78', '612345678'],
    ['06-12-34-56-78', '612345678'],
    ['0612345678', '612345678'],
    ['06\u00a012\u00a034\u00a056\u00a078', '612345678'],
    ['06\u200b12\u200b345678', '612345678'],
    ['０６ １２ ３４ ５６ ７８', '612345678'],
    ['٠٦١٢٣٤٥٦٧٨', '612345678'],
    ['+44 (0)20 7946 0958', '2079460958'],
    ['(020) 7946 0958', '2079460958'],
    ['07700 900123', '7700900123'],
    ['030/1234567', '301234567'],
    ['+49 170 1234567', '1701234567'],
    ['02 123 45 67', '21234567'],
    ['0661 23 45 67', '661234567'],
    ['+212 6 12-34-56-78', '612345678'],
    ['+213 551 23 45 67', '551234567'],
    ['+216 71 123 456', '71123456'],
    ['+218 91 234 5678', '912345678'],
    ['+20 100 123 4567', '1001234567'],
    ['612 34 56 78', '612345678'],
    ['345 123 4567', '3451234567'],
    ['6912345678', '6912345678'],
    ['Tel. 71 123 456', '71123456'],
    ['Teléfono: 612 345 678', '612345678'],
    ['هاتف: ۰۹۱۲۳۴۵۶۷۸۹', '9123456789'],
    ['call us on 07700 900 123 before 8:30', '7700900123'],
  ])('%s is one', (text, key) => {
    expect(phones(text)).toEqual([key]);
    expect(phones(`Somebody wrote ${text}, and more.`)).toEqual([key]);
  });

  test('two beside each other are two', () => {
    for (const between of [' / ', ' ', ', ', '\n'])
      expect(phones(`06 12 34 56 78${between}07 98 76 54 32`)).toEqual(['612345678', '798765432']);
  });

  test.each([
    '28.11.2026',
    '2026-11-28',
    '01/02/2026 10:00',
    '01.02.-03.02.2026',
    '01.02.26 - 03.04.26',
    '08 11 2026 18',
    '10:00 - 12:30',
    '09.30-12.30 14.00-18.00',
    '14h30 - 16h00',
    '2014-2015',
    '1789 1848 1871 1936',
    '1 000 000 €',
    '12 345 678 people',
    '€ 3 456 789',
    '1.234.567,89',
    '2 500 000',
    '49.2765, 2.3522',
    'https://example.org/2026/11/28/0612345678',
    'www.example.org/0612345678',
    'ISBN 978-2-07-036822-8',
    'ref. 0612345678',
    'W0612345678',
    '#0612345678',
    'SIRET 732 829 320 00074',
    'L 622-1',
    '1-2-3-4-5-6-7-8-9-10-11',
  ])('%s is none', (text) => {
    expect(phones(text)).toEqual([]);
    expect(phones(`From ${text}, and more.`)).toEqual([]);
  });

  test('are not looked for in the square of the text', async () => {
    for (const piece of [
      '0',
      '06 ',
      '+',
      '06 12 34 56 78 07 ',
      '(0',
      'tel ',
      '1 - ',
      ' - ',
      '+3',
      '06.12.34.',
      '01.02.-',
      'tel tel: ',
    ])
      await expectLinear((size) => phoneNumbersIn(piece.repeat(size)), 20_000);
  });
});

describe('e-mail addresses', () => {
  test.each([
    ['write to a.b+c@example.org.', 'a.b+c@example.org'],
    ['NAME@HOST.ORG', 'name@host.org'],
    ['name (at) host (dot) org', 'name@host.org'],
    ['name[at]host.org', 'name@host.org'],
    ['name at host dot org', 'name@host.org'],
    ['name (arobase) host.fr', 'name@host.fr'],
    ['name {at} host [punkt] de', 'name@host.de'],
    ['info@δοκιμή.gr', 'info@δοκιμή.gr'],
  ])('%s is one', (text, key) => {
    expect(keys(emailAddressesIn(plainForm(text)))).toEqual([key]);
  });

  test.each([
    '@name@mastodon.social',
    'photo@2x.png',
    'meet at home',
    'we are at calais.org now',
    'https://social.example/@user',
    'look at the station tomorrow',
  ])('%s is none', (text) => {
    expect(emailAddressesIn(plainForm(text))).toEqual([]);
  });

  test('are not looked for in the square of the text', async () => {
    for (const piece of ['a', '@', 'a@', 'a.', 'a@a.', '(at)', 'a at ', 'a (at) b (dot) ', ' ', '( at'])
      await expectLinear((size) => emailAddressesIn(piece.repeat(size)), 10_000);
  });
});

describe('bank accounts', () => {
  test.each(['FR76 3000 6000 0112 3456 7890 189', 'DE89370400440532013000', 'GB82 WEST 1234 5698 7654 32'])(
    '%s is one, and no number to call',
    (text) => {
      expect(bankAccountsIn(`IBAN: ${text}.`)).toHaveLength(1);
      expect(bankAccountsIn(`to ${text}, please`)).toHaveLength(1);
    },
  );

  test('by check digits, or by the word before', () => {
    expect(bankAccountsIn('FR76 3000 6000 0112 3456 7890 188')).toEqual([]);
    expect(bankAccountsIn('IBAN FR76 3000 6000 0112 3456 7890 188')).toHaveLength(1);
  });

  test('are not looked for in the square of the text', async () => {
    for (const piece of ['FR76', 'FR76 3000 ', 'A', 'FR76 3000 6000 0112 3456 7890 189 '])
      await expectLinear((size) => bankAccountsIn(piece.repeat(size)), 5_000);
  });
});
