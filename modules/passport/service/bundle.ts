import { createBundle, encodeBundle, type IssuerKey } from '@zaizao/credential';
import { type OpenLog, openLog, thingEntries } from '@zaizao/modules/ledger';
import type { PublicCtx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import {
  type Disclosure,
  decodeLeaf,
  type HistoryEntry,
  isEventLeaf,
  type JsonObject,
  TileTree,
} from '@zaizao/tlog';
import { type CredentialForm, passportErrors } from '../contract.ts';
import * as repo from '../repo.ts';
import { inForm } from './forms.ts';
import { thingsOf } from './things.ts';

/** What is shown of each event, by `eventId recordTime`. */
export type Openings = ReadonlyMap<string, Disclosure>;

const NOTHING: Disclosure = { groups: [], lists: [] };

/**
 * The passport as one file that verifies with the network off: the credential and the list that says
 * it is not revoked, what may be seen of every event of the product, of the cores it was made of and of
 * the components in it, the history of the keys that signed, and the proofs that all that is in the log
 * and that nothing is missing. Made of public rows, and of what a reader was shown beyond them.
 *
 * Refusals: PASSPORT_NOT_FOUND; PASSPORT_NOT_CERTIFIED; PASSPORT_FORM_UNAVAILABLE;
 * PASSPORT_NOT_LOGGED_YET within seconds of the last event.
 * @param shown what a reader may see, where that is more than the public
 */
export async function bundleOf(
  ctx: PublicCtx,
  epc: string,
  options: {
    readonly form?: CredentialForm | undefined;
    readonly shown?: Openings | undefined;
  } = {},
): Promise<Result<string>> {
  const passport = await repo.publicPassport(ctx, epc);
  if (!passport) return err(passportErrors.PASSPORT_NOT_FOUND());
  const row = await repo.publicCredentialOf(ctx, passport);
  if (!row) return err(passportErrors.PASSPORT_NOT_CERTIFIED());
  const credential = await inForm(ctx, row, options.form);
  if (!credential.ok) return credential;
  const list = await repo.publicStatusList(ctx, row.org_id, row.status_list);
  const log = await openLog(ctx.tx, ctx.app);
  if (!log || !list) return err(passportErrors.PASSPORT_NOT_LOGGED_YET());

  const opened = options.shown ?? (await publicOpenings(ctx, passport));
  const histories = new Histories(ctx, log);
  const { facts } = passport.document;
  const things = [...thingsOf(facts).map((thing) => thing.epc), ...componentsIn(opened)];
  for (const thing of new Set(things)) await histories.add(thing, opened);
  if (histories.all[0]?.entries.length === 0) return err(passportErrors.PASSPORT_NOT_LOGGED_YET());
  const keys = await keysOf(ctx, [row.credential, list.credential]);
  for (const { row: key, id } of keys) {
    const told = await repo.publicKeyDisclosures(ctx, key.org_id, key.fragment);
    await histories.add(id, openingsOf(told), { whole: true });
  }
  const bundle = await createBundle({
    thing: epc,
    credential: credential.value,
    issuerKeys: keys.map(
      ({ row: key, id }): IssuerKey => ({
        id,
        controller: key.did,
        publicKeyMultibase: key.public_key,
      }),
    ),
    statusLists: [list.credential],
    logKey: log.logKey,
    logKeyChanges: log.keyChanges,
    witnessKeys: log.witnessKeys,
    checkpoint: log.checkpoint,
    tiles: log.tiles,
    map: log.map,
    histories: histories.all,
    disclosures: histories.disclosures,
  });
  return ok(encodeBundle(bundle));
}

/** The histories of a bundle and what is shown of them, as they are gathered. */
class Histories {
  readonly all: { thing: string; entries: HistoryEntry[] }[] = [];
  readonly disclosures = new Map<number, Disclosure>();
  readonly #ctx: PublicCtx;
  readonly #log: OpenLog;
  readonly #tree: TileTree;

  constructor(ctx: PublicCtx, log: OpenLog) {
    this.#ctx = ctx;
    this.#log = log;
    this.#tree = new TileTree(log.tiles, log.size);
  }

  /** @param whole shows every entry, if only as a leaf with nothing opened */
  async add(thing: string, opened: Openings, { whole = false } = {}): Promise<void> {
    const entries = await thingEntries(this.#ctx.tx, thing, this.#log.size);
    // A thing that the log has nothing of has no place in it.
    if (entries.length === 0 && this.all.length > 0) return;
    this.all.push({ thing, entries });
    for (const { index } of entries) {
      const entry = await this.#tree.entry(index);
      if (!isEventLeaf(entry)) continue;
      const leaf = decodeLeaf(entry);
      const shown =
        opened.get(`${leaf.eventID} ${leaf.recordTime}`) ?? (whole ? NOTHING : undefined);
      if (shown) this.disclosures.set(index, shown);
    }
  }
}

export function openingsOf(rows: readonly repo.DisclosureRow[]): Openings {
  return new Map(rows.map((d) => [`${d.event_id} ${d.record_time}`, d.opened]));
}

async function publicOpenings(ctx: PublicCtx, passport: repo.PublishedRow): Promise<Openings> {
  return openingsOf(await repo.publicDisclosures(ctx, passport));
}

/** What went into the product, as the event of its making shows it. */
function componentsIn(opened: Openings): string[] {
  return [...opened.values()].flatMap(({ groups, lists }) => {
    const why = groups.find(({ name }) => name === 'why')?.value as JsonObject | undefined; // fields of a group
    if (!String(why?.bizStep ?? '').endsWith('remanufacturing')) return [];
    const inputs = lists.find(({ name }) => name === 'inputEPCList');
    return inputs?.elements.map(({ value }) => String(value)) ?? [];
  });
}

/** The public keys that signed these credentials, and no others. */
async function keysOf(
  ctx: PublicCtx,
  credentials: readonly JsonObject[],
): Promise<{ id: string; row: repo.IssuerKeyRow }[]> {
  const methods = new Set(credentials.map(methodOf));
  const keys: { id: string; row: repo.IssuerKeyRow }[] = [];
  for (const did of new Set([...methods].map((method) => method.split('#')[0] ?? ''))) {
    for (const row of await repo.publicKeys(ctx, did)) {
      const id = `${did}#${row.fragment}`;
      if (methods.has(id)) keys.push({ id, row });
    }
  }
  return keys;
}

function methodOf({ proof }: JsonObject): string {
  const signed = proof as { verificationMethod?: unknown } | undefined; // addProof wrote it
  return String(signed?.verificationMethod ?? '');
}
