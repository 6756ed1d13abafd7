import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { Context, EpcisEvent } from './model.ts';
import { expandName, prefixesOf } from './names.ts';

export interface EventsIn {
  /** As they stand there, in order; not validated. */
  readonly events: readonly EpcisEvent[];
  /** The document's context; that of an event on its own is in the event. */
  readonly context: Context | undefined;
  /** Fields that the document asks to leave out of the hash (`…:ignoreFields`), as `{namespace}local`. */
  readonly omit: readonly string[];
}

/** The events of a document, of a query document, or the event that the JSON is itself. */
export function eventsIn(document: JsonObject): EventsIn {
  const body = isJsonObject(document.epcisBody) ? document.epcisBody : {};
  const results = isJsonObject(body.queryResults) ? body.queryResults : undefined;
  const holder = results && isJsonObject(results.resultsBody) ? results.resultsBody : body;
  const single = document.epcisBody === undefined ? [document] : [];
  const found = holder.eventList ?? (body.event === undefined ? single : [body.event]);
  // Contexts and events are taken as they are; hashing skips what is no event.
  const context = document['@context'] as Context | undefined;
  const events = (Array.isArray(found) ? found : [found]).filter(isJsonObject);
  const prefixes = prefixesOf(context);
  const omit = [document, results ?? {}].flatMap((part) =>
    Object.entries(part).flatMap(([name, value]) => {
      if (!name.endsWith(':ignoreFields') || typeof value !== 'object' || !value) return [];
      const listed = Array.isArray(value) ? value : Object.keys(value);
      const names = listed.filter((field) => typeof field === 'string');
      return names.map((field) => expandName(field, prefixes));
    }),
  );
  return { events: events as unknown as EpcisEvent[], context, omit };
}
