import { type AppError, err, ok, type Result } from '@zaizao/platform/kernel';
import { hadTooLittleMemory, ThreadPool } from '@zaizao/platform/threads';
import { catalogErrors } from '../errors.ts';
import type { ImportPlan, Standing } from './compare.ts';
import type { Fault } from './faults.ts';
import type { Named } from './named.ts';
import { MOST_MIB, MOST_ROWS } from './read-xlsx.ts';
import { noRows, type Row, type Rows, SHEETS, type SheetKey } from './sheets.ts';

/*
 * Large workbooks are unpacked, read and compared in a thread of their own, which ends with the import.
 * What goes over to it and back goes in pieces, so that nobody else waits for longer than one of them.
 */

export type Question =
  | { readonly kind: 'feed'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  /** A piece of what stands; the first of a sheet replaces what an earlier try sent. */
  | {
      readonly kind: 'standing';
      readonly sheet: SheetKey;
      readonly rows: readonly Row[];
      readonly isFirst: boolean;
    }
  | ({ readonly kind: 'compare' } & Omit<Standing, 'rows'>)
  /** A piece of the rows to write. */
  | { readonly kind: 'rows'; readonly sheet: SheetKey; readonly from: number };

/** What a comparison found. */
export interface Compared {
  readonly faults: { readonly count: number; readonly kept: readonly Fault[] };
  readonly plan: ImportPlan;
}

/** The answers, by the kind of the question. */
export interface Answers {
  readonly feed: Uint8Array | undefined;
  readonly read: { readonly named: Named } | { readonly refused: AppError };
  readonly standing: undefined;
  readonly compare: {
    readonly faults: Compared['faults'];
    readonly summary: ImportPlan['summary'];
    /** How many rows there are to write. */
    readonly counts: ReadonlyMap<SheetKey, number>;
  };
  readonly rows: readonly Row[];
}

/** Rows that go over at once: some milliseconds of copying. */
export const PIECE = 1000;

/** Of JavaScript's memory; a workbook of as many rows as are taken needs a third of it. */
const THREAD_MIB = 1536;

const MODULE = new URL('./apart-worker.ts', import.meta.url);

type Thread = ThreadPool<Question, Answers[keyof Answers]>;

function ask<Q extends Question>(thread: Thread, question: Q): Promise<Answers[Q['kind']]> {
  return thread.ask(question) as Promise<Answers[Q['kind']]>; // the worker answers by the kind
}

const feeds: Thread = new ThreadPool(MODULE, 1, THREAD_MIB);

/** A feed as the workbook that it stands for; undefined when it is none, or larger than can be meant. */
export async function feedApart(name: string, bytes: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await ask(feeds, { kind: 'feed', name, bytes });
  } catch (e) {
    if (hadTooLittleMemory(e)) return undefined;
    throw e;
  }
}

/** A workbook that was read in a thread of its own and waits there to be compared. */
export class BookApart {
  readonly named: Named;
  readonly #thread: Thread;
  readonly #signal: AbortSignal;

  private constructor(thread: Thread, named: Named, signal: AbortSignal) {
    this.#thread = thread;
    this.named = named;
    this.#signal = signal;
  }

  /** @param signal ends the thread, and with it whatever is under way: that rejects */
  static async read(bytes: Uint8Array, signal: AbortSignal): Promise<Result<BookApart>> {
    const thread: Thread = new ThreadPool(MODULE, 1, THREAD_MIB);
    signal.throwIfAborted();
    signal.addEventListener('abort', () => void thread.stop(), { once: true });
    let book: BookApart | undefined;
    try {
      const read = await ask(thread, { kind: 'read', bytes });
      if ('refused' in read) return err(read.refused);
      book = new BookApart(thread, read.named, signal);
      return ok(book);
    } catch (e) {
      return tooLarge(e);
    } finally {
      if (!book) await thread.stop();
    }
  }

  /** May be called again: a transaction that was rolled back is tried once more. */
  async compare({ rows, ...rest }: Standing): Promise<Result<Compared>> {
    try {
      for (const { key: sheet } of SHEETS) {
        for (let at = 0; at === 0 || at < rows[sheet].length; at += PIECE) {
          const piece = rows[sheet].slice(at, at + PIECE);
          await this.#ask({ kind: 'standing', sheet, rows: piece, isFirst: at === 0 });
        }
      }
      const { faults, summary, counts } = await this.#ask({ kind: 'compare', ...rest });
      const write = faults.count > 0 ? noRows() : await this.#rows(counts);
      return ok({ faults, plan: { summary, write } });
    } catch (e) {
      return tooLarge(e);
    }
  }

  close(): Promise<void> {
    return this.#thread.stop();
  }

  async #rows(counts: Answers['compare']['counts']): Promise<Rows> {
    const out = noRows();
    for (const [sheet, count] of counts) {
      for (let from = 0; from < count; from += PIECE) {
        out[sheet].push(...(await this.#ask({ kind: 'rows', sheet, from })));
      }
    }
    return out;
  }

  #ask<Q extends Question>(question: Q): Promise<Answers[Q['kind']]> {
    this.#signal.throwIfAborted(); // a thread that was ended would be started anew, without the book
    return ask(this.#thread, question);
  }
}

function tooLarge(e: unknown): Result<never> {
  if (!hadTooLittleMemory(e)) throw e;
  return err(catalogErrors.WORKBOOK_TOO_LARGE({ mib: MOST_MIB, rows: MOST_ROWS }));
}
