import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { didWeb, encodePublicKey, type KeyPair, keyPair } from '@zaizao/credential';
import type { Config, Ctx } from '@zaizao/platform/http';
import * as repo from '../repo.ts';

/** An organisation's identity as an issuer, and the key it signs with now. */
export interface Issuer {
  readonly did: string;
  /** Verification method of the key: `did:web:…#k…`. */
  readonly method: string;
  readonly key: KeyPair;
}

/**
 * The DID of an organisation: did:web below the address of the installation, so that a key can be
 * replaced without the organisation becoming somebody else (docs/decisions/0006-passport-keys.md).
 */
export function didOf(config: Config, orgId: string): string {
  const { host, pathname } = new URL(config.publicUrl);
  return didWeb(host, `${pathname}/did/${orgId}`);
}

/** Who signs for this organisation; its first key is made at first need. */
export async function issuerOf(ctx: Ctx): Promise<Issuer> {
  const did = didOf(ctx.app.config, ctx.org.id);
  const active = (await repo.issuerKeys(ctx, did)).find((key) => key.retired_at === null);
  if (active) {
    const seed = readSeed(ctx.app.config, ctx.org.id, active.fragment);
    return { did, method: `${did}#${active.fragment}`, key: keyPair(seed) };
  }
  return makeKey(ctx, did);
}

/** Retires the key in use and makes a new one. What the old one signed stays valid. */
export async function replaceKey(ctx: Ctx): Promise<Issuer> {
  await repo.lockIssuer(ctx);
  const did = didOf(ctx.app.config, ctx.org.id);
  await repo.retireKeys(ctx, did);
  return makeKey(ctx, did);
}

/** The file is on disk before the row: a published key can always sign. Call under the issuer lock. */
async function makeKey(ctx: Ctx, did: string): Promise<Issuer> {
  const key = keyPair(randomBytes(32));
  const fragment = `k${createHash('sha256').update(key.publicKey).digest('hex').slice(0, 12)}`;
  writeSeed(ctx.app.config, ctx.org.id, fragment, key.seed);
  await repo.insertIssuerKey(ctx, { did, fragment, public_key: encodePublicKey(key.publicKey) });
  return { did, method: `${did}#${fragment}`, key };
}

function pathOf(config: Config, orgId: string, fragment: string): string {
  return join(config.home, 'keys', 'issuers', `${orgId}.${fragment}.key`);
}

/** The key that seals key files: of the installation's secret, and another for every file. */
function sealingKey(config: Config, fragment: string): Buffer {
  return Buffer.from(hkdfSync('sha256', config.secret, fragment, 'zaizao passport issuer key', 32));
}

function writeSeed(config: Config, orgId: string, fragment: string, seed: Uint8Array): void {
  const path = pathOf(config, orgId, fragment);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(config, fragment), iv);
  const sealed = Buffer.concat([iv, cipher.update(seed), cipher.final(), cipher.getAuthTag()]);
  mkdirSync(join(config.home, 'keys', 'issuers'), { recursive: true, mode: 0o700 });
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${sealed.toString('base64')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readSeed(config: Config, orgId: string, fragment: string): Uint8Array {
  const path = pathOf(config, orgId, fragment);
  try {
    const sealed = Buffer.from(readFileSync(path, 'utf8'), 'base64');
    const open = createDecipheriv(
      'aes-256-gcm',
      sealingKey(config, fragment),
      sealed.subarray(0, 12),
    );
    open.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([open.update(sealed.subarray(12, -16)), open.final()]);
  } catch (cause) {
    throw new Error(
      `the signing key ${path} cannot be read: restore it from the backup with ZAIZAO_SECRET as it was, or rotate the key`,
      { cause },
    );
  }
}
