import { expect, test } from 'vitest';
import { waitingRing, wordsOf } from '../domain/dismantle.ts';
import { JOINT, joinPicture } from './dismantle-layout.ts';

const joint = (code: string, ...after: string[]) => ({ code, after });

test('every joint stands right of all it waits for, and none on another', () => {
  const joins = [
    joint('C', 'A', 'B'),
    joint('A'),
    joint('B', 'A'),
    joint('D', 'A'),
    joint('E', 'X'),
  ];
  const { nodes, edges, width, height } = joinPicture(joins);
  const at = new Map(nodes.map((n) => [n.code, n]));
  for (const { from, to } of edges) expect(to.x).toBeGreaterThanOrEqual(from.x + JOINT.width);
  expect(edges).toHaveLength(4); // nothing is drawn to a joint that is not there
  const places = new Set(nodes.map((n) => `${n.x} ${n.y}`));
  expect(places.size).toBe(joins.length);
  expect(at.get('C')?.x).toBeGreaterThan(at.get('B')?.x ?? 0);
  for (const n of nodes) {
    expect(n.x + JOINT.width).toBeLessThanOrEqual(width);
    expect(n.y + JOINT.height).toBeLessThanOrEqual(height);
  }
});

test('a ring in a draft is drawn all the same, and named when it is stored', () => {
  const ring = [joint('A', 'B'), joint('B', 'C'), joint('C', 'A')];
  expect(joinPicture(ring).nodes).toHaveLength(3);
  expect(waitingRing(ring)).toEqual(['A', 'B', 'C', 'A']);
  expect(waitingRing([joint('A'), joint('B', 'A'), joint('C', 'A', 'B')])).toBeUndefined();
});

test('words of a cell are the same however they are separated', () => {
  expect(wordsOf('10, 20、30；40')).toEqual(['10', '20', '30', '40']);
  expect(wordsOf(undefined)).toEqual([]);
});
