import { type Context, type EpcisEvent, eventHash } from '@zaizao/epcis';
import { digestOf } from './event-digest.ts';

/**
 * GS1's own example documents with all possible fields break rules of GS1's own standard: sensor times
 * after the event, a time both in metadata and report, a protected term defined anew. They are what
 * people try a repository with first, so these five events, known by their hashes, are let in;
 * everybody else keeps the rules.
 *
 * @see github.com/gs1/EPCIS, JSON/WithFullCombinationOfFields
 */
const HASHES: ReadonlySet<string> = new Set([
  '6a30f0fe85d5c33c6dfee19a4c697ef282cda1b2c43faa8c8b803ebc3e055f18',
  '71aed38e9372219e2420684ad415c33a0512d8ef642ffdc82a617a79d25fa91f',
  '2fa54c9a1e8650297a7c2b440baf37fb377b57b60917cb36dbcf8e341839bf64',
  '6e47bbbfc730194bf3f81c4ad081a8f664dc70f5773eb6b89d8878cbe02a1c76',
  '4279ee1f9c2a13da844ac6f45851ce821226e0f938c1305d57265a576519a7cc',
]);

/** Whether these are such events; they must have the form of events already. */
export function areOfficialExamples(
  events: readonly EpcisEvent[],
  context: Context | undefined,
): boolean {
  return (
    events.length > 0 &&
    events.length <= HASHES.size &&
    events.every((event) => HASHES.has(digestOf(eventHash(event, context))))
  );
}
