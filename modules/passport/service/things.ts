import { disclosuresOf, type OpenedEvent } from '@zaizao/modules/ledger';
import type { Ctx } from '@zaizao/platform/http';
import { isArray, type JsonValue } from '@zaizao/tlog';
import type { PassportFacts } from '../contract.ts';
import { stepName } from '../domain/audience.ts';

/** A thing that a passport tells of: the product, a core it was made of, a component that went in. */
export interface Thing {
  readonly epc: string;
  readonly about: 'unit' | 'core' | 'component';
  readonly code: string;
}

export interface ThingEvent {
  readonly thing: Thing;
  readonly opened: OpenedEvent;
}

/** The product, then its earlier lives, nearest first. */
export function thingsOf(facts: Pick<PassportFacts, 'epc' | 'serial' | 'lives'>): Thing[] {
  return [
    { epc: facts.epc, about: 'unit', code: facts.serial },
    ...facts.lives.map(({ epc, code }): Thing => ({ epc, about: 'core', code })),
  ];
}

/** A component by its identifier alone. */
export function componentThing(epc: string): Thing {
  return { epc, about: 'component', code: decodeURIComponent(epc.replace(/^.*\//, '')) };
}

/**
 * The maker's events of the product and its cores, oldest first in each thing's turn, each once; with
 * `components` also of what went into it, as the event of its making names them.
 */
export async function eventsOfThings(
  ctx: Ctx,
  facts: Pick<PassportFacts, 'epc' | 'serial' | 'lives'>,
  options: { readonly components: boolean },
): Promise<ThingEvent[]> {
  const things = thingsOf(facts);
  const seen = new Set<string>();
  const events: ThingEvent[] = [];
  for (let i = 0; i < things.length; i++) {
    const thing = things[i];
    if (!thing) break;
    for (const opened of await disclosuresOf(ctx, thing.epc)) {
      const key = `${opened.eventId} ${opened.recordTime}`;
      if (seen.has(key)) continue;
      seen.add(key);
      events.push({ thing, opened });
      if (options.components && i === 0) things.push(...madeOf(opened).map(componentThing));
    }
  }
  return events;
}

/** What the event of a product's making says went in. */
export function madeOf({ event }: Pick<OpenedEvent, 'event'>): string[] {
  if (event.type !== 'TransformationEvent' || stepName(event.bizStep) !== 'remanufacturing') {
    return [];
  }
  const inputs = (event as { inputEPCList?: JsonValue }).inputEPCList ?? null; // of that kind of event
  return isArray(inputs) ? inputs.filter((epc): epc is string => typeof epc === 'string') : [];
}

/**
 * Which things an event's lists may name: those the passport is about; where the product was made, also
 * what went in.
 */
export function namesOurs(things: ReadonlySet<string>, bizStep: unknown) {
  const isMade = stepName(bizStep) === 'remanufacturing';
  return (thing: string) => isMade || things.has(thing);
}
