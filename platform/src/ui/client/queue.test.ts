import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sending } from './call.ts';
import { Problem } from './problem.ts';
import { ActQueue, MemoryStore, type Waiting } from './queue.ts';

const offline = new Problem('offline', { status: 0, code: 'OFFLINE' });
const refused = new Problem('The component is scrapped.', { status: 422, code: 'SCRAPPED' });

function entry(key: string, owner = 'li'): Waiting {
  const sending = { method: 'POST', address: `/api/v1/x/${key}`, body: { key } };
  return { key, at: 0, title: key, module: 'x', owner, sending };
}

/** A network that answers each request by the next outcome, and remembers what arrived. */
function network(outcomes: (Problem | undefined)[]) {
  const arrived: (string | undefined)[] = [];
  const send = async (request: Sending) => {
    const outcome = outcomes.shift();
    if (outcome?.isOffline) throw outcome;
    arrived.push(request.key);
    if (outcome) throw outcome;
  };
  return { arrived, send };
}

describe('acts done without a network', () => {
  test('are sent in order with their own keys, and told', async () => {
    const { arrived, send } = network([]);
    const done: string[] = [];
    const queue = new ActQueue(new MemoryStore(), (e) => done.push(e.key), send);
    queue.owner('li');
    await queue.add(entry('a'));
    await queue.add(entry('b'));
    await queue.replay();
    expect(arrived).toEqual(['a', 'b']);
    expect(done).toEqual(['a', 'b']);
    expect(queue.entries()).toEqual([]);
  });

  test('stay when the network fails, and go on later', async () => {
    const { arrived, send } = network([undefined, offline]);
    const queue = new ActQueue(new MemoryStore(), undefined, send);
    queue.owner('li');
    for (const key of ['a', 'b', 'c']) await queue.add(entry(key));
    await queue.replay();
    expect(queue.entries().map((e) => e.key)).toEqual(['b', 'c']);
    await queue.replay();
    expect(arrived).toEqual(['a', 'b', 'c']);
  });

  test('step aside when refused, keep their reason, and can be tried again with the same key', async () => {
    const { arrived, send } = network([refused]);
    const queue = new ActQueue(new MemoryStore(), undefined, send);
    queue.owner('li');
    await queue.add(entry('a'));
    await queue.add(entry('b'));
    await queue.replay();
    expect(queue.entries()).toMatchObject([{ key: 'a', refusal: { code: 'SCRAPPED' } }]);
    expect(queue.isBusy).toBe(false);
    await queue.retry('a');
    expect(arrived).toEqual(['a', 'b', 'a']);
    expect(queue.entries()).toEqual([]);
  });

  test('wait for the person who did them', async () => {
    const { arrived, send } = network([]);
    const queue = new ActQueue(new MemoryStore(), undefined, send);
    queue.owner('wang');
    await queue.add(entry('a', 'li'));
    await queue.replay();
    expect(arrived).toEqual([]);
    queue.owner('li');
    await queue.replay();
    expect(arrived).toEqual(['a']);
  });

  test('survive a closed browser', async () => {
    const store = new MemoryStore();
    const before = new ActQueue(store, undefined, network([offline]).send);
    before.owner('li');
    await before.add(entry('a'));
    await before.replay();
    const { arrived, send } = network([]);
    const after = new ActQueue(store, undefined, send);
    await after.open();
    after.owner('li');
    await after.replay();
    expect(arrived).toEqual(['a']);
    expect(await store.all()).toEqual([]);
  });

  test('arrive once each and in order, whatever the network does', async () => {
    const outcome = fc.constantFrom(undefined, offline, refused);
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcome, { maxLength: 20 }),
        fc.integer({ min: 1, max: 8 }),
        async (outcomes, n) => {
          const keys = Array.from({ length: n }, (_, i) => `k${i}`);
          const { arrived, send } = network([...outcomes]);
          const queue = new ActQueue(new MemoryStore(), undefined, send);
          queue.owner('li');
          for (const key of keys) await queue.add(entry(key));
          for (let i = 0; i <= outcomes.length; i++) await queue.replay();
          expect(arrived).toEqual(keys);
          expect(queue.entries().every((e) => e.refusal)).toBe(true);
        },
      ),
    );
  });
});
