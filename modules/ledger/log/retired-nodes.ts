/**
 * Nodes that the newest map does without. Readers of an older one keep them for some minutes; those
 * retired shortly before a crash stay for good, which costs some bytes and nothing else.
 */
export class RetiredNodes {
  readonly #since = new Map<string, { readonly ms: number; readonly size: number }>();
  readonly #keepMs: number;

  constructor(keepMs = 5 * 60_000) {
    this.#keepMs = keepMs;
  }

  /** @param size of the log from which on they are not needed */
  retire(hashes: readonly string[], nowMs: number, size: number): void {
    for (const hash of hashes) this.#since.set(hash, { ms: nowMs, size });
  }

  /** A node that is written again is in use again. */
  revive(hashes: Iterable<string>): void {
    for (const hash of hashes) this.#since.delete(hash);
  }

  /**
   * Takes out what has been kept long enough.
   * @param shown size of the head that the world is shown: what it needs stays
   */
  takeExpired(nowMs: number, shown: number): string[] {
    const expired: string[] = [];
    for (const [hash, since] of this.#since) {
      // In the order of retirement.
      if (nowMs - since.ms < this.#keepMs || shown < since.size) break;
      expired.push(hash);
    }
    this.revive(expired);
    return expired;
  }
}
