import { expect, test } from 'vitest';
import { text } from '../../kernel/index.ts';
import { currentTour, endTour, moveTour, onTour, startTour } from './tour.ts';

const steps = ['a', 'b'].map((id) => ({ id, title: text(id, id), body: text(id, id) }));

test('a tour moves, stays at its first step, and ends after its last', () => {
  let told = 0;
  const stop = onTour(() => told++);
  startTour('plant', steps);
  moveTour(-1);
  expect(currentTour()?.at).toBe(0);
  moveTour(1);
  expect(currentTour()?.steps[currentTour()?.at ?? 0]?.id).toBe('b');
  moveTour(1);
  expect(currentTour()).toBeUndefined();
  startTour('plant', steps, 9);
  expect(currentTour()?.at).toBe(1);
  endTour();
  expect(told).toBe(5);
  stop();
});
