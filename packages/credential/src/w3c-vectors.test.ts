import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addProof, didKey, didKeyMethod, eddsaJcs2022, keyPair } from './index.ts';
import { runW3cVectors } from './w3c-vectors.ts';

const key = keyPair(new Uint8Array(32).fill(9));
const context = { '@context': ['https://www.w3.org/ns/credentials/v2'] };
const plain = {
  ...context,
  type: ['VerifiableCredential'],
  issuer: didKey(key.publicKey),
  credentialSubject: { id: 'urn:uuid:4f9fbf0c-6d6e-4c39-8d3b-111111111111' },
};
const created = '2026-01-01T00:00:00Z';
const method = didKeyMethod(key.publicKey);
const sign = (document: typeof plain & object, more: object = {}) =>
  addProof(document, eddsaJcs2022, key, { verificationMethod: method, created, ...more });

test('credentials that bring a proof are judged by it too', async () => {
  const home = mkdtempSync(join(tmpdir(), 'vectors-'));
  const folder = join(home, 'vcdm2-test-input/deep');
  mkdirSync(folder, { recursive: true });
  const signed = await sign(plain);
  const other = { ...signed, credentialSubject: { id: 'urn:uuid:5f9fbf0c-6d6e-4c39-8d3b-1' } };
  const shown = { ...context, type: ['VerifiablePresentation'], verifiableCredential: [other] };
  const files: Readonly<Record<string, object>> = {
    'credential-signed-ok': signed,
    'credential-altered-fail': other,
    'credential-purpose-fail': await sign(plain, { proofPurpose: 'authentication' }),
    'credential-expired-fail': await sign(plain, { expires: '2026-02-01T00:00:00Z' }),
    'credential-past-fail': await sign({
      ...plain,
      validUntil: '2020-01-01T00:00:00Z',
    } as typeof plain),
    'credential-issuer-fail': await sign({ ...plain, issuer: 'did:key:z6Mk' }),
    'presentation-altered-fail': shown,
    'credential-altered-ok': other,
  };
  for (const [name, document] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(document));
  }
  const report = await runW3cVectors(home);
  expect(report.passed).toBe(7);
  expect(report.failures.map((failure) => failure.replace(/:.*/s, ''))).toEqual([
    expect.stringContaining('vc-di-eddsa-TestVectors'),
    'vcdm2-test-input/deep/credential-altered-ok.json',
  ]);
  rmSync(home, { recursive: true });
});
