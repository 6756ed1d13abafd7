import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digitalLink, formatDigitalLink, parseDigitalLink } from './index.ts';

describe('parseDigitalLink', () => {
  test('path, qualifiers, attributes and stem', () => {
    const uri =
      'https://shop.example:8443/eu/01/09520123456788/10/L%2F1/21/S+1?3103=000195&lang=zh&99=a%2Fb#top';
    expect(parseDigitalLink(uri)).toEqual({
      ok: true,
      value: {
        stem: 'https://shop.example:8443/eu',
        path: [
          { ai: '01', value: '09520123456788' },
          { ai: '10', value: 'L/1' },
          { ai: '21', value: 'S+1' },
        ],
        attributes: [
          { ai: '3103', value: '000195' },
          { ai: '99', value: 'a/b' },
        ],
      },
    });
  });

  test.each([
    ['not a URI', 'DL_URI'],
    ['ftp://host/01/09520123456788', 'DL_URI'],
    ['https:///01/09520123456788', 'DL_URI'],
    ['https://host/{x}/01/09520123456788', 'DL_URI'],
    ['https://host/products/42', 'DL_NO_KEY'],
    ['https://host/constructor/42', 'DL_NO_KEY'],
    ['https://host/01/09520123456788/', 'DL_NO_KEY'],
    ['https://host/01/09520123456788/99/A', 'DL_NO_KEY'],
    ['https://host/01/09520123456788/21/A/10/B', 'DL_NO_KEY'],
    ['https://host/01/09520123456788/10/', 'DL_VALUE'],
    ['https://host/01/09520123456789', 'DL_VALUE'],
    ['https://host/01/095201234567', 'DL_VALUE'],
    ['https://host/01/09520123456788/21/%00', 'DL_VALUE'],
    ['https://host/01/09520123456788/21/%zz', 'DL_VALUE'],
    ['https://host/01/09520123456788?10=LOT', 'DL_ATTRIBUTE'],
    ['https://host/01/09520123456788?21=S', 'DL_ATTRIBUTE'],
    ['https://host/01/09520123456788?89=S', 'DL_ATTRIBUTE'],
    ['https://host/01/09520123456788?99=A&99=A', 'DL_DUPLICATE'],
    ['https://host/01/09520123456788?17=261332', 'DL_VALUE'],
  ])('%s is refused: %s', (uri, code) => {
    expect(parseDigitalLink(uri)).toMatchObject({ ok: false, error: { code } });
  });

  test('a semicolon parts attributes too; a compressed link is named', () => {
    const uri = 'https://host/01/09520123456788?17=261231;99=a;b&98=c%3B15%3D1';
    expect(parseDigitalLink(uri)).toMatchObject({
      value: {
        attributes: [
          { ai: '17', value: '261231' },
          { ai: '99', value: 'a;b' },
          { ai: '98', value: 'c;15=1' },
        ],
      },
    });
    const message = expect.stringContaining('decompress');
    expect(parseDigitalLink('https://host/AQnYUc1gmiCNV4JGLjIV')).toMatchObject({
      error: { code: 'DL_NO_KEY', message },
    });
  });

  test('words and short GTINs only where allowed', () => {
    const uri = 'https://host/gtin/9520123456788/ser/A1';
    expect(parseDigitalLink(uri)).toMatchObject({
      value: {
        path: [
          { ai: '01', value: '09520123456788' },
          { ai: '21', value: 'A1' },
        ],
      },
    });
    expect(parseDigitalLink(uri, { aliases: false }).ok).toBe(false);
    expect(parseDigitalLink(uri, { shortGtin: false }).ok).toBe(false);
  });

  test('never throws', () => {
    const pieces = fc.constantFrom(
      'https://h',
      '/01/',
      '09520123456788',
      '/21/',
      '%',
      '?',
      '=',
      '&',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        expect(typeof parseDigitalLink(parts.join('')).ok).toBe('boolean');
      }),
    );
  });
});

describe('formatDigitalLink', () => {
  const serial = fc.stringMatching(/^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/);

  test('what it writes, parsing reads back', () => {
    fc.assert(
      fc.property(serial, serial, (lot, number) => {
        const path = [
          { ai: '01', value: '09520123456788' },
          { ai: '10', value: lot },
          { ai: '21', value: number },
        ];
        const written = formatDigitalLink(path, 'https://h.example/a/');
        expect(written.ok && parseDigitalLink(written.value)).toMatchObject({ value: { path } });
      }),
    );
  });

  test('the first key leads, its qualifiers follow in order, the rest is queried', () => {
    const elements = [
      { ai: '98', value: 'x y' },
      { ai: '21', value: '7' },
      { ai: '01', value: '09520123456788' },
      { ai: '10', value: 'L' },
      { ai: '10', value: 'L' },
      { ai: '17', value: '261231' },
    ];
    expect(formatDigitalLink(elements)).toMatchObject({ error: { code: 'DL_VALUE' } });
    expect(formatDigitalLink(elements.slice(1))).toEqual({
      ok: true,
      value: 'https://id.gs1.org/01/09520123456788/10/L/21/7?17=261231',
    });
  });

  test('refuses what cannot stand in a link', () => {
    const gtin = { ai: '01', value: '09520123456788' };
    expect(formatDigitalLink([{ ai: '99', value: 'A' }])).toMatchObject({
      error: { code: 'DL_NO_KEY' },
    });
    expect(formatDigitalLink([gtin, { ai: '8200', value: 'http://x' }])).toMatchObject({
      error: { code: 'DL_ATTRIBUTE' },
    });
    expect(formatDigitalLink([gtin, { ai: '89', value: 'A' }])).toMatchObject({
      error: { code: 'DL_ATTRIBUTE' },
    });
    expect(formatDigitalLink([gtin, { ai: '21', value: 'é' }])).toMatchObject({
      error: { code: 'DL_VALUE' },
    });
  });

  test('the link on a product', () => {
    expect(digitalLink({ host: 'pass.example', gtin: '9520123456788', serial: 'ZZ/1' })).toEqual({
      ok: true,
      value: 'https://pass.example/01/09520123456788/21/ZZ%2F1',
    });
    expect(digitalLink({ host: 'pass.example', gtin: '9520123456788' })).toMatchObject({
      value: 'https://pass.example/01/09520123456788',
    });
    expect(digitalLink({ host: 'pass.example', gtin: '9520123456789' })).toMatchObject({
      error: { code: 'DL_VALUE' },
    });
  });
});
