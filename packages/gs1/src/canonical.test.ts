import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runConformance } from './conformance.ts';
import {
  canonicalLinkOf,
  canonicalUri,
  digitalLinkToUrn,
  parseEpcUrn,
  urnToDigitalLink,
} from './index.ts';

const dataDir = process.env.ZAIZAO_DATA ?? '../shared/data';

test.skipIf(!existsSync(dataDir))('published pairs (skipped without ZAIZAO_DATA)', async () => {
  expect(await runConformance(dataDir)).toMatchObject({ passed: 70, failed: 0, failures: [] });
});

describe('canonicalUri', () => {
  test('spellings of one thing are one text', () => {
    const spellings = [
      'urn:epc:id:sgtin:952012.0345678.A%2F1',
      'https://brand.example/x/gtin/9520123456788/lot/7/ser/A%2f1?99=y',
      'http://id.gs1.org/01/09520123456788/22/2A/21/A%2F1#frag',
    ];
    expect(new Set(spellings.map(canonicalUri))).toEqual(
      new Set(['https://id.gs1.org/01/09520123456788/21/A%2F1']),
    );
  });

  test('what names no GS1 key stands for itself', () => {
    for (const uri of ['urn:uuid:1', 'https://example.com/bin/7', 'urn:epc:id:gid:1.2.3', '']) {
      expect(canonicalUri(uri)).toBe(uri);
    }
  });

  test('doing it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (uri) => {
        expect(canonicalUri(canonicalUri(uri))).toBe(canonicalUri(uri));
      }),
    );
  });

  test('refusals have codes', () => {
    expect(canonicalLinkOf('urn:uuid:1')).toMatchObject({ error: { code: 'NOT_A_GS1_KEY' } });
    expect(canonicalLinkOf('urn:epc:id:sgtin:1.2.3')).toMatchObject({
      error: { code: 'COMPANY_PREFIX_LENGTH' },
    });
  });
});

/** One URN of each scheme, with the length of its company prefix. */
const URNS: readonly (readonly [string, number])[] = [
  ['urn:epc:id:sgtin:4012345.011111.98%22', 7],
  ['urn:epc:class:lgtin:4012345.012345.Lot987', 7],
  ['urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7SDB', 7],
  ['urn:epc:id:sscc:4012345.3111111111', 7],
  ['urn:epc:id:sgln:4012345.00005.122', 7],
  ['urn:epc:id:sgln:4012345.00005.0', 7],
  ['urn:epc:id:pgln:999999999999.', 12],
  ['urn:epc:id:grai:4012345.00022.334455', 7],
  ['urn:epc:id:giai:4012345.ABC345', 7],
  ['urn:epc:id:gsrn:4012345.0000006765', 7],
  ['urn:epc:id:gsrnp:4012345.0000000007', 7],
  ['urn:epc:id:gdti:987659999999..9', 12],
  ['urn:epc:id:sgcn:4012345.22222.77', 7],
  ['urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234', 7],
  ['urn:epc:id:ginc:0614141.xyz47%2F11', 7],
  ['urn:epc:id:gsin:4012345.222333444', 7],
  ['urn:epc:id:itip:4012345.011111.01.02.987', 7],
  ['urn:epc:idpat:sgtin:4012345.012345.*', 7],
  ['urn:epc:idpat:grai:4012345.99999.*', 7],
  ['urn:epc:idpat:gdti:4012345.11111.*', 7],
  ['urn:epc:idpat:sgcn:4012345.22222.*', 7],
  ['urn:epc:idpat:cpi:4012345.AB12.*', 7],
  ['urn:epc:idpat:itip:4012345.012345.01.02.*', 7],
];

describe('EPC URN and Digital Link', () => {
  test.each(URNS)('%s there and back', (urn, prefixLength) => {
    const link = urnToDigitalLink(urn);
    expect(link.ok && digitalLinkToUrn(link.value, prefixLength)).toEqual({ ok: true, value: urn });
  });

  test('the company prefix is never guessed', () => {
    const link = 'https://id.gs1.org/01/04012345111118/21/1';
    expect(digitalLinkToUrn(link)).toMatchObject({ error: { code: 'COMPANY_PREFIX_LENGTH' } });
    expect(digitalLinkToUrn(link, 5)).toMatchObject({ error: { code: 'COMPANY_PREFIX_LENGTH' } });
    expect(digitalLinkToUrn(link, 7)).toEqual({
      ok: true,
      value: 'urn:epc:id:sgtin:4012345.011111.1',
    });
  });

  test('a parsed URN tells scheme, level and company prefix', () => {
    expect(parseEpcUrn('urn:epc:idpat:sgtin:4012345.012345.*')).toEqual({
      ok: true,
      value: {
        scheme: 'sgtin',
        level: 'class',
        companyPrefix: '4012345',
        elements: [{ ai: '01', value: '04012345123456' }],
      },
    });
  });

  test.each([
    ['urn:epc:id:gid:95100000.12345.400', 'URN_SCHEME'],
    ['urn:epc:id:sgtin:4012345.01111.1', 'URN_VALUE'],
    ['urn:epc:id:sgtin:4012345.011111.', 'URN_VALUE'],
    ['urn:epc:id:sgtin:4012345.011111.123456789012345678901', 'URN_VALUE'],
    ['urn:epc:id:sscc:4012345.31111111112', 'URN_VALUE'],
    ['urn:epc:id:cpi:0614141.abc.1', 'URN_VALUE'],
    ['urn:epc:idpat:sgtin:4012345.*.*', 'URN_VALUE'],
    ['urn:epc:idpat:sscc:4012345.*', 'URN_SCHEME'],
    ['urn:epc:id:sgtin:401.0123450111.1', 'COMPANY_PREFIX_LENGTH'],
    ['https://id.gs1.org/01/04012345111118', 'URN_FORMAT'],
  ])('%s is refused: %s', (urn, code) => {
    expect(parseEpcUrn(urn)).toMatchObject({ ok: false, error: { code } });
  });
});
