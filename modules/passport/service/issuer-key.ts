import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { didWeb, encodePublicKey, type KeyPair, keyPair } from '@zaizao/credential';
import type { Config } from '@zaizao/platform/http';
import { fragmentOf } from '../domain/keys.ts';
import type * as repo from '../repo.ts';

/**
 * Who signs for an organisation now. With a key of its own (`own`) only the public half is here: what
 * has to be signed waits until it is signed outside.
 */
export type Issuer = {
  readonly did: string;
  readonly fragment: string;
  /** Verification method of the key: `did:web:…#k…`. */
  readonly method: string;
} & (
  | { readonly custody: 'server'; readonly key: KeyPair }
  | { readonly custody: 'own'; readonly publicKey: string }
);

/**
 * The DID of an organisation: did:web below the address of the installation, so that a key can be
 * replaced without the organisation becoming somebody else (docs/decisions/0006-passport-keys.md).
 */
export function didOf(config: Config, orgId: string): string {
  const { host, pathname } = new URL(config.publicUrl);
  return didWeb(host, `${pathname}/did/${orgId}`);
}

/** The key in use, as an issuer. */
export function issuerWith(config: Config, orgId: string, row: repo.IssuerKeyRow): Issuer {
  const { did, fragment } = row;
  const who = { did, fragment, method: `${did}#${fragment}` };
  if (row.custody === 'own') return { ...who, custody: 'own', publicKey: row.public_key };
  return { ...who, custody: 'server', key: keyPair(readSeed(config, orgId, fragment)) };
}

/** A fresh pair, its private half sealed on disk: a published key can always sign. */
export function makeSealedKey(
  config: Config,
  orgId: string,
): { readonly fragment: string; readonly publicKey: string } {
  const key = keyPair(randomBytes(32));
  const fragment = fragmentOf(key.publicKey);
  writeSeed(config, orgId, fragment, key.seed);
  return { fragment, publicKey: encodePublicKey(key.publicKey) };
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
