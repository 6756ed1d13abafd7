import { expect, test } from 'vitest';
import { isWeak } from './password.ts';

test.each([
  '1234567890',
  '0987654321',
  'abcdefghijkl',
  'aaaaaaaaaaaa',
  'abababababab',
  'password123',
  'Passw0rd!!',
  'qwertyuiop',
  'Admin@123456',
  'woaini1314520',
  'short',
  'lihua-2026-x',
])('%s is guessed soon', (password) => {
  expect(isWeak(password, 'lihua@example.com')).toBe(true);
});

test.each(['tulip harbour 42', '再制造要从拆解开始做起来', 'Kx8#mQ2!vR', 'starter-grade-B-8.2V'])(
  '%s is fine',
  (password) => {
    expect(isWeak(password, 'lihua@example.com')).toBe(false);
  },
);
