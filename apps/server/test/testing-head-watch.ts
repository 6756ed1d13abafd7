import { fromBase64, openCheckpoint, type VerifierKey, verifyConsistency } from '@zaizao/tlog';

interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

const EVERY_MS = 100;

/**
 * Somebody outside who trusts nothing but the key of the log: every checkpoint they were shown must
 * be signed by it and continue the one before, whatever happened to the server in between.
 */
export class HeadWatch {
  readonly #key: VerifierKey;
  #last: Head | undefined;
  /** Different heads that were seen and found to continue the one before. */
  seen = 0;

  constructor(key: VerifierKey) {
    this.#key = key;
  }

  /** Looks again and again until told to stop or the server is gone. Keeps what it saw last. */
  follow(url: string): { stop(): Promise<void> } {
    let going = true;
    const following = (async () => {
      while (going && (await this.#look(url))) await sleep(EVERY_MS);
    })();
    following.catch(() => {}); // it is told by `stop`
    return {
      stop: () => {
        going = false;
        return following;
      },
    };
  }

  /** @throws Error when the log does not continue what was seen, or does not answer */
  async check(url: string): Promise<void> {
    if (!(await this.#look(url))) throw new Error('the log does not answer');
  }

  async #look(url: string): Promise<boolean> {
    const note = await textAt(new URL('/log/checkpoint', url), this.#last === undefined);
    if (note === undefined) return false;
    if (note === '') return true;
    const opened = openCheckpoint(note, [this.#key]);
    if (!opened.ok) throw new Error(`a checkpoint that nobody signed: ${opened.reason}\n${note}`);
    const head: Head = opened.checkpoint;
    const last = this.#last;
    if (!last || head.size !== last.size) this.seen++;
    if (last) {
      const path = `/log/consistency/${last.size}/${head.size}`;
      const lines = head.size < last.size ? '' : await textAt(new URL(path, url));
      if (lines === undefined) return false;
      const proof = lines.split('\n').filter(Boolean).map(fromBase64);
      const verdict = verifyConsistency(last.size, head.size, last.root, head.root, proof);
      if (!verdict.ok) {
        throw new Error(
          `the log of ${head.size} does not continue ${last.size}: ${verdict.reason}`,
        );
      }
    }
    this.#last = head;
    return true;
  }
}

/** What is there, empty where `may` nothing be; undefined when the connection is cut. */
async function textAt(url: URL, may = false): Promise<string | undefined> {
  const answer = await fetch(url)
    .then(async (r) => ({ ok: r.ok, status: r.status, text: await r.text() }))
    .catch(() => undefined);
  if (answer?.status === 404 && may) return '';
  if (answer && !answer.ok) throw new Error(`${url.pathname}: ${answer.status} ${answer.text}`);
  return answer?.text;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
