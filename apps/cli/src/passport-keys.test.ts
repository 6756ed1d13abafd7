/** A key kept outside: made, registered and used through the command line against a real server. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '@zaizao/platform/identity/contract';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as c from '../../../modules/passport/contract.ts';
import {
  assembled,
  certifiedOf,
  settle,
  startPassportPlant,
} from '../../../modules/passport/testing-unit.ts';
import { passportCommand } from './passport.ts';

type Plant = Awaited<ReturnType<typeof startPassportPlant>>;

const folder = mkdtempSync(join(tmpdir(), 'zaizao-keys-'));
let p: Plant;
let url: string;
let unit: { id: string; epc: string };

beforeAll(async () => {
  p = await startPassportPlant();
  unit = await certifiedOf(p, await assembled(p));
  url = await p.app.running.server.listen({ port: 0, host: '127.0.0.1' });
  const key = await p.owner.ok(createKey, {
    body: { name: 'cli', roles: ['owner'], scopes: ['*'] },
  });
  vi.stubEnv('ZAIZAO_KEY', key.secret);
}, 180_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  await p.app.stop();
});

/** Runs a command and gives what it printed. */
async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    expect(await passportCommand([...args, '--url', url])).toBe(0);
  } finally {
    log.mockRestore();
    write.mockRestore();
  }
  return lines.join('\n');
}

test('makes a key that never leaves its file, registers it, and signs what waits', async () => {
  const file = join(folder, 'own.key');
  const told = await run('key', '--out', file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const secret = readFileSync(file, 'utf8').trim();
  expect(told).not.toContain(secret);
  const publicKey = /public key\s+(\S+)/.exec(told)?.[1] ?? '';
  const signature = /registration\s+(\S+)/.exec(told)?.[1] ?? '';
  await p.owner.ok(c.registerKey, { body: { name: '总部', publicKey, signature } });

  const query = { epc: unit.epc };
  const { credential } = await p.app.anonymous.ok(c.getPassport, { query });
  const params = { credentialId: credential?.id ?? '' };
  await p.owner.ok(c.revokeCredential, { params, body: { reason: '改用自管密钥' } });
  await p.owner.ok(c.publishPassport, { params: { unitId: unit.id } });
  expect(await p.app.anonymous.ok(c.getBadgeState, { query })).toMatchObject({ state: 'revoked' });

  expect(await run('sign', '--signing-key', file)).toMatch(/signed: 2/);
  await settle(p);
  expect(await p.app.anonymous.ok(c.getBadgeState, { query })).toMatchObject({ state: 'verified' });
  const { keys, unsigned } = await p.owner.ok(c.getIssuer);
  expect(unsigned).toBe(0);
  expect(keys.find((k) => !k.retiredAt)).toMatchObject({ custody: 'own', publicKey, signed: 1 });
  expect(await run('sign', '--signing-key', file)).toMatch(/signed: 0/);
}, 60_000);

test('exports in each format', async () => {
  expect(JSON.parse(await run('export', unit.epc, '--as', 'catena-x'))).toHaveProperty(
    'certificate',
  );
  expect(JSON.parse(await run('export', unit.epc, '--as', 'aas'))).toHaveProperty('submodels');
  expect((await run('export', unit.epc, '--as', 'dcc', '--form', 'jwt')).split('.')).toHaveLength(
    3,
  );
});
