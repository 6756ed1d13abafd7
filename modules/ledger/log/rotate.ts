import type { App } from '@zaizao/platform/http';
import { announceKey, encodeVerifierKey, utf8 } from '@zaizao/tlog';
import { insertKeyChange } from '../repo/log-key.ts';
import { appendNotes } from './append-notes.ts';
import { keyRing, makeKey, signerOf } from './key-ring.ts';

/**
 * Gives the log another key. The change is an entry of the log, named by the old key and signed by
 * both; the head that covers it is signed by both, and the heads after it by the new one alone.
 * Heads signed before stay verifiable with the old one.
 * @returns the new key, as a verifier key
 */
export async function rotateKey(app: App): Promise<string> {
  const at = app.clock.now();
  const changed = await appendNotes(app, async (tx, first) => {
    const old = await signerOf(tx, app);
    const since = (await keyRing(tx, app)).at(-1)?.since ?? at;
    const next = makeKey(app.config, old.name);
    const size = first + 2; // the announcement, then the head of the map
    const announcement = announceKey(old, next, size);
    const to = encodeVerifierKey(next);
    const last = { vkey: encodeVerifierKey(old), since };
    return {
      entries: [utf8(announcement)],
      signers: [next, old],
      keep: async () => {
        await insertKeyChange(tx, { last, next: to, size, announcement, at });
        return to;
      },
    };
  });
  if (changed === undefined) throw new Error('the log did not take the announcement of its key');
  return changed;
}
