import { stringifyJson } from './json.ts';
import type { Context, EpcisDocument, EpcisEvent, EpcisQueryDocument } from './model.ts';
import { EPCIS_CONTEXT } from './names.ts';

type ContextPart = Exclude<Context, readonly unknown[]>;

/** The parts of all contexts, each once, the EPCIS context first. */
function mergedContext(contexts: readonly (Context | undefined)[]): Context {
  const parts = new Map<string, ContextPart>([[JSON.stringify(EPCIS_CONTEXT), EPCIS_CONTEXT]]);
  for (const context of contexts) {
    for (const part of [context ?? []].flat()) parts.set(stringifyJson(part), part);
  }
  return [...parts.values()];
}

/** Terms that two of the contexts define differently make one shared context impossible. */
function agree(contexts: readonly (Context | undefined)[]): boolean {
  const defined = new Map<string, string>();
  for (const part of contexts.flatMap((context) => [context ?? []].flat())) {
    if (typeof part === 'string') continue;
    for (const [term, definition] of Object.entries(part)) {
      const text = stringifyJson(definition ?? null);
      if ((defined.get(term) ?? text) !== text) return false;
      defined.set(term, text);
    }
  }
  return true;
}

function hoist(events: readonly EpcisEvent[]): {
  readonly context: Context;
  readonly eventList: readonly EpcisEvent[];
} {
  const contexts = events.map((event) => event['@context']);
  // Events whose contexts disagree keep their own, which JSON-LD lets override the document's.
  if (!agree(contexts)) return { context: [EPCIS_CONTEXT], eventList: events };
  const eventList = events.map((event) => {
    const { '@context': _, ...rest } = event;
    return rest;
  });
  return { context: mergedContext(contexts), eventList };
}

export interface DocumentOptions {
  /** `xsd:dateTimeStamp` of the document. */
  readonly creationDate: string | Date;
  readonly id?: string;
  readonly sender?: string;
  readonly receiver?: string;
  readonly instanceIdentifier?: string;
}

function stamp(time: string | Date): string {
  return time instanceof Date ? time.toISOString() : time;
}

/** An EPCIS document of these events; their contexts are gathered at its head. */
export function documentOf(events: readonly EpcisEvent[], options: DocumentOptions): EpcisDocument {
  const { context, eventList } = hoist(events);
  return {
    '@context': context,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    ...options,
    creationDate: stamp(options.creationDate),
    epcisBody: { eventList },
  };
}

export interface QueryDocumentOptions {
  readonly creationDate: string | Date;
  /** Default `SimpleEventQuery`. */
  readonly queryName?: string;
  readonly subscriptionID?: string;
  readonly id?: string;
}

/** An EPCIS query document that answers a query with these events. */
export function queryDocumentOf(
  events: readonly EpcisEvent[],
  options: QueryDocumentOptions,
): EpcisQueryDocument {
  const { context, eventList } = hoist(events);
  const { creationDate, queryName, subscriptionID, id } = options;
  return {
    '@context': context,
    type: 'EPCISQueryDocument',
    ...(id === undefined ? {} : { id }),
    schemaVersion: '2.0',
    creationDate: stamp(creationDate),
    epcisBody: {
      queryResults: {
        queryName: queryName ?? 'SimpleEventQuery',
        ...(subscriptionID === undefined ? {} : { subscriptionID }),
        resultsBody: { eventList },
      },
    },
  };
}
