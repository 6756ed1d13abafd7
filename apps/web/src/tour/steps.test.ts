import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modules } from '../modules.ts';
import { steps } from './steps.ts';

const pages = modules.flatMap((m) => m.pages);
const SHELL = ['/setup', '/'];

test('the tour goes ten steps round the loop, then to one’s own plant', () => {
  expect(steps).toHaveLength(11);
  expect(steps.at(-1)?.to?.to).toBe('/setup');
  expect(new Set(steps.map((s) => s.id)).size).toBe(steps.length);
});

test.each(steps)('step $id happens on a page that exists', ({ to }) => {
  const path = to?.to ?? '';
  expect(SHELL.includes(path) || pages.some((p) => p.path === path)).toBe(true);
});

test.each(steps.filter((s) => s.role))(
  'step $id is played by somebody of the demonstration',
  ({ role }) => {
    const demo = readFileSync(join(import.meta.dirname, '../../../server/src/demo.ts'), 'utf8');
    expect(demo).toContain(`['${role}',`);
  },
);
