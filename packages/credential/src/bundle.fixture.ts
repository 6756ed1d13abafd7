import {
  announceKey,
  appendEntries,
  cosign,
  createLeaf,
  type Disclosure,
  encodeMapHead,
  encodeNote,
  encodeVerifierKey,
  type HistoryEntry,
  type JsonObject,
  type JsonValue,
  memoryNodeStore,
  memoryTileStore,
  openGroups,
  parseNote,
  recordHistory,
  SIGNATURE_TYPE,
  SparseMap,
  saltsFrom,
  sha256,
  signCheckpoint,
  signingKey,
  toHex,
  utf8,
} from '@zaizao/tlog';
import { createBundle } from './bundle-create.ts';
import type { PassportBundle } from './bundle-format.ts';
import { addProof } from './data-integrity.ts';
import { didWeb } from './did.ts';
import { eddsaJcs2022 } from './eddsa-jcs.ts';
import { encodePublicKey, keyPair } from './key.ts';
import { credentialDigest } from './key-history.ts';
import { StatusList, statusEntry, statusListCredential } from './status-list.ts';

/* A small world for the bundle's tests: one log, one witness, one issuer, one engine among others. */

const seed = (n: number) => new Uint8Array(32).fill(n);
export const ENGINE = 'https://id.gs1.org/01/09506000134352/21/E-1';
const OTHER = 'https://id.gs1.org/01/09506000134352/21/E-2';
export const ISSUER = didWeb('plant.example');
const LIST = 'https://plant.example/status/1';
export const logSigner = signingKey('ledger.example/log', SIGNATURE_TYPE.ed25519, seed(1));
/** The key that follows `logSigner` in a log that changed it. */
export const nextSigner = signingKey('ledger.example/log', SIGNATURE_TYPE.ed25519, seed(7));
const witness = signingKey('witness.example', SIGNATURE_TYPE.cosignatureV1, seed(2));
export const issuerKey = keyPair(seed(3));
const method = `${ISSUER}#2026`;

/** Stands in for the CBV event hash: any function of the whole event does here. */
export function hashEvent({ eventID: _, recordTime: __, ...event }: JsonObject): string {
  const sorted = Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1));
  return `ni:///sha-256;${toHex(sha256(utf8(JSON.stringify(sorted))))}?ver=CBV2.0`;
}

interface Step {
  readonly step: string;
  readonly things: readonly string[];
  readonly more?: JsonObject;
  /** Who captured it; the plant itself when not said. */
  readonly by?: string;
}

const steps: readonly Step[] = [
  { step: 'receiving', things: [ENGINE, OTHER] },
  { step: 'inspecting', things: [OTHER] },
  { step: 'disassembling', things: [ENGINE] },
  { step: 'repairing', things: [ENGINE] },
  { step: 'inspecting', things: [ENGINE] },
];

const eventOf = ({ step, things, more }: Step, i: number): JsonObject => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'ObjectEvent',
  action: 'OBSERVE',
  eventTime: `2026-03-0${i + 1}T08:00:00.000+08:00`,
  eventTimeZoneOffset: '+08:00',
  epcList: things,
  bizStep: step,
  'zaizao:cost': 1_000 + i,
  ...more,
});

/** What the log has of the issuer's key: made, used to issue, and perhaps revoked or written about by a stranger. */
function keySteps(plain: JsonObject, life: KeyLife): Step[] {
  const digest = credentialDigest(plain);
  const publicKey = encodePublicKey(life.other ?? issuerKey.publicKey);
  const state = (keyState: string, more: JsonObject = {}, by?: string): Step => ({
    step: 'accepting',
    things: [method],
    more: { 'zz:keyState': keyState, ...more },
    ...(by ? { by } : {}),
  });
  return [
    state('made', { 'zz:publicKey': publicKey }),
    { step: 'accepting', things: [ENGINE], more: { 'zz:credentialSha256': [digest] } },
    ...(life.revokedFrom ? [state('revoked', { 'zz:revokedFrom': life.revokedFrom })] : []),
    ...(life.slander ? [state('revoked', {}, 'urn:stranger')] : []),
  ];
}

export interface KeyLife {
  readonly revokedFrom?: JsonValue;
  readonly slander?: boolean;
  readonly other?: Uint8Array;
}

function plainCredential(status: boolean): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential', 'DigitalProductPassport'],
    issuer: ISSUER,
    validFrom: '2026-04-01T00:00:00Z',
    validUntil: '2036-04-01T00:00:00Z',
    ...(status ? { credentialStatus: statusEntry(LIST, 94, 'revocation') } : {}),
    credentialSubject: { id: ENGINE, type: ['Product'], grade: 'A' },
    evidence: [{ type: ['TransparencyLog'], logKey: encodeVerifierKey(logSigner) }],
  };
}

export interface World {
  readonly bundle: PassportBundle;
  readonly list: StatusList;
}

/** Builds the world; `revoke` sets the credential's bit, `hide` leaves an event out of the index shown. */
export async function makeWorld(
  options: {
    readonly revoke?: boolean;
    /** The log has changed its key since the credential named it. */
    readonly rotated?: boolean;
    readonly status?: boolean;
    readonly keyLife?: KeyLife;
    readonly credential?: (plain: JsonObject) => JsonObject;
    readonly change?: (disclosures: Map<number, Disclosure>, entries: HistoryEntry[]) => void;
  } = {},
): Promise<World> {
  const tiles = memoryTileStore();
  const map = new SparseMap(memoryNodeStore());
  const plain = (options.credential ?? ((c) => c))(plainCredential(options.status ?? true));
  const told = options.keyLife ? [...steps, ...keySteps(plain, options.keyLife)] : steps;
  const records = told.map((step, i) => {
    const event = eventOf(step, i);
    const eventHash = hashEvent(event);
    const leaf = createLeaf(
      {
        event,
        eventHash,
        recordTime: `2026-03-0${i + 1}T00:00:01.000Z`,
        eventID: `urn:uuid:${i}`,
        organisation: step.by ?? 'urn:epc:id:pgln:950600013.435',
      },
      seed(50 + i),
    );
    return { event, eventHash, ...leaf, index: i, things: step.things };
  });
  const { root: mapRoot } = await recordHistory(map, SparseMap.empty, records);
  const head = encodeMapHead({ covered: records.length, root: mapRoot });
  const root = await appendEntries(tiles, 0, [...records.map(({ entry }) => entry), head]);
  const signer = options.rotated ? nextSigner : logSigner;
  const signed = parseNote(signCheckpoint({ size: records.length + 1, root }, signer));
  const cosignature = cosign(signed.text, witness, 1_780_000_000);
  const checkpoint = encodeNote({ ...signed, signatures: [...signed.signatures, cosignature] });

  // The engine's events: the first shows just this engine, the rest whole, the third is withheld.
  const own = records.filter(({ things }) => things.includes(ENGINE));
  const ofKey = records.filter(({ things }) => things.includes(method));
  const disclosures = new Map(
    [...own, ...ofKey]
      .filter(({ index }) => index !== 2)
      .map(({ event, eventHash, index }) => [
        index,
        openGroups(
          event,
          eventHash,
          saltsFrom(seed(50 + index)),
          index === 0
            ? { groups: ['what', 'when', 'why'], things: (epc) => epc === ENGINE }
            : 'all',
        ),
      ]),
  );
  const entries: HistoryEntry[] = own.map(({ index, leafHash }) => ({ index, leafHash }));
  options.change?.(disclosures, entries);

  const list = new StatusList();
  list.set(94, options.revoke ?? false);
  const sign = (credential: JsonObject) =>
    addProof(credential, eddsaJcs2022, issuerKey, {
      verificationMethod: method,
      created: '2026-04-01T00:00:00Z',
    });
  const statusLists =
    options.status === false
      ? []
      : [
          await sign(
            statusListCredential({
              id: LIST,
              issuer: ISSUER,
              purpose: 'revocation',
              list,
              validFrom: '2026-04-01T00:00:00Z',
            }),
          ),
        ];
  const bundle = await createBundle({
    thing: ENGINE,
    credential: await sign(plain),
    issuerKeys: [
      { id: method, controller: ISSUER, publicKeyMultibase: encodePublicKey(issuerKey.publicKey) },
    ],
    statusLists,
    logKey: encodeVerifierKey(signer),
    ...(options.rotated ? { logKeyChanges: [announceKey(logSigner, nextSigner, 1)] } : {}),
    witnessKeys: [encodeVerifierKey(witness)],
    checkpoint,
    tiles,
    map,
    histories: [
      { thing: ENGINE, entries },
      ...(ofKey.length > 0 ? [{ thing: method, entries: ofKey }] : []),
    ],
    disclosures,
  });
  return { bundle, list };
}
