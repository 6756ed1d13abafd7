import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@zaizao/tlog';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runConformance } from './conformance.ts';
import { verifyCredential } from './credential.ts';
import { credentialProblems } from './credential-shape.ts';
import { addProof, verifyProofs } from './data-integrity.ts';
import { dateTimeMillis } from './date-time.ts';
import {
  didDocument,
  didKey,
  didKeyDocument,
  didKeyMethod,
  didResolver,
  didWeb,
  didWebUrl,
} from './did.ts';
import { eddsaJcs2022 } from './eddsa-jcs.ts';
import { envelopJwt, signJwt, verifyJwt } from './jose.ts';
import {
  decodePublicKey,
  decodeSecretKey,
  encodePublicKey,
  encodeSecretKey,
  keyPair,
} from './key.ts';
import { decodeMultibase, encodeMultibase, fromBase64Url, toBase64Url } from './multibase.ts';
import { eddsaRdfc2022 } from './rdfc.ts';
import { checkStatus, StatusList, statusEntry, statusListCredential } from './status-list.ts';

const key = keyPair(new Uint8Array(32).fill(5));
const issuer = didKey(key.publicKey);
const method = didKeyMethod(key.publicKey);
const now = new Date('2026-06-01T00:00:00Z');
const checks = { suites: [eddsaJcs2022], resolve: didResolver(), now };
const credential: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer,
  validFrom: '2026-01-01T00:00:00+08:00',
  credentialSubject: { id: 'urn:thing:1', name: '发动机' },
};
const sign = (document: JsonObject, suite = eddsaJcs2022) =>
  addProof(document, suite, key, { verificationMethod: method, created: '2026-01-01T00:00:00Z' });

const data = process.env.ZAIZAO_DATA ?? '../shared/data';

it.skipIf(!existsSync(join(data, 'epcis/w3c-vc')))(
  'agrees with the W3C vectors (skipped when ZAIZAO_DATA is absent)',
  async () => {
    const { passed, failures } = await runConformance(data);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(150);
  },
);

describe('data integrity', () => {
  for (const suite of [eddsaJcs2022, eddsaRdfc2022()]) {
    it(`${suite.name}: signs, verifies, and refuses any change`, async () => {
      const signed = await sign(credential, suite);
      const using = { ...checks, suites: [suite] };
      expect((await verifyCredential(signed, using)).ok).toBe(true);
      const proof = signed.proof as JsonObject; // addProof puts one proof as an object.
      const changes: JsonObject[] = [
        { ...signed, credentialSubject: { id: 'urn:thing:2', name: '发动机' } },
        { ...signed, validFrom: '2025-01-01T00:00:00+08:00' },
        { ...signed, name: 'added' },
        { ...signed, proof: { ...proof, created: '2026-01-02T00:00:00Z' } },
        { ...signed, proof: { ...proof, proofPurpose: 'authentication' } },
        { ...signed, proof: { ...proof, proofValue: `${proof.proofValue}1` } },
        { ...signed, proof: { ...proof, proofValue: 7 } },
        { ...signed, proof: { ...proof, cryptosuite: 'eddsa-2099' } },
        { ...signed, proof: { ...proof, type: 'Ed25519Signature2020' } },
        { ...signed, proof: { ...proof, verificationMethod: 'did:key:zzz#zzz' } },
        { ...signed, proof: { ...proof, expires: '2026-02-01T00:00:00Z' } },
        { ...signed, proof: { ...proof, previousProof: 'urn:none' } },
        { ...signed, proof: [] },
        credential,
      ];
      for (const changed of changes) {
        expect((await verifyCredential(changed, using)).ok, JSON.stringify(changed)).toBe(false);
      }
    });
  }

  it('keeps sets of proofs, each verified', async () => {
    const other = keyPair(new Uint8Array(32).fill(6));
    const twice = await addProof(await sign(credential), eddsaJcs2022, other, {
      verificationMethod: didKeyMethod(other.publicKey),
    });
    expect(await verifyProofs(twice, checks)).toMatchObject({ ok: true, keys: [{}, {}] });
    const proofs = twice.proof as JsonObject[]; // Two proofs make a list.
    const broken = { ...twice, proof: [proofs[0] ?? {}, { ...proofs[1], created: 'x' }] };
    expect((await verifyProofs(broken, checks)).ok).toBe(false);
  });

  it('refuses a signer that is not the issuer, and dates out of range', async () => {
    const foreign = await sign({ ...credential, issuer: 'did:web:plant.example' });
    expect(await verifyCredential(foreign, checks)).toMatchObject({ code: 'ISSUER_MISMATCH' });
    const early = { ...checks, now: new Date('2025-12-31T15:59:59Z') };
    expect(await verifyCredential(await sign(credential), early)).toMatchObject({
      code: 'NOT_YET_VALID',
    });
    const ended = await sign({ ...credential, validUntil: '2026-05-01T00:00:00Z' });
    expect(await verifyCredential(ended, checks)).toMatchObject({ code: 'EXPIRED' });
  });

  it('rdfc fetches nothing and drops nothing', async () => {
    const rdfc = eddsaRdfc2022();
    const unknown = {
      ...credential,
      '@context': [...(credential['@context'] as string[]), 'https://x.example/c'],
    };
    await expect(sign(unknown, rdfc)).rejects.toMatchObject({ name: 'CredentialError' });
    const undefinedTerm = { ...credential, credentialSubject: { '@type': 'rel', foo: 1 } };
    await expect(sign(undefinedTerm, rdfc)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('never throws on rubbish', async () => {
    await fc.assert(
      fc.asyncProperty(fc.object({ maxDepth: 3, withNullPrototype: false }), async (rubbish) => {
        const json = JSON.parse(JSON.stringify(rubbish));
        expect((await verifyCredential({ ...json }, checks)).ok).toBe(false);
        expect((await verifyCredential({ ...credential, proof: json }, checks)).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses objects that cannot be written as text', async () => {
    const mute = { toString: '', valueOf: '' };
    const proof: JsonObject = { type: 'DataIntegrityProof', proofPurpose: 'assertionMethod' };
    const { name: cryptosuite } = eddsaJcs2022;
    for (const bad of [
      { ...proof, cryptosuite: mute },
      { ...proof, cryptosuite, verificationMethod: mute },
      { ...proof, cryptosuite, verificationMethod: method, previousProof: mute },
      { ...proof, cryptosuite, verificationMethod: method, proofValue: mute },
      mute,
    ]) {
      expect(await verifyCredential({ ...credential, proof: bad }, checks)).toHaveProperty('code');
    }
    const web = 'did:web:plant.example';
    for (const assertionMethod of [mute, [{ id: mute }]]) {
      const resolve = didResolver([{ id: web, assertionMethod, verificationMethod: [mute] }]);
      expect(resolve(`${web}#a`, 'assertionMethod')).toBeNull();
    }
    for (const none of [null, 1, []] as unknown as JsonObject[]) {
      expect(await verifyCredential(none, checks)).toMatchObject({ code: 'MALFORMED' }); // as a file may hold
    }
  });
});

describe('vc+jwt', () => {
  const jwt = signJwt(credential, key, method);

  it('carries a credential', async () => {
    expect(await verifyCredential(jwt, checks)).toMatchObject({ ok: true, credential, issuer });
    expect(envelopJwt(jwt)).toMatchObject({ id: `data:application/vc+jwt,${jwt}` });
    expect(credentialProblems(credential)).toEqual([]);
  });

  it('is refused with any character changed, or another header', () => {
    for (let i = 0; i < jwt.length; i += 3) {
      const changed = jwt.slice(0, i) + (jwt[i] === 'A' ? 'B' : 'A') + jwt.slice(i + 1);
      expect(verifyJwt(changed, didResolver()).ok, `character ${i}`).toBe(false);
    }
    const [, body = '', signature = ''] = jwt.split('.');
    const head = (header: object) =>
      `${toBase64Url(new TextEncoder().encode(JSON.stringify(header)))}.${body}.${signature}`;
    for (const header of [
      { alg: 'none', typ: 'vc+jwt', kid: method },
      { alg: 'HS256', typ: 'vc+jwt', kid: method },
      { alg: 'EdDSA', typ: 'JWT', kid: method },
      { alg: 'EdDSA', typ: 'vc+jwt' },
      { alg: 'EdDSA', typ: 'vc+jwt', kid: method, crit: ['b64'] },
    ]) {
      expect(verifyJwt(head(header), didResolver()).ok).toBe(false);
    }
    for (const rubbish of ['', 'a.b', 'a.b.c.d', '..', `${jwt}=`]) {
      expect(verifyJwt(rubbish, didResolver()).ok).toBe(false);
    }
  });
});

describe('DIDs', () => {
  const web = didWeb('plant.example:8443', 'orgs/7');

  it('have the identifiers and addresses of their methods', () => {
    expect(web).toBe('did:web:plant.example%3A8443:orgs:7');
    expect(didWebUrl(web)).toBe('https://plant.example:8443/orgs/7/did.json');
    expect(didWebUrl(didWeb('plant.example'))).toBe('https://plant.example/.well-known/did.json');
    expect(() => didWeb('plant example')).toThrow();
    expect(() => didWebUrl(issuer)).toThrow();
    expect(didKeyDocument(issuer)).toMatchObject({ id: issuer, assertionMethod: [method] });
  });

  it('resolve only to keys that their document lists for the purpose', () => {
    const document = didDocument(web, [{ fragment: 'a', publicKey: key.publicKey }]);
    expect(didResolver([document])(`${web}#a`, 'assertionMethod')).toMatchObject({
      controller: web,
      publicKey: key.publicKey,
    });
    expect(didResolver([document])(`${web}#b`, 'assertionMethod')).toBeNull();
    expect(didResolver([])(`${web}#a`, 'assertionMethod')).toBeNull();
    expect(
      didResolver([{ ...document, assertionMethod: [] }])(`${web}#a`, 'assertionMethod'),
    ).toBeNull();
    const foreign = didDocument('did:web:evil.example', [
      { fragment: 'a', publicKey: key.publicKey },
    ]);
    expect(didResolver([{ ...foreign, id: web }])(`${web}#a`, 'assertionMethod')).toBeNull();
    const jwk = {
      id: web,
      assertionMethod: [
        {
          id: '#j',
          controller: web,
          type: 'JsonWebKey',
          publicKeyJwk: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(key.publicKey) },
        },
      ],
    };
    expect(didResolver([jwk])(`${web}#j`, 'assertionMethod')?.publicKey).toEqual(key.publicKey);
    expect(didResolver()(`${issuer}#other`, 'assertionMethod')).toBeNull();
  });

  it('keep keys as Multikeys', () => {
    expect(decodePublicKey(encodePublicKey(key.publicKey))).toEqual(key.publicKey);
    expect(decodeSecretKey(encodeSecretKey(key.seed))).toEqual(key);
    expect(() => decodePublicKey(encodeSecretKey(key.seed))).toThrow();
    expect(() => decodePublicKey('z6Mk')).toThrow();
  });
});

describe('status list', () => {
  const list = new StatusList();
  const id = 'https://plant.example/status/1';
  const published = (bits: StatusList, purpose: 'revocation' | 'suspension' = 'revocation') =>
    sign(
      statusListCredential({ id, issuer, purpose, list: bits, validFrom: '2026-01-01T00:00:00Z' }),
    );

  it('comes back bit for bit', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 131_071 }), { maxLength: 50 }), (indexes) => {
        const bits = new StatusList();
        for (const index of indexes) bits.set(index, true);
        const read = StatusList.decode(bits.encode());
        expect(indexes.every((index) => read.get(index))).toBe(true);
        expect(read.encode()).toBe(bits.encode());
        for (const index of indexes) read.set(index, false);
        expect(read.encode()).toBe(list.encode());
      }),
      { numRuns: 20 },
    );
    // The empty list of 131,072 entries unpacks to 16 KiB of zeros; bit 0 is the leftmost.
    const first = new StatusList();
    first.set(0, true);
    expect(first.get(0)).toBe(true);
    expect(first.get(7)).toBe(false);
  });

  it('refuses lists that are too small, too large or not GZIP', () => {
    expect(() => StatusList.decode('uAAAA')).toThrow();
    expect(() => StatusList.decode(new StatusList(new Uint8Array(8)).encode())).toThrow();
    expect(() => StatusList.decode(`z${list.encode().slice(1)}`)).toThrow();
    const zipped = decodeMultibase(list.encode());
    zipped.fill(255, zipped.length - 4);
    expect(() => StatusList.decode(`u${toBase64Url(zipped)}`)).toThrow();
    expect(() => list.get(131_072)).toThrow();
  });

  it('revokes', async () => {
    const status = statusEntry(id, 94_567, 'revocation');
    const holder = { ...credential, credentialStatus: status };
    const bits = new StatusList();
    const at = (lists: JsonObject[], who = holder) => checkStatus(who, issuer, lists, checks);
    expect(await at([await published(bits)])).toEqual({ ok: true, unknown: [] });
    expect(await at([])).toEqual({ ok: true, unknown: [id] });
    bits.set(94_567, true);
    expect(await at([await published(bits)])).toMatchObject({ code: 'REVOKED' });
    expect(await at([await published(bits, 'suspension')])).toMatchObject({ code: 'MALFORMED' });
    const forged = { ...(await published(bits)), name: 'x' };
    expect(await at([forged])).toMatchObject({ ok: false });
    expect(
      await checkStatus(holder, 'did:web:other.example', [await published(bits)], checks),
    ).toMatchObject({ code: 'ISSUER_MISMATCH' });
    for (const bad of [
      { ...status, statusListIndex: 7 },
      { ...status, statusListIndex: '-1' },
      { ...status, statusListIndex: '131072' },
      { ...status, type: 'Other' },
    ]) {
      expect(
        await at([await published(bits)], { ...credential, credentialStatus: bad }),
      ).toMatchObject({
        code: 'MALFORMED',
      });
    }
  });
});

describe('encodings', () => {
  it('base58 and base64url come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(decodeMultibase(encodeMultibase(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
    // Vectors of the base58 draft (draft-msporny-base58-03 §5).
    expect(encodeMultibase(new TextEncoder().encode('Hello World!'))).toBe('z2NEpo7TZRRrLZSi2U');
    expect(encodeMultibase(Uint8Array.of(0, 0, 0x28, 0x7f, 0xb4, 0xcd))).toBe('z11233QC4');
    expect(() => decodeMultibase('z0')).toThrow();
    expect(() => decodeMultibase('f00')).toThrow();
  });

  it('times are dateTimeStamps', () => {
    expect(dateTimeMillis('2026-01-01T08:00:00+08:00')).toBe(Date.UTC(2026, 0, 1));
    expect(dateTimeMillis('2026-01-01T00:00:00.1239Z')).toBe(Date.UTC(2026, 0, 1) + 123);
    for (const bad of [
      '2026-01-01T00:00:00',
      '2026-02-30T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-01-01T25:00:00Z',
      '2026-01-01',
      '2026-01-01T00:00:00+15:00',
      'Sat 25 Feb 2023 07:16:31 PM CST',
    ]) {
      expect(dateTimeMillis(bad), bad).toBeNull();
    }
  });
});
