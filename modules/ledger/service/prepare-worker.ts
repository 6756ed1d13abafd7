/** Reads captured documents beside the thread that serves people. */
import { randomFillSync } from 'node:crypto';
import { answerInThread } from '@zaizao/platform/threads';
import { readCapture } from '../domain/prepare.ts';
import { groupsOf } from '../log/leaf.ts';
import { type PackedReading, packed, type ToRead } from './packed-reading.ts';

answerInThread<ToRead, PackedReading>(({ text, ...how }) => {
  const reading = readCapture(text, how);
  if (reading.kind !== 'prepared') return { answer: reading };
  const { accepted } = reading.prepared;
  const secrets = randomFillSync(new Uint8Array(32 * accepted.length));
  const groups = accepted.map((a, i) => groupsOf(a, secrets.subarray(32 * i, 32 * i + 32)));
  return packed(reading.prepared, secrets, groups);
});
