import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likelyModelYear, parseVin, vinCheckDigit } from './index.ts';
import { MAKERS } from './makers.ts';

const CHARACTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const YEARS = 'ABCDEFGHJKLMNPRSTVWXY123456789';

const anyVin = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 9, maxLength: 9 }),
    fc.constantFrom(...YEARS),
    fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 3, maxLength: 3 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 4, maxLength: 4 }),
  )
  .map(([head, year, plant, serial]) => {
    const vin = head + year + plant + serial;
    return vin.slice(0, 8) + vinCheckDigit(vin) + vin.slice(9);
  });

describe('check digit', () => {
  test.each([
    ['1M8GDM9AXKP042788', 'X'], // the worked example of the North American rule
    ['11111111111111111', '1'],
    ['5GZCZ43D13S812715', '1'],
  ])('%s → %s', (vin, digit) => {
    expect(vinCheckDigit(vin)).toBe(digit);
  });

  test('nothing for text that is no VIN', () => {
    expect(vinCheckDigit('1M8GDM9AXKP04278')).toBeUndefined();
    expect(vinCheckDigit('1M8GDM9AXKP04278O')).toBeUndefined();
  });

  test('catches every wrong single character whose value differs', () => {
    fc.assert(
      fc.property(
        anyVin,
        fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12),
        fc.constantFrom(...CHARACTERS),
        (vin, index, character) => {
          const changed = vin.slice(0, index) + character + vin.slice(index + 1);
          const parsed = parseVin(changed);
          // Characters of one value (A, J and 1, for example) are interchangeable for the check digit.
          if (!parsed.ok) expect(parsed.error).toMatchObject({ position: 9 });
          else expect(vinCheckDigit(changed)).toBe(vin.charAt(8));
        },
      ),
    );
  });
});

describe('parseVin', () => {
  test('takes a Chinese VIN apart', () => {
    const vin = `LSVAA49J${vinCheckDigit('LSVAA49J0C2123456')}C2123456`;
    const parsed = parseVin(` ${vin.toLowerCase().slice(0, 9)}-${vin.slice(9)} `);
    expect(parsed).toEqual({
      ok: true,
      value: {
        vin,
        wmi: 'LSV',
        vds: vin.slice(3, 9),
        vis: 'C2123456',
        last8: 'C2123456',
        country: 'CN',
        maker: { zh: '上汽大众', en: 'SAIC Volkswagen' },
        modelYears: [1982, 2012],
        plant: '2',
      },
    });
    if (parsed.ok) {
      expect(likelyModelYear(parsed.value, 2026)).toBe(2012);
      expect(likelyModelYear(parsed.value, 1999)).toBe(1982);
    }
  });

  test.each([
    ['LSVAA49J', 'VIN_LENGTH', undefined],
    ['LSVAA49J1C212345O', 'VIN_CHARACTER', 17],
    ['ISVAA49J1C2123456', 'VIN_CHARACTER', 1],
    ['LSVAA49J1U2123456', 'VIN_YEAR_CODE', 10],
    ['LSVAA49J102123456', 'VIN_YEAR_CODE', 10],
    ['LSVAA49J1C2123A56', 'VIN_SERIAL', 15],
    ['1M8GDM9A0KP042788', 'VIN_CHECK_DIGIT', 9],
  ])('%s is refused: %s', (text, code, position) => {
    const parsed = parseVin(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error).toMatchObject({ code, ...(position ? { position } : {}) });
  });

  test('tells what a forbidden letter was probably meant to be', () => {
    const parsed = parseVin('LSVAA49J1C212345O');
    expect(parsed.ok === false && parsed.error.message).toContain('probably 0');
  });

  test('lets the check digit pass where it is not required', () => {
    expect(parseVin('WDB9634031L738012').ok).toBe(false);
    const parsed = parseVin('WDB9634031L738012', { checkDigit: false });
    expect(parsed.ok && parsed.value.country).toBe('DE');
    expect(parsed.ok && parsed.value.maker?.en).toBe('Mercedes-Benz');
  });

  test('every VIN with its check digit parses to itself', () => {
    fc.assert(
      fc.property(anyVin, (vin) => {
        const parsed = parseVin(vin);
        expect(parsed.ok && parsed.value.vin).toBe(vin);
        expect(parsed.ok && parsed.value.wmi + parsed.value.vds + parsed.value.vis).toBe(vin);
      }),
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseVin(text).ok === 'boolean'));
  });
});

test('no manufacturer identifier stands twice', () => {
  const all = MAKERS.flatMap((row) => (row.split('|')[0] ?? '').split(' '));
  expect(new Set(all).size).toBe(all.length);
  expect(all.every((wmi) => /^[A-HJ-NPR-Z0-9]{3}$/.test(wmi))).toBe(true);
});

const list = join(process.env.ZAIZAO_DATA ?? '../shared/data', 'vin', 'wmi-wiki.csv');

test.skipIf(!existsSync(list))('makers agree with an independent list', () => {
  const rows = readFileSync(list, 'utf8').split('\n').slice(1);
  const others = new Map(rows.map((row) => [row.slice(0, 3), row.slice(4).toLowerCase()]));
  const brands = ['volkswagen', 'bmw', 'mercedes', 'audi', 'toyota', 'honda', 'nissan', 'ford'];
  for (const row of MAKERS) {
    const [wmis = '', , en = ''] = row.split('|');
    for (const wmi of wmis.split(' ')) {
      // quattro GmbH is the former name of Audi Sport.
      const other = others.get(wmi)?.replace('quattro', 'audi');
      const brand = brands.find((name) => en.toLowerCase() === name);
      if (other !== undefined && brand !== undefined) expect(`${wmi} ${other}`).toContain(brand);
    }
  }
});
