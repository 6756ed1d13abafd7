import { hasValidCheckDigit } from '@zaizao/gs1';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf } from './codes.ts';
import { isCreditCode } from './credit-code.ts';
import { licenceState } from './licence.ts';
import { examplePrefix, glnOf, isExamplePrefix, locationLink } from './location.ts';
import { roleTable } from './roles.ts';

test('codes are a letter and at least seven digits, and grow', () => {
  expect(codeOf('core', 42n)).toBe('C0000042');
  expect(codeOf('work-order', 123_456_789n)).toBe('W123456789');
});

describe('GLN', () => {
  test('has prefix, reference and a check digit that checks', () => {
    expect(glnOf('952000001', 0n)).toMatch(/^952000001000\d$/);
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 12 }), fc.bigInt(0n, 10n ** 12n), (length, n) => {
        const gln = glnOf('9'.repeat(length), n);
        if (gln === undefined) return n.toString().length > 12 - length;
        return gln.length === 13 && hasValidCheckDigit(gln);
      }),
    );
  });

  test('a prefix of twelve digits has room for the first location only', () => {
    expect(glnOf('952000001234', 0n)).toHaveLength(13);
    expect(glnOf('952000001234', 1n)).toBeUndefined();
  });

  test('an organisation without a licensed prefix gets one of the example range', () => {
    expect(examplePrefix(7)).toBe('952000007');
    expect(isExamplePrefix(examplePrefix(7))).toBe(true);
    expect(isExamplePrefix('690123456')).toBe(false);
  });

  test('a place inside a site is an extension, escaped', () => {
    expect(locationLink('9520000010004', 'IN-01/2')).toBe(
      'https://id.gs1.org/414/9520000010004/254/IN-01%2F2',
    );
  });
});

test('the social credit code checks by its 18th character', () => {
  expect(isCreditCode('91350100M000100Y43')).toBe(true); // the example of GB 32100-2015
  expect(isCreditCode('91350100M000100Y44')).toBe(false);
  expect(isCreditCode('91350100M000100Y4')).toBe(false);
});

test('a licence holds from its first to its last day, and not from its revocation on', () => {
  const licence = { validFrom: '2025-01-01', validTo: '2025-12-31' };
  expect(licenceState(licence, '2024-12-31')).toBe('not-yet');
  expect(licenceState(licence, '2025-01-01')).toBe('valid');
  expect(licenceState(licence, '2025-12-31')).toBe('valid');
  expect(licenceState(licence, '2026-01-01')).toBe('expired');
  expect(licenceState({ ...licence, revokedOn: '2025-06-01' }, '2025-06-01')).toBe('revoked');
  expect(licenceState({ validFrom: '2025-01-01' }, '2099-01-01')).toBe('valid');
});

test('every role has patterns that identity understands and a title in both languages', () => {
  for (const [name, role] of Object.entries(roleTable)) {
    expect(name).toMatch(/^[a-z][a-z-]*$/);
    expect(role.title.zh && role.title.en).toBeTruthy();
    for (const p of role.permissions) {
      expect(p).toMatch(/^(\*|[a-z-]+)(\.(\*|[a-z-]+))?(:(\*|[a-z-]+))?$/);
    }
  }
});
