import { afterAll, expect, test } from 'vitest';
import { endThreads, hadTooLittleMemory, ThreadPool } from './index.ts';

const DOUBLE = `data:text/javascript,import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ id, question }) => {
    if (question === 'die') process.exit(1);
    if (question === 'wait') return;
    parentPort.postMessage(question === 'throw' ? { id, error: 'no' } : { id, answer: question * 2 });
  });`;

const pool = new ThreadPool<number | string, number>(new URL(DOUBLE));

afterAll(() => pool.stop());

test('a thread that fails fails its question only', async () => {
  expect(await pool.ask(4)).toBe(8);
  await expect(pool.ask('throw')).rejects.toThrow('no');
  await expect(pool.ask('die')).rejects.toThrow(/ended/);
  expect(await pool.ask(5)).toBe(10);
});

test('threads end with the server, tell those who wait, and start anew when asked again', async () => {
  const waiting = expect(pool.ask('wait')).rejects.toThrow(/ended/);
  await endThreads();
  await waiting;
  expect(await pool.ask(6)).toBe(12);
});

test('a thread that needs more memory than it may have fails alone, and says so', async () => {
  const hoard = `data:text/javascript,import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => { const all = []; for (;;) all.push({ n: all.length }); });`;
  const small = new ThreadPool<number, number>(new URL(hoard), 1, 64);
  const failed = await small.ask(1).catch((e: unknown) => e);
  expect(hadTooLittleMemory(failed)).toBe(true);
  expect(hadTooLittleMemory(new Error('no'))).toBe(false);
  await small.stop();
});
