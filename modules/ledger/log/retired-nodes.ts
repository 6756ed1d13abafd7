/**
 * Nodes that the newest map does without. Readers of an older one keep them for some minutes; those
 * retired shortly before a crash stay for good, which costs some bytes and nothing else.
 */
export class RetiredNodes {
  readonly #since = new Map<string, number>();
  readonly #keepMs: number;

  constructor(keepMs = 5 * 60_000) {
    this.#keepMs = keepMs;
  }

  retire(hashes: readonly string[], nowMs: number): void {
    for (const hash of hashes) this.#since.set(hash, nowMs);
  }

  /** A node that is written again is in use again. */
  revive(hashes: Iterable<string>): void {
    for (const hash of hashes) this.#since.delete(hash);
  }

  /** Takes out what has been kept long enough. */
  takeExpired(nowMs: number): string[] {
    const expired: string[] = [];
    for (const [hash, since] of this.#since) {
      if (nowMs - since < this.#keepMs) break; // in the order of retirement
      expired.push(hash);
    }
    this.revive(expired);
    return expired;
  }
}
