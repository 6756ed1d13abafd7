import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listCores } from '@zaizao/modules/cores/contract';
import { type Running, readConfig, start } from '@zaizao/platform/runtime';
import { identity, modules } from '@zaizao/server';
import { ensureDemo } from '@zaizao/server/demo';
import { takeAround } from '@zaizao/simulator/loop';
import { PLANTS } from '@zaizao/simulator/products';
import { Random } from '@zaizao/simulator/random';
import { openWorld, setUpPlant } from '@zaizao/simulator/world';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backupCommand, restoreCommand } from './backup.ts';
import { ledgerCommand } from './ledger.ts';

/** A plant is backed up, lost, and given back: the commands as an operator types them. */

const folder = mkdtempSync(join(tmpdir(), 'zaizao-backup-'));
const home = join(folder, 'home');
const backup = join(folder, 'monday.backup');
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Said {
  readonly code: number | null;
  readonly text: string;
}

/** A command in a process of its own, as an operator starts it. */
function typed(args: string[]): Promise<Said> {
  const { DATABASE_URL: _, ...rest } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...rest, ZAIZAO_HOME: home } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return new Promise((done) => child.on('close', (code) => done({ code, text })));
}

/** The same command within this process: what it answers and says. */
async function said(
  command: (args: string[]) => Promise<number>,
  args: string[],
  env: Record<string, string> = {},
): Promise<Said> {
  vi.stubEnv('DATABASE_URL', undefined);
  vi.stubEnv('ZAIZAO_HOME', home);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => lines.push(String(line)));
  try {
    return { code: await command(args), text: lines.join('\n') };
  } catch (e) {
    return { code: 1, text: (e as Error).message };
  } finally {
    log.mockRestore();
    vi.unstubAllEnvs();
  }
}

const serve = (at: string): Promise<Running> => {
  const config = readConfig({ ZAIZAO_HOME: at, PORT: '0', ZAIZAO_RATE_FACTOR: '50' });
  return start({ config, identity, modules, log: pino({ level: 'fatal' }) });
};

let refusedWhileRunning: Said;

beforeAll(async () => {
  const running = await serve(home);
  await ensureDemo(running.app);
  const url = await running.server.listen({ port: 0, host: '127.0.0.1' });
  const world = await openWorld(url);
  await setUpPlant(world, 'A');
  await takeAround(world, {
    product: PLANTS.A.products[0],
    rng: new Random(3),
    until: 'graded',
    smooth: true,
  });
  refusedWhileRunning = await typed(['backup', backup]);
  await running.stop();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a backup of a running server is refused, and says what to do', () => {
  expect(refusedWhileRunning.code).toBe(1);
  expect(refusedWhileRunning.text).toMatch(/stop the server/i);
  expect(existsSync(backup)).toBe(false);
});

test('what is given back is the plant as it was: its ledger verifies, its photos are there', async () => {
  const made = await said(backupCommand, [backup]);
  expect(made, made.text).toMatchObject({ code: 0 });
  const twice = await said(backupCommand, [backup]);
  expect(twice.code).toBe(1);

  const overwritten = await said(restoreCommand, [backup]);
  expect(overwritten.code).toBe(1);
  expect(overwritten.text).toContain('is not overwritten');

  const elsewhere = join(folder, 'elsewhere');
  const restored = await said(restoreCommand, [backup], { ZAIZAO_HOME: elsewhere });
  expect(restored, restored.text).toMatchObject({ code: 0 });
  const verified = await said(ledgerCommand, ['verify', '--deep'], { ZAIZAO_HOME: elsewhere });
  expect(verified, verified.text).toMatchObject({ code: 0 });

  const running = await serve(elsewhere);
  try {
    const url = await running.server.listen({ port: 0, host: '127.0.0.1' });
    const world = await openWorld(url);
    const { items } = await world.people.owner.do(listCores, { query: {} });
    expect(items.map((c) => c.state)).toEqual(['graded']);
    const photos = items.flatMap((c) => c.photos);
    expect(photos.length).toBeGreaterThan(2);
    for (const sha256 of photos) {
      const at = join('files', sha256.slice(0, 2), sha256);
      expect(readFileSync(join(elsewhere, at))).toEqual(readFileSync(join(home, at)));
    }
  } finally {
    await running.stop();
  }
}, 120_000);

test('a backup with one byte changed, or cut off, gives nothing back', async () => {
  const whole = readFileSync(backup);
  const bent = Uint8Array.from(whole);
  const at = Math.floor(bent.length / 2);
  bent[at] = (bent[at] ?? 0) ^ 1;
  for (const [name, bytes] of [
    ['bent', bent],
    ['cut', whole.subarray(0, whole.length - 2000)],
    ['other', new TextEncoder().encode('no archive at all')],
  ] as const) {
    const file = join(folder, `${name}.backup`);
    writeFileSync(file, bytes);
    const target = join(folder, `home-${name}`);
    const answer = await said(restoreCommand, [file], { ZAIZAO_HOME: target });
    expect(answer.code, name).toBe(1);
    expect(answer.text).toContain('nothing was restored');
    expect(existsSync(join(target, 'pgdata')), name).toBe(false);
  }
});

test('on PostgreSQL it says which commands do it, in which order', async () => {
  const answer = await said(backupCommand, [join(folder, 'pg')], {
    DATABASE_URL: 'postgres://x/y',
  });
  expect(answer.code).toBe(2);
  expect(answer.text).toMatch(/keys backup[\s\S]*pg_dump -Fc[\s\S]*issuers[\s\S]*files backup/);
});
