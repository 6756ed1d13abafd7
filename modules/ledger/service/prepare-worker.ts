/** Reads captured documents beside the thread that serves people. */
import { randomFillSync } from 'node:crypto';
import { answerInThread } from '@zaizao/platform/threads';
import { readCapture } from '../domain/prepare.ts';
import { groupsOfAll } from '../log/leaf.ts';
import { type PackedReading, packed, type ToRead } from './packed-reading.ts';
import { isPlain, plainBuffers, plainCapture } from './plain-reading.ts';

answerInThread<ToRead, PackedReading>(({ text, isWhole, ...how }) => {
  const reading = readCapture(text, how);
  if (reading.kind !== 'prepared') return { answer: reading };
  const { prepared } = reading;
  const secrets = randomFillSync(new Uint8Array(32 * prepared.accepted.length));
  const groups = groupsOfAll(prepared.accepted, secrets, !how.isXml);
  if (isWhole || !isPlain(prepared)) return packed(prepared, secrets, groups);
  const plain = plainCapture(prepared, secrets, groups);
  return { answer: { kind: 'plain', plain }, transfer: plainBuffers(plain) };
});
