import { expect, test } from 'vitest';
import { routePicture } from './route-layout.ts';

const steps = [
  { seq: 10, when: '' },
  { seq: 20, when: 'restore:30' },
  { seq: 30, when: '', onFail: 10, maxRework: 2 },
];

test('steps stand in order from top to bottom, conditional ones beside the trunk', () => {
  const picture = routePicture(steps);
  expect(picture.nodes.map((n) => n.seq)).toEqual([10, 20, 30]);
  expect(picture.nodes.map((n) => n.aside)).toEqual([false, true, false]);
  const ys = picture.nodes.map((n) => n.y);
  expect([...ys].sort((a, b) => a - b)).toEqual(ys);
  expect(picture.branches.map((b) => b.seq)).toEqual([20]);
});

test('a failure has its way back, with how often at most', () => {
  const [back] = routePicture(steps).backs;
  expect(back).toMatchObject({ from: 30, to: 10, most: 2 });
  expect(back?.labelX).toBeGreaterThan(0);
});

test('everything lies inside the picture', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({
    ...{ seq: (i + 1) * 10, when: i % 3 === 0 ? 'pos:1' : '' },
    ...(i % 5 === 4 ? { onFail: 10, maxRework: 1 } : {}),
  }));
  const p = routePicture(many);
  expect(
    p.nodes.every((n) => n.x >= 0 && n.y >= 0 && n.x + 250 <= p.width && n.y + 44 <= p.height),
  ).toBe(true);
  expect(p.backs.every((b) => b.labelX > 0)).toBe(true);
});
