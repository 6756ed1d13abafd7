import type { TransferListItem } from 'node:worker_threads';
import type { CommittedGroups } from '@zaizao/tlog';
import type { AcceptedEvent } from '../domain/accept.ts';
import type { PreparedCapture, Reading } from '../domain/prepare.ts';
import type { PlainCapture } from './plain-reading.ts';

/** What a thread is given to read. */
export interface ToRead {
  readonly text: string;
  readonly isXml: boolean;
  readonly nowUs: number;
  /** Most events. */
  readonly limit: number;
  /** Every event by itself is wanted, of a plain document too. */
  readonly isWhole: boolean;
}

/** A prepared document on its way between threads: texts as JSON and bytes in one piece are quick. */
interface Packed {
  readonly kind: 'packed';
  /** JSON of the prepared document without the events' JSON and commitments. */
  readonly rest: string;
  /** The events' JSON, one a line. */
  readonly lines: string;
  readonly secrets: Uint8Array<ArrayBuffer>;
  /** Groups of the log entries, one behind the other. */
  readonly groups: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
}

/** A plain document, ready to be stored as it is. */
export interface PlainReading {
  readonly kind: 'plain';
  readonly plain: PlainCapture;
}

export type PackedReading = Packed | PlainReading | Exclude<Reading, { kind: 'prepared' }>;

type Bare = Omit<AcceptedEvent, 'json' | 'committed'>;

/** Packs a prepared document together with commitments to its events. */
export function packed(
  prepared: PreparedCapture,
  secrets: Uint8Array<ArrayBuffer>,
  { bytes: groups, ends }: CommittedGroups,
): { answer: PackedReading; transfer: TransferListItem[] } {
  const bare = prepared.accepted.map(({ json: _, event, ...a }): Bare => {
    const { bizStep, destinationList, errorDeclaration } = event;
    const told = {
      ...(bizStep === undefined ? {} : { bizStep }),
      ...(destinationList === undefined ? {} : { destinationList }),
      ...(errorDeclaration === undefined ? {} : { errorDeclaration }),
    };
    return { ...a, event: told };
  });
  const answer: PackedReading = {
    kind: 'packed',
    rest: JSON.stringify({ ...prepared, accepted: bare }),
    lines: prepared.accepted.map((a) => a.json).join('\n'),
    ...{ secrets, groups, ends },
  };
  return { answer, transfer: [secrets.buffer, groups.buffer] };
}

export function unpacked(reading: PackedReading): Reading | PlainReading {
  if (reading.kind !== 'packed') return reading;
  const { lines, secrets, groups, ends } = reading;
  // Our own thread wrote it.
  const rest = JSON.parse(reading.rest) as Omit<PreparedCapture, 'accepted'> & { accepted: Bare[] };
  const json = lines.split('\n');
  const accepted = rest.accepted.map((bare, i): AcceptedEvent => {
    const committed = {
      secret: secrets.subarray(32 * i, 32 * i + 32),
      groups: groups.subarray(ends[i - 1] ?? 0, ends[i]),
    };
    return { ...bare, contextJson: bare.contextJson, json: json[i] ?? '', committed };
  });
  return { kind: 'prepared', prepared: { ...rest, accepted } };
}
