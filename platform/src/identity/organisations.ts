import { type Kysely, sql } from 'kysely';
import type { Database, Tx } from '../db/index.ts';
import type { App, OrgRef } from '../http/index.ts';
import { newId } from '../kernel/index.ts';
import { asOwner } from './owner.ts';

export interface Organisation extends OrgRef {
  readonly kind: string;
  readonly simulated: boolean;
}

const columns = sql`no, id, name, kind, simulated`;
/** Another process may have renamed an organisation this long ago without our knowing. */
const FRESH_MS = 60_000;
/** Asking for what does not exist costs one reading of the table in this time. */
const MISS_MS = 1000;

/**
 * Organisations by number and id, in memory. PGlite has one connection and one process: there a
 * lookup inside a transaction must never ask the database, so the whole (short) table is read once
 * and kept current here. With PostgreSQL other processes write too, so entries age.
 */
class Directory {
  readonly #db: Database;
  #byNo = new Map<number, Organisation>();
  #byId = new Map<string, Organisation>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  async find(key: number | string): Promise<Organisation | undefined> {
    const known = this.#look(key);
    const age = Date.now() - this.#readAt;
    if (known) {
      // Never awaited: the caller may hold a connection while the pool has no other to give.
      if (age > FRESH_MS && this.#db.engine === 'postgres') void this.#refresh().catch(() => {});
      return known;
    }
    if (this.#db.engine === 'pglite' ? this.#readAt > 0 : age < MISS_MS) return undefined;
    await this.#refresh();
    return this.#look(key);
  }

  put(o: Organisation): void {
    this.#byNo.set(o.no, o);
    this.#byId.set(o.id, o);
  }

  #look(key: number | string): Organisation | undefined {
    return typeof key === 'number' ? this.#byNo.get(key) : this.#byId.get(key);
  }

  #refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const all = await sql<Organisation>`select ${columns} from identity.organisation`.execute(
      this.#db.kysely,
    );
    for (const o of all.rows) this.put(o);
    this.#readAt = Date.now();
  }
}

const directories = new WeakMap<Database, Directory>();

function directoryOf(db: Database): Directory {
  const known = directories.get(db);
  if (known) return known;
  const made = new Directory(db);
  directories.set(db, made);
  return made;
}

/** Reads the directory before any transaction can ask it. */
export async function warmDirectory(db: Database): Promise<void> {
  await directoryOf(db).find(0);
}

/** Tells the directory of a new or renamed organisation. */
export function remember(db: Database, organisation: Organisation): void {
  directoryOf(db).put(organisation);
}

/** `App.organisation` for a database: resolves an internal number. */
export function organisationByNo(db: Database, no: number): Promise<Organisation | undefined> {
  return directoryOf(db).find(no);
}

export function organisationById(app: App, id: string): Promise<Organisation | undefined> {
  return directoryOf(app.db).find(id);
}

export interface NewOrganisation {
  readonly name: string;
  /** One of the kinds that the trade passed to the identity module. */
  readonly kind: string;
  readonly simulated?: boolean;
}

/**
 * Makes an organisation without members. Inside a use case pass its `tx`: it commits with the rest,
 * and PGlite's single connection is taken by it already.
 */
export async function createOrganisation(
  app: App,
  input: NewOrganisation,
  tx?: Tx,
): Promise<Organisation> {
  const made = tx
    ? await asOwner(tx, () => insertOrganisation(tx, input, app.clock.now()))
    : await insertOrganisation(app.db.kysely, input, app.clock.now());
  remember(app.db, made);
  return made;
}

/** As owner. */
export async function insertOrganisation(
  db: Kysely<unknown>,
  { name, kind, simulated = false }: NewOrganisation,
  now: Date,
): Promise<Organisation> {
  const { rows } = await sql<Organisation>`
    insert into identity.organisation (id, name, kind, simulated, created_at)
    values (${newId('org', now.getTime())}, ${name}, ${kind}, ${simulated}, ${now})
    returning ${columns}`.execute(db);
  const [made] = rows;
  if (!made) throw new Error('insert … returning gave no row');
  return made;
}
