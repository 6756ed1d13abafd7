import { type EventLeaf, equalBytes } from '@zaizao/tlog';
import type { Finding } from '../contract.ts';

/** What a verification can find wrong. Each names the event, thing, tile or checkpoint concerned. */
type FindingCode =
  | 'event-changed'
  | 'event-missing'
  | 'event-moved'
  | 'order-changed'
  | 'index-changed'
  | 'thing-hidden'
  | 'index-surplus'
  | 'leaf-missing'
  | 'entry-orphan'
  | 'tile-damaged'
  | 'checkpoint-forged'
  | 'checkpoint-inconsistent'
  | 'map-wrong'
  | 'log-rolled-back'
  | 'audit-changed'
  | 'audit-missing';

interface Place {
  readonly eventId?: string;
  readonly seq?: number;
  readonly logIndex?: number;
}

export function findingOf(code: FindingCode, zh: string, en: string, place: Place = {}): Finding {
  return { code, message: { zh, en }, ...place };
}

/** Which parts of an event differ from what the log committed to, by the names of the field groups. */
export function changedParts(now: EventLeaf, logged: EventLeaf): string[] {
  const parts: string[] = [];
  if (now.eventID !== logged.eventID) parts.push('eventID');
  if (now.recordTime !== logged.recordTime) parts.push('recordTime');
  if (now.organisation !== logged.organisation) parts.push('organisation');
  const before = new Map(logged.groups.map((g) => [g.name, g.commitment]));
  for (const { name, commitment } of now.groups) {
    const committed = before.get(name);
    if (!committed || !equalBytes(committed, commitment)) parts.push(name);
    before.delete(name);
  }
  return [...parts, ...before.keys()];
}
