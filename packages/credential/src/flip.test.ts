/** Any byte of a credential or a bundle changed is found, and said where: at every place, by every bit in turn. */
import { canonicalJson, encodeVerifierKey, type JsonValue, utf8 } from '@zaizao/tlog';
import { describe, expect, it } from 'vitest';
import { ENGINE, hashEvent, ISSUER, issuerKey, logSigner, makeWorld } from './bundle.fixture.ts';
import { verifyBundle } from './bundle.ts';
import type { BundleCheckId } from './bundle-checks.ts';
import { encodeBundle, type PassportBundle } from './bundle-format.ts';
import { verifyCredential } from './credential.ts';
import { addProof } from './data-integrity.ts';
import { didKey, didKeyMethod, didResolver } from './did.ts';
import { eddsaJcs2022 } from './eddsa-jcs.ts';

const now = new Date('2026-06-01T00:00:00Z');

/** By the member of the file that a byte lies in: the checks that may name it, besides `format`. */
const NAMED_BY: Readonly<Record<string, readonly BundleCheckId[]>> = {
  checkpoint: ['checkpoint'],
  credential: ['credential'],
  events: ['inclusion', 'disclosure', 'event-hash', 'completeness'],
  format: [],
  histories: ['completeness'],
  issuerKeys: ['credential', 'keys'],
  logKey: ['checkpoint'],
  logKeyChanges: ['log-trust'],
  mapHead: ['index'],
  statusLists: ['status', 'keys'],
  thing: ['subject'],
  witnessKeys: ['checkpoint'],
};

/** The member of the outermost object that each byte of its canonical JSON lies in. */
function memberOf(bundle: PassportBundle): (at: number) => string {
  const starts: { readonly name: string; readonly at: number }[] = [];
  let at = 1;
  for (const [name, value] of Object.entries(bundle).sort(([x], [y]) => (x < y ? -1 : 1))) {
    starts.push({ name, at });
    at += utf8(canonicalJson({ [name]: value as JsonValue })).length - 1; // its braces, less a comma
  }
  return (place) => starts.findLast((s) => s.at <= place)?.name ?? starts[0]?.name ?? '';
}

describe('any byte changed', () => {
  it.each([
    ['a bundle', {}, 7],
    ['a bundle of a log that changed its key', { rotated: true }, 23],
  ])(
    'of %s is found, and the check that names it is about that part',
    async (_, world, step) => {
      const { bundle } = await makeWorld(world);
      const text = encodeBundle(bundle);
      const bytes = utf8(text);
      const where = memberOf(bundle);
      const options = {
        now,
        hashEvent,
        trustedLogKeys: [encodeVerifierKey(logSigner)],
        trustedIssuers: [ISSUER],
      };
      const missed: string[] = [];
      const counted = new Map<string, number>();
      for (let at = 0; at < bytes.length; at += step) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << (Math.floor(at / step) % 8));
        const verdict = await verifyBundle(new TextDecoder().decode(changed), options);
        const member = where(at);
        const id = verdict.failed?.id;
        counted.set(member, (counted.get(member) ?? 0) + 1);
        const isNamed = id === 'format' || (id !== undefined && NAMED_BY[member]?.includes(id));
        if (!isNamed)
          missed.push(`byte ${at} in ${member}: ${id ?? 'not found'} (${verdict.failed?.detail})`);
      }
      expect(missed).toEqual([]);
      expect([...counted.keys()].sort()).toEqual(Object.keys(bundle).sort());
    },
    180_000,
  );

  it('of a credential is found', async () => {
    const did = didKey(issuerKey.publicKey);
    const signed = await addProof(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        issuer: did,
        validFrom: '2026-04-01T00:00:00Z',
        credentialSubject: { id: ENGINE, grade: 'A', 质量: '合格' },
      },
      eddsaJcs2022,
      issuerKey,
      { verificationMethod: didKeyMethod(issuerKey.publicKey), created: '2026-04-01T00:00:00Z' },
    );
    const checks = { suites: [eddsaJcs2022], resolve: didResolver(), now };
    expect(await verifyCredential(signed, checks)).toMatchObject({ ok: true, issuer: did });
    const bytes = utf8(JSON.stringify(signed));
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      let parsed: unknown;
      try {
        parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(changed));
      } catch {
        continue; // not JSON any more: found by whoever reads it
      }
      const verdict = await verifyCredential(parsed as typeof signed, checks); // whatever JSON it is
      expect(verdict.ok, `byte ${at}`).toBe(false);
    }
  }, 60_000);
});
