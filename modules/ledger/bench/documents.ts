import { documentOf, type EpcisEvent, stringifyJson } from '@zaizao/epcis';
import { giai, installing, receiving, sgtin, tearingDown } from '../testing.ts';

/** Events to one captured document, and rows to one raw insert. */
export const BATCH = 500;

export interface Document {
  /** What is captured over HTTP. */
  readonly body: string;
  /** JSON of its events, for the raw insert. */
  readonly texts: readonly string[];
  /** Some of its things. */
  readonly things: readonly string[];
}

/** Lives of starters, as a plant records them: 8 events and 6 things to a core, some 360 bytes an event. */
export function document(batch: number): Document {
  const events: EpcisEvent[] = [];
  const things: string[] = [];
  for (let i = 0; events.length < BATCH; i++) {
    const tag = `B${batch}N${i}`;
    const parts = Array.from({ length: 4 }, (_, k) => giai(`${tag}K${k}`));
    const life = [
      receiving(giai(`${tag}C`), i),
      tearingDown(giai(`${tag}C`), parts, i + 10),
      ...parts.map((part) => ({
        ...receiving(part, i + 20),
        ...{ action: 'OBSERVE' as const, bizStep: 'inspecting', disposition: 'conformant' },
      })),
      installing(sgtin(tag), parts, i + 30),
      { ...receiving(sgtin(tag), i + 40), action: 'OBSERVE' as const, bizStep: 'shipping' },
    ] as EpcisEvent[]; // the changed ones are object events still
    events.push(...life.slice(0, BATCH - events.length));
    things.push(parts[0] ?? '', giai(`${tag}C`));
  }
  const whole = documentOf(events, { creationDate: new Date(0) });
  const texts = whole.epcisBody.eventList.map((event) => stringifyJson(event as never)); // an event is JSON
  return { body: JSON.stringify(whole), texts, things };
}
