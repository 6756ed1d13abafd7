/** The commands on a data directory, each as a process of its own, as people run them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectEvent } from '@zaizao/epcis';
import { flushLog, record } from '@zaizao/modules/ledger';
import { transact } from '@zaizao/platform/db';
import { makeCtx } from '@zaizao/platform/http';
import { createOrganisation } from '@zaizao/platform/identity';
import { newId, unwrap } from '@zaizao/platform/kernel';
import { readConfig, start } from '@zaizao/platform/runtime';
import { identity, modules } from '@zaizao/server';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledgerCommand } from './ledger.ts';
import { passportCommand } from './passport.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'zaizao-cli-'));
const thing = (n: number) => `https://id.gs1.org/8004/952000001CLI${n}`;
let eventId: string;

beforeAll(async () => {
  const config = readConfig({
    ...process.env,
    ZAIZAO_HOME: home,
    DATABASE_URL: undefined,
    PORT: '0',
  });
  const running = await start({
    config,
    identity,
    modules,
    log: pino({ level: 'fatal' }),
    background: false,
  });
  const { app } = running;
  const org = await createOrganisation(app, {
    name: '命令行',
    kind: 'remanufacturer',
    simulated: true,
  });
  const recorded = await transact(
    app.db,
    { kind: 'org', org: org.no, actor: 'system:test' },
    (tx) => {
      const principal = { kind: 'system', id: 'test', name: 'test' } as const;
      const parts = { app, tx, org, principal, lang: 'en', requestId: newId('req') } as const;
      const ctx = makeCtx({ ...parts, now: new Date(), afterCommit: () => {} });
      const events = [1, 2, 3, 4].map((n) =>
        objectEvent({
          action: 'ADD',
          bizStep: 'receiving',
          eventTime: new Date(2026, 0, n),
          epcList: [thing(n)],
        }),
      );
      return ctx.audit('cli.test', org.id, {}).then(() => record(ctx, events));
    },
  );
  eventId = unwrap(recorded)[1]?.eventId ?? '';
  await flushLog(app);
  await running.stop();
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

function zaizao(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, ZAIZAO_HOME: home, DATABASE_URL: '', NODE_NO_WARNINGS: '1' };
  Reflect.deleteProperty(env, 'DATABASE_URL');
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { env, maxBuffer: 1 << 26 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
  });
}

test('verify, prove, check-proof: the proof is checked offline, and a changed byte is named', async () => {
  const verified = await zaizao('ledger', 'verify', '--deep', '--json');
  expect(verified.err).toBe('');
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, deep: true, events: 4 });
  const proved = await zaizao('ledger', 'prove', eventId);
  expect(proved.code).toBe(0);
  const file = join(home, 'proof.json');
  writeFileSync(file, proved.out);
  writeFileSync(join(home, 'before.json'), proved.out);
  const checked = await zaizao('ledger', 'check-proof', file);
  expect(checked.out).toContain('验证通过');
  expect(checked.code).toBe(0);
  const bytes = readFileSync(file);
  const at = bytes.indexOf('receiving') + 2;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  const changed = await zaizao('ledger', 'check-proof', file);
  expect(changed.code).toBe(1);
  expect(changed.out).toContain('NOT verified: disclosure: group "why"');
}, 120_000);

test('tamper-drill finds every kind on a copy, and leaves the data as they were', async () => {
  const drilled = await zaizao('ledger', 'tamper-drill', '--json');
  expect(drilled.err).toBe('');
  const report = JSON.parse(drilled.out) as {
    falseAlarms: string[];
    outcomes: { id: string; isFound: boolean; isSkipped: boolean }[];
  };
  expect(report.falseAlarms).toEqual([]);
  expect(report.outcomes.filter((o) => !o.isFound).map((o) => o.id)).toEqual([]);
  expect(drilled.code).toBe(0);
}, 180_000);

test('another key for the log: what was proved before stays proved', async () => {
  const file = join(home, 'before.json');
  const rotated = await zaizao('ledger', 'rotate-key');
  expect(rotated.code).toBe(0);
  const fresh = rotated.out.trim();
  expect(fresh).toMatch(/^localhost:\d+\/log\+[0-9a-f]{8}\+/);
  const kept = await zaizao('ledger', 'verify', '--deep', '--against', file, '--json');
  expect(JSON.parse(kept.out)).toMatchObject({ ok: true });
  const wrong = await zaizao('ledger', 'check-proof', file, '--log-key', fresh);
  expect(wrong.code).toBe(1);
  const after = join(home, 'after.json');
  writeFileSync(after, (await zaizao('ledger', 'prove', eventId)).out);
  const trusting = await zaizao('ledger', 'check-proof', after, '--log-key', fresh);
  expect([trusting.code, trusting.out]).toEqual([0, expect.stringContaining('验证通过')]);
}, 180_000);

test('says what to do when a server does not answer, and when a file is no passport', async () => {
  const nowhere = ['--url', 'http://127.0.0.1:1'];
  await expect(ledgerCommand(['verify', ...nowhere])).rejects.toThrow('leave out --url');
  await expect(ledgerCommand(['tamper-drill', ...nowhere])).rejects.toThrow('stop the server');
  const file = join(home, 'x.json');
  writeFileSync(file, '{}');
  const odd = await zaizao('passport', 'verify', file, '--offline');
  expect([odd.code, odd.out]).toEqual([1, expect.stringContaining('NOT verified: format')]);
  const link = 'https://x.example/01/1';
  await expect(passportCommand(['verify', link, '--offline'])).rejects.toThrow('passport bundle');
  expect(await ledgerCommand([])).toBe(2);
}, 120_000);
