import { expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';

function bench() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const turns = inTurn(
    (input: string) => {
      begun.push(input);
      return new Promise<string>((resolve) => ends.push(() => resolve(`done ${input}`)));
    },
    (a, b) => a === b,
  );
  const end = async () => {
    ends.shift()?.();
    await new Promise((r) => setTimeout(r));
  };
  return { begun, turns, end };
}

test('two taps make one act', async () => {
  const { begun, turns, end } = bench();
  const [one, two] = [turns.ask('a'), turns.ask('a')];
  await end();
  expect(await one).toBe(await two);
  expect(begun).toEqual(['a']);
  expect(turns.isIdle()).toBe(true);
  void turns.ask('a'); // asked for again after it was done: done again
  expect(begun).toEqual(['a', 'a']);
});

test('what is asked for while another is under way waits for its turn and is never dropped', async () => {
  const { begun, turns, end } = bench();
  const asked = [turns.ask('a'), turns.ask('b'), turns.ask('b'), turns.ask('a')];
  expect(begun).toEqual(['a']);
  await end();
  await end();
  await end();
  expect(begun).toEqual(['a', 'b', 'a']);
  expect(await Promise.all(asked)).toEqual(['done a', 'done b', 'done b', 'done a']);
});
