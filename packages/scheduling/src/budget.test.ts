import { expect, it } from 'vitest';
import { Budget } from './budget.ts';

/** A clock that each iteration moves by what it costs. */
function search(cost: number, before: (budget: Budget) => void = () => {}) {
  let now = 0;
  const signal = { aborted: false };
  const budget = new Budget({ signal, clock: () => now });
  before(budget);
  const run = (ms: number) => {
    for (const until = now + ms; now < until; ) {
      if (budget.spend()) return;
      now += cost;
    }
  };
  run(200);
  signal.aborted = true;
  const at = now;
  run(10_000);
  return now - at;
}

it('sees a cancel within milliseconds, however dear an iteration is', () => {
  for (const cost of [0.002, 0.05, 0.7, 3]) expect(search(cost)).toBeLessThan(10);
});

it('looks from outside the loop do not make it look less often in the loop', () => {
  const placing = (budget: Budget) => {
    for (let n = 0; n < 500; n++) budget.look();
  };
  expect(search(1, placing)).toBeLessThan(10);
});

it('ends at the iteration that was asked for, whatever was charged before', () => {
  const budget = new Budget({ iterations: 1000 });
  budget.charge(300);
  let count = 0;
  while (!budget.spend()) count++;
  expect(count).toBe(699);
  expect(budget.over).toBe(true);
});
