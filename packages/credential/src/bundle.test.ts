import {
  announceKey,
  encodeVerifierKey,
  kOfN,
  parseVerifierKey,
  signingKey,
  utf8,
} from '@zaizao/tlog';
import { describe, expect, it } from 'vitest';
import {
  ENGINE,
  hashEvent,
  ISSUER,
  issuerKey,
  logSigner,
  makeWorld,
  nextSigner,
} from './bundle.fixture.ts';
import { verifyBundle } from './bundle.ts';
import { encodeBundle, type PassportBundle, parseBundle } from './bundle-format.ts';
import { keyPair } from './key.ts';

const now = new Date('2026-06-01T00:00:00Z');
const options = {
  now,
  hashEvent,
  trustedLogKeys: [encodeVerifierKey(logSigner)],
  trustedIssuers: [ISSUER],
};

describe('passport bundle', () => {
  it('verifies with the network off, and says what it found', async () => {
    const { bundle } = await makeWorld();
    const verdict = await verifyBundle(encodeBundle(bundle), options);
    expect(verdict.checks.filter(({ ok, skipped }) => !ok || skipped).map(({ id }) => id)).toEqual([
      'logged',
      'key-history',
    ]);
    expect(verdict).toMatchObject({ ok: true, failed: null, issuer: ISSUER, withheldEvents: 1 });
    expect(verdict.credential).toMatchObject({ credentialSubject: { id: ENGINE, grade: 'A' } });
    expect(verdict.checkpoint).toMatchObject({ origin: logSigner.name, size: 6 });
    expect(verdict.events.map(({ index, complete }) => [index, complete])).toEqual([
      [0, false],
      [3, true],
      [4, true],
    ]);
    expect(verdict.events[0]?.event).toMatchObject({ epcList: [ENGINE], bizStep: 'receiving' });
    expect(verdict.events[0]).toMatchObject({
      organisation: 'urn:epc:id:pgln:950600013.435',
      isErrorDeclaration: false,
    });
    expect(verdict.events[0]?.event).not.toHaveProperty('zaizao:cost');
    expect(parseBundle(`${encodeBundle(bundle)}\n`)).toEqual(bundle);
  });

  it('fails when any byte is flipped, naming the check', async () => {
    const { bundle } = await makeWorld();
    const bytes = utf8(encodeBundle(bundle));
    const named = new Set<string>();
    for (let i = 0; i < bytes.length; i += 5) {
      const changed = bytes.slice();
      changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8));
      const text = new TextDecoder().decode(changed);
      const verdict = await verifyBundle(text, options);
      expect(verdict.ok, `byte ${i}: ${text.slice(i - 30, i + 30)}`).toBe(false);
      named.add(verdict.failed?.id ?? '');
    }
    for (const id of ['format', 'credential', 'checkpoint', 'inclusion', 'disclosure', 'index']) {
      expect(named).toContain(id);
    }
  }, 120_000);

  it('skips what it has nothing to check against, and says so', async () => {
    const { bundle } = await makeWorld({
      credential: ({ evidence: _, ...credential }) => credential,
    });
    const verdict = await verifyBundle(bundle, { now });
    expect(verdict.ok).toBe(true);
    expect(verdict.checks.filter(({ skipped }) => skipped).map(({ id }) => id)).toEqual([
      'issuer-trust',
      'log-trust',
      'event-hash',
      'logged',
      'key-history',
    ]);
  });

  const failing = async (bundle: PassportBundle | string, more: object = {}) =>
    (await verifyBundle(bundle, { ...options, ...more })).failed?.id;

  it('names the check that an attack fails', async () => {
    const { bundle } = await makeWorld();
    const [first] = bundle.events;
    const [history] = bundle.histories;
    if (!first || !history) throw new Error('unreachable');
    const cases: [string, PassportBundle | string, string][] = [
      ['not JSON', '{', 'format'],
      ['other spelling', JSON.stringify(bundle, null, 1), 'format'],
      ['extra member', JSON.stringify({ ...bundle, note: 'x' }), 'format'],
      ['another thing', { ...bundle, thing: `${ENGINE}0` }, 'subject'],
      ['event left out of the history', hide(bundle), 'completeness'],
      [
        'event moved',
        { ...bundle, events: [{ ...first, index: 1 }, ...bundle.events.slice(1)] },
        'inclusion',
      ],
      ['events out of order', { ...bundle, events: bundle.events.toReversed() }, 'inclusion'],
      ['no history', { ...bundle, histories: [] }, 'completeness'],
      [
        "another thing's history",
        { ...bundle, histories: [{ ...history, thing: 'urn:x' }] },
        'completeness',
      ],
      ['witness dropped', { ...bundle, witnessKeys: [] }, 'checkpoint'],
      [
        'key that signs nothing',
        {
          ...bundle,
          issuerKeys: [
            ...bundle.issuerKeys,
            ...bundle.issuerKeys.map((key) => ({ ...key, id: `${ISSUER}#old` })),
          ],
        },
        'keys',
      ],
      [
        "stranger's key under the issuer's name",
        {
          ...bundle,
          issuerKeys: bundle.issuerKeys.map((key) => ({
            ...key,
            controller: 'did:web:evil.example',
          })),
        },
        'credential',
      ],
      ['status list dropped to hide a revocation', { ...bundle, statusLists: [] }, ''],
    ];
    for (const [what, attacked, id] of cases) {
      expect((await failing(attacked)) ?? '', what).toBe(id);
    }
    const unlisted = await verifyBundle({ ...bundle, statusLists: [] }, options);
    expect(unlisted.checks.find(({ id }) => id === 'status')).toMatchObject({ skipped: true });
  });

  function hide(bundle: PassportBundle): PassportBundle {
    return {
      ...bundle,
      histories: bundle.histories.map((history) => ({
        ...history,
        entries: history.entries.filter(({ index }) => index !== 3),
      })),
      events: bundle.events.filter(({ index }) => index !== 3),
    };
  }

  it('judges validity, revocation and trust', async () => {
    const { bundle } = await makeWorld();
    expect(await failing(bundle, { now: new Date('2026-03-01T00:00:00Z') })).toBe('credential');
    expect(await failing(bundle, { now: new Date('2037-01-01T00:00:00Z') })).toBe('credential');
    expect(await failing((await makeWorld({ revoke: true })).bundle)).toBe('status');
    expect((await verifyBundle((await makeWorld({ status: false })).bundle, options)).ok).toBe(
      true,
    );
    expect(await failing(bundle, { trustedIssuers: ['did:web:other.example'] })).toBe(
      'issuer-trust',
    );
    const otherLog = encodeVerifierKey(signingKey('other.example'));
    expect(await failing(bundle, { trustedLogKeys: [otherLog] })).toBe('log-trust');
    const foreign = await makeWorld({
      credential: (plain) => ({
        ...plain,
        evidence: [{ type: 'TransparencyLog', logKey: otherLog }],
      }),
    });
    expect(await failing(foreign.bundle)).toBe('log-trust');
    const witness = parseVerifierKey(bundle.witnessKeys[0] ?? '');
    expect(await failing(bundle, { policy: kOfN([logSigner], 1, [witness]) })).toBeUndefined();
    const stranger = signingKey('w2.example', 4);
    expect(await failing(bundle, { policy: kOfN([logSigner], 2, [witness, stranger]) })).toBe(
      'log-trust',
    );
  });

  it('follows a log that has changed its key, by the announcement it carries', async () => {
    const { bundle } = await makeWorld({ rotated: true });
    expect(bundle.logKeyChanges).toHaveLength(1);
    // Neither the credential nor the reader knows the new key; the old one vouches for it.
    expect(await failing(bundle)).toBeUndefined();
    const { logKeyChanges: _, ...silent } = bundle;
    expect(await failing(silent)).toBe('log-trust');
    expect(await failing({ ...bundle, logKeyChanges: [] })).toBe('format');
    const witness = parseVerifierKey(bundle.witnessKeys[0] ?? '');
    expect(await failing(bundle, { policy: kOfN([logSigner], 1, [witness]) })).toBeUndefined();
    const other = signingKey('other.example');
    expect(await failing(bundle, { policy: kOfN([other], 1, [witness]) })).toBe('log-trust');
    const thief = signingKey(logSigner.name);
    const stolen = announceKey(thief, nextSigner, 1);
    expect(await failing({ ...bundle, logKeyChanges: [stolen] })).toBe('log-trust');
  });

  it('finds an event whose hash is not the one logged', async () => {
    const { bundle } = await makeWorld();
    expect(await failing(bundle, { hashEvent: () => 'ni:///sha-256;00' })).toBe('event-hash');
  });

  it('tells what was signed before a key was revoked from what was signed after', async () => {
    // The credential is logged on 7 March, at the seventh place of the log.
    const good = await verifyBundle((await makeWorld({ keyLife: {} })).bundle, options);
    expect(good.checks.filter(({ ok, skipped }) => !ok || skipped)).toEqual([]);
    const later = { revokedFrom: '2026-03-08T00:00:00Z' };
    const before = { revokedFrom: '2026-03-06T00:00:00Z' };
    // The status list must be of a key that is still good.
    const listless = { status: false } as const;
    expect(
      await failing((await makeWorld({ ...listless, keyLife: later })).bundle),
    ).toBeUndefined();
    expect(await failing((await makeWorld({ ...listless, keyLife: before })).bundle)).toBe(
      'key-history',
    );
    const other = { other: keyPair(new Uint8Array(32).fill(9)).publicKey };
    expect(await failing((await makeWorld({ keyLife: other })).bundle)).toBe('key-history');
    const slandered = (await makeWorld({ keyLife: { slander: true } })).bundle;
    expect(await failing(slandered)).toBeUndefined();
    // A time that none can read counts from when it was said: here on 8 March.
    for (const revokedFrom of ['soon', { toString: '' }]) {
      const said = await makeWorld({ ...listless, keyLife: { revokedFrom } });
      expect(await failing(said.bundle)).toBeUndefined();
    }
    // The revocation cannot be kept back.
    const revoked = (await makeWorld({ ...listless, keyLife: before })).bundle;
    const hidden = { ...revoked, events: revoked.events.filter(({ index }) => index !== 7) };
    expect(await failing(hidden)).toBe('key-history');
    const shorter = revoked.histories.map((h) => ({
      ...h,
      entries: h.entries.filter(({ index }) => index !== 7),
    }));
    expect(await failing({ ...hidden, histories: shorter })).toBe('completeness');
    const unlogged = { ...revoked, histories: revoked.histories.slice(0, 1) };
    const untold = {
      ...unlogged,
      events: unlogged.events.filter(({ index }) => index !== 5 && index !== 7),
    };
    const verdict = await verifyBundle(untold, options);
    expect(verdict.checks.find(({ id }) => id === 'key-history')).toMatchObject({ skipped: true });
  });

  it('shows nothing that did not verify', async () => {
    const { bundle } = await makeWorld();
    const other = keyPair(new Uint8Array(32).fill(9));
    expect(other.publicKey).not.toEqual(issuerKey.publicKey);
    const credential = typeof bundle.credential === 'string' ? {} : bundle.credential;
    const forged = { ...bundle, credential: { ...credential, name: 'forged' } };
    const verdict = await verifyBundle(forged, options);
    expect(verdict).toMatchObject({ ok: false, failed: { id: 'credential' }, credential: null });
    expect(verdict.checks.find(({ id }) => id === 'subject')).toMatchObject({ skipped: true });
    // The ledger's half still speaks for itself.
    expect(verdict.events).toHaveLength(3);
  });
});
