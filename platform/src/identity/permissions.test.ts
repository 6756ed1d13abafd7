import fc from 'fast-check';
import { expect, test } from 'vitest';
import { text } from '../kernel/index.ts';
import {
  checkRoles,
  covers,
  keyRoles,
  matches,
  patternsOf,
  permissionCheck,
} from './permissions.ts';

const slug = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
const permission = fc.tuple(slug, slug, slug).map(([m, t, v]) => `${m}.${t}:${v}`);

test.each([
  ['cores.core:grade', 'cores.core:grade', true],
  ['cores.core:grade', 'cores.core:read', false],
  ['cores.core:*', 'cores.core:read', true],
  ['cores.core:*', 'cores.programme:read', false],
  ['cores.*', 'cores.core:read', true],
  ['cores.*:*', 'cores.core:read', true],
  ['cores.*', 'coresx.core:read', false],
  ['*.*:read', 'quality.test:read', true],
  ['*:read', 'quality.test:sign', false],
  ['*', 'anything.at:all', true],
  ['', 'cores.core:read', false],
  ['cores.core:read ', 'cores.core:read', false],
  ['cor*.core:read', 'cores.core:read', false],
  ['.*', 'cores.core:read', false],
])('%s against %s', (pattern, asked, held) => {
  expect(matches(pattern, asked)).toBe(held);
});

test('a permission holds itself, its module holds it, everything holds it, and nothing else', () => {
  fc.assert(
    fc.property(permission, permission, (a, b) => {
      expect(matches(a, a)).toBe(true);
      expect(matches(`${a.split('.')[0]}.*`, a)).toBe(true);
      expect(matches('*', a)).toBe(true);
      expect(matches(a, b)).toBe(a === b);
    }),
  );
});

test('covering is what holding means: covered patterns never hold more', () => {
  const wild = fc.tuple(
    ...[0, 1, 2].map(() => fc.oneof(fc.constant('*'), fc.constantFrom('a', 'b'))),
  );
  const pattern = wild.map(([m, t, v]) => `${m}.${t}:${v}`);
  const asked = fc
    .tuple(...[0, 1, 2].map(() => fc.constantFrom('a', 'b')))
    .map(([m, t, v]) => `${m}.${t}:${v}`);
  fc.assert(
    fc.property(fc.array(pattern), fc.array(pattern), asked, (held, given, p) => {
      fc.pre(covers(held, given) && given.some((g) => matches(g, p)));
      expect(held.some((h) => matches(h, p))).toBe(true);
    }),
  );
});

test('roles and scopes of a key', () => {
  const table = { reader: { title: text('读', 'read'), permissions: ['*:read'] } };
  const may = permissionCheck(table);
  const org = { no: 1, id: 'org_1', name: 'x', simulated: false };
  const key = (roles: string[]) => ({ kind: 'key', id: 'k', name: 'k', org, roles }) as const;
  expect(may(key(keyRoles(['reader'], [])), 'a.b:read')).toBe(true);
  expect(may(key(keyRoles([], ['a.b:write'])), 'a.b:write')).toBe(true);
  expect(may(key(keyRoles([], ['a.b:write'])), 'a.b:read')).toBe(false);
  expect(may(key(['gone', 'constructor', '__proto__']), 'a.b:read')).toBe(false);
  expect(may({ kind: 'anonymous' }, 'a.b:read')).toBe(false);
  expect(patternsOf(table, ['reader', 'scope:x.y:z'])).toEqual(['*:read', 'x.y:z']);
});

test('a role table that could never work is refused', () => {
  const role = (permissions: string[]) => ({ title: text('x', 'x'), permissions });
  expect(() => checkRoles({ worker: role(['cores.core read']) })).toThrow(/worker/);
  expect(() => checkRoles({ 'scope:x': role([]) })).toThrow(/scope:x/);
});
