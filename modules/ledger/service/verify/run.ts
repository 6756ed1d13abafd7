import { type Tx, transact } from '@zaizao/platform/db';
import type { App } from '@zaizao/platform/http';
import type { Finding } from '../../contract.ts';

/** Rows read in one transaction. */
export const CHUNK = 256;
/** Events looked at when not deep. */
export const SHALLOW = 256;
/** A report longer than this helps nobody; the first findings name the cause. */
const MAX_FINDINGS = 200;

export interface VerifyOptions {
  /** Recompute every event, leaf, tile and index; otherwise the newest head and the newest events. */
  readonly deep?: boolean;
  /** Only this organisation's events (the log is one for all). */
  readonly org?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (events: number, total: number) => Promise<void>;
  /** Checkpoints that somebody has kept: today's log must continue each of them. */
  readonly against?: readonly string[];
}

/** One verification: what is asked, what was found so far. */
export class Run {
  readonly app: App;
  readonly deep: boolean;
  readonly org: number | undefined;
  readonly onProgress: VerifyOptions['onProgress'];
  readonly against: readonly string[];
  readonly findings: Finding[] = [];
  /** What each logged event touches; kept when the whole map is to be made anew. */
  readonly touched: { index: number; leafHash: Uint8Array; things: readonly string[] }[] = [];
  events = 0;
  /** Entries of the log, by its newest head. */
  size = 0;
  readonly #signal: AbortSignal | undefined;

  constructor(app: App, { deep = false, org, signal, onProgress, against = [] }: VerifyOptions) {
    this.app = app;
    this.deep = deep;
    this.org = org;
    this.onProgress = onProgress;
    this.against = against;
    this.#signal = signal;
  }

  /** Works in a short transaction, so that the plant goes on meanwhile. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    return transact(this.app.db, { kind: 'system' }, work);
  }

  found(finding: Finding): void {
    if (!this.isFull) this.findings.push(finding);
  }

  /** There is enough to see what is wrong. */
  get isFull(): boolean {
    return this.findings.length >= MAX_FINDINGS;
  }
}
