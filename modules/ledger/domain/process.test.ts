import { expect, test } from 'vitest';
import { processOf } from './process.ts';

test('an event that says what was done is told by it', () => {
  expect(processOf({ bizStep: 'repairing', 'zz:process': 'cleaning' })).toBe('cleaning');
  expect(processOf({ bizStep: 'holding', 'zz:claimStep': 'filed' })).toBe('claim-filed');
  expect(processOf({ 'zz:keyState': 'made' })).toBe('key-made');
  expect(processOf({ bizStep: 'repairing', 'zz:process': { of: 'somebody else' } })).toBe(
    undefined,
  );
  expect(processOf({ bizStep: 'receiving' })).toBe(undefined);
});
