import pg from 'pg';

/** So many statements stay prepared on a connection: each plan takes memory of the database (500 took 130 MB more of PGlite’s). */
const MOST = 100;
/**
 * A statement is prepared afresh after so many uses: PostgreSQL may keep a plan that it made
 * when the tables were small, and PGlite has no autovacuum whose statistics would discard it.
 */
const USES = 1000;
/** SQLSTATE of “cached plan must not change result type”: a table has changed since. */
const PLAN_OUTDATED = '0A000';

type Answer = Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'>;

interface Prepared {
  readonly name: string;
  uses: number;
}

/**
 * A connection that prepares every statement with parameters and runs it by name from then on:
 * parsing and planning are most of the time of the small statements that requests are made of
 * (on PGlite 516 µs of a processor against 78 µs; `docs/decisions/0060-prepared-statements.md`).
 */
export class PreparingClient extends pg.Client {
  /** With a field that the types of `pg` leave out. */
  declare connection: pg.Connection & { readonly parsedStatements: Record<string, string> };
  readonly #prepared = new Map<string, Prepared>();
  /** No longer used; freed between transactions, where a refusal harms nothing. */
  #stale: string[] = [];
  /** A transaction was asked for and has not reached the server yet. */
  #begun = false;
  #last = 0;

  // The overloads of `query` serve cursors and callbacks as well; Kysely and the pool use these two.
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of the parent have no common type
  override query(...args: any[]): any {
    const [text, values] = args as [unknown, unknown];
    if (typeof text !== 'string') return super.query(...(args as [string]));
    const named = Array.isArray(values) && values.length > 0;
    if (this.#begun) return this.#runFirst(text, named ? values : undefined);
    if (named) return this.#run(text, values);
    if (text === 'begin') return this.#begin();
    const ends = text === 'commit' || text === 'rollback';
    return ends && this.#stale.length > 0 ? this.#freeAfter(text) : super.query(text);
  }

  /** Waits for the statement that follows: one exchange less in every transaction. */
  #begin(): Promise<Answer> {
    this.#begun = true;
    return Promise.resolve({ command: 'BEGIN', rowCount: null, rows: [] });
  }

  /** The first statement of a transaction. */
  async #runFirst(text: string, values: unknown[] | undefined): Promise<Answer> {
    this.#begun = false;
    if (text === 'commit' || text === 'rollback') {
      return { command: text.toUpperCase(), rowCount: null, rows: [] };
    }
    if (values === undefined) {
      // A text of several statements has several results, which the types do not say.
      const results = (await super.query(`begin; ${text}`)) as unknown as Answer[];
      return results.at(-1) as Answer; // the statement after `begin` has one
    }
    await super.query('begin');
    return this.#run(text, values);
  }

  #run(text: string, values: unknown[]): Promise<Answer> {
    const result = super.query({ name: this.#nameOf(text), text, values });
    result.catch((e: { code?: string }) => {
      if (e.code === PLAN_OUTDATED) this.#retire(text);
    });
    return result;
  }

  #nameOf(text: string): string {
    const known = this.#prepared.get(text);
    this.#prepared.delete(text);
    if (known && known.uses++ < USES) {
      this.#prepared.set(text, known); // the most recently used stand last
      return known.name;
    }
    if (known) this.#stale.push(known.name);
    for (const oldest of this.#prepared.keys()) {
      if (this.#prepared.size < MOST) break;
      this.#retire(oldest);
    }
    const name = `z${++this.#last}`;
    this.#prepared.set(text, { name, uses: 1 });
    return name;
  }

  #retire(text: string): void {
    const known = this.#prepared.get(text);
    if (!known) return;
    this.#prepared.delete(text);
    this.#stale.push(known.name);
  }

  async #freeAfter(end: string): Promise<Answer> {
    const result = await super.query(end);
    const stale = this.#stale;
    this.#stale = [];
    for (const name of stale) {
      await super.query(`deallocate ${name}`).catch(() => {});
      // `pg` remembers the text of every name for ever.
      delete this.connection.parsedStatements[name];
    }
    return result;
  }
}
