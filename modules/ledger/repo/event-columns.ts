import type { AcceptedEvent } from '../domain/accept.ts';
import { LINK_KIND, OWN_NODE } from '../domain/link.ts';
import { ROLE_NUMBER } from '../domain/thing-role.ts';
import { ArrayWriter } from './array-writer.ts';

type Column = Uint8Array<ArrayBuffer>;

/**
 * Rows of events with what they touch and their genealogy, column by column, as parameters of the
 * statements that write them. They know nothing of numbers and record times: `place` is that of the
 * event among these, from 0 on.
 */
export interface EventColumns {
  readonly count: number;
  readonly event: Readonly<
    Record<
      | ('eventId' | 'declaredUs' | 'type' | 'action' | 'bizStep' | 'disposition' | 'readPoint')
      | ('bizLocation' | 'eventUs' | 'hash' | 'secret' | 'event' | 'context'),
      Column
    >
  >;
  readonly thing: Readonly<Record<'place' | 'thing' | 'eventUs' | 'role', Column>>;
  /** A node of an event's own is null. */
  readonly link: Readonly<Record<'place' | 'thing' | 'side' | 'node' | 'eventUs' | 'kind', Column>>;
}

/** @param secrets 32 bytes to each event */
export function columnsOf(events: readonly AcceptedEvent[], secrets: Uint8Array): EventColumns {
  const jsonLength = events.reduce((sum, { json }) => sum + json.length, 0);
  const event = {
    eventId: new ArrayWriter('text', 128 * events.length),
    ...{ declaredUs: new ArrayWriter('int8'), type: new ArrayWriter('text') },
    ...{ action: new ArrayWriter('text'), bizStep: new ArrayWriter('text') },
    ...{ disposition: new ArrayWriter('text'), readPoint: new ArrayWriter('text') },
    ...{ bizLocation: new ArrayWriter('text'), eventUs: new ArrayWriter('int8') },
    ...{ hash: new ArrayWriter('bytea'), secret: new ArrayWriter('bytea') },
    event: new ArrayWriter('jsonb', Math.ceil(1.2 * jsonLength) + 4_096),
    context: new ArrayWriter('jsonb'),
  };
  const thing = {
    ...{ place: new ArrayWriter('int4'), thing: new ArrayWriter('text') },
    ...{ eventUs: new ArrayWriter('int8'), role: new ArrayWriter('int2') },
  };
  const link = {
    ...{ place: new ArrayWriter('int4'), thing: new ArrayWriter('text') },
    ...{ side: new ArrayWriter('int2'), node: new ArrayWriter('text') },
    ...{ eventUs: new ArrayWriter('int8'), kind: new ArrayWriter('int2') },
  };
  for (const [i, e] of events.entries()) {
    const { columns, eventUs } = e;
    event.eventId.text(e.eventId);
    event.declaredUs.number(e.declaredUs);
    event.type.text(columns.type);
    event.action.text(columns.action);
    event.bizStep.text(columns.bizStep);
    event.disposition.text(columns.disposition);
    event.readPoint.text(columns.readPoint);
    event.bizLocation.text(columns.bizLocation);
    event.eventUs.number(eventUs);
    event.hash.bytes(Buffer.from(e.hash, 'hex'));
    event.secret.bytes(secrets.subarray(32 * i, 32 * i + 32));
    event.event.json(e.json);
    if (e.contextJson === undefined) event.context.null();
    else event.context.json(e.contextJson);
    for (const touched of e.things) {
      thing.place.number(i);
      thing.thing.text(touched.thing);
      thing.eventUs.number(eventUs);
      thing.role.number(ROLE_NUMBER[touched.role]);
    }
    for (const stated of e.links) {
      link.place.number(i);
      link.thing.text(stated.thing);
      link.side.number(stated.side);
      link.node.text(stated.node === OWN_NODE ? undefined : stated.node);
      link.eventUs.number(eventUs);
      link.kind.number(LINK_KIND[stated.kind]);
    }
  }
  return { count: events.length, event: taken(event), thing: taken(thing), link: taken(link) };
}

function taken<K extends string>(writers: Readonly<Record<K, ArrayWriter>>): Record<K, Column> {
  const columns = Object.entries<ArrayWriter>(writers).map(([name, w]) => [name, w.taken()]);
  return Object.fromEntries(columns) as Record<K, Column>; // the same names
}

/** The memory that columns lie in. */
export function buffersOf({ event, thing, link }: EventColumns): ArrayBuffer[] {
  return [event, thing, link].flatMap((t) => Object.values<Column>(t).map((c) => c.buffer));
}
