import { checkContext, checkPrefixes } from './context-rules.ts';
import { checkEventRules } from './event-rules.ts';
import { eventShape } from './event-shape.ts';
import {
  at,
  type Issue,
  type IssueCode,
  type Report,
  type Validation,
  type ValidationOptions,
} from './issue.ts';
import { isJsonObject, type JsonValue } from './json.ts';
import type { Context, EpcisDocument, EpcisEvent, EpcisQueryDocument } from './model.ts';
import { prefixesOf } from './names.ts';
import { anyText, anything, documentTime, list, object, oneOf, pattern, uri } from './shape.ts';

const vocabularies = list(
  object(
    {
      type: uri,
      vocabularyElementList: list(
        object(
          {
            id: uri,
            attributes: list(object({ id: uri, attribute: anything }, { required: ['id'] })),
            children: list(uri),
          },
          { required: ['id'], extensible: true },
        ),
      ),
    },
    { required: ['type'], extensible: true },
  ),
);

const documentFields = {
  '@context': anything,
  id: uri,
  schemaVersion: pattern(/^\d+(\.\d+)*$/, 'a version number'),
  creationDate: documentTime,
};

const captureShape = object(
  {
    ...documentFields,
    type: oneOf('EPCISDocument'),
    instanceIdentifier: anyText,
    sender: anyText,
    receiver: anyText,
    epcisHeader: object(
      { epcisMasterData: object({ vocabularyList: vocabularies }, { extensible: true }) },
      { extensible: true },
    ),
    epcisBody: object({ eventList: list(anything) }, { required: ['eventList'], extensible: true }),
  },
  {
    required: ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
    extensible: true,
  },
);

const queryShape = object(
  {
    ...documentFields,
    type: oneOf('EPCISQueryDocument'),
    epcisBody: object(
      {
        queryResults: object(
          {
            queryName: anyText,
            subscriptionID: anyText,
            resultsBody: object(
              { eventList: list(anything), vocabularyList: vocabularies },
              { required: ['eventList'], extensible: true },
            ),
          },
          { required: ['queryName', 'resultsBody'], extensible: true },
        ),
      },
      { required: ['queryResults'], extensible: true },
    ),
  },
  { required: ['@context', 'type', 'epcisBody'], extensible: true },
);

class Findings {
  readonly errors: Issue[] = [];
  readonly #warnings: Issue[] = [];
  readonly #tolerated: ReadonlySet<IssueCode>;

  constructor(options: ValidationOptions) {
    this.#tolerated = new Set(options.tolerate ?? []);
  }

  readonly report: Report = (path, code, message) => {
    (this.#tolerated.has(code) ? this.#warnings : this.errors).push({ path, code, message });
  };

  result<T>(value: T): Validation<T> {
    return this.errors.length > 0
      ? { ok: false, errors: this.errors }
      : { ok: true, value, warnings: this.#warnings };
  }
}

/** What has the form of a context; anything else is reported by `checkContext` and declares nothing. */
function asContext(value: JsonValue | undefined): Context | undefined {
  const parts = [value ?? []].flat();
  if (!parts.every((part) => typeof part === 'string' || isJsonObject(part))) return undefined;
  // Every part was looked at in the line above.
  return value === undefined || value === null ? undefined : (value as Context);
}

function checkEvent(
  value: JsonValue,
  outer: JsonValue | undefined,
  path: string,
  report: Report,
): void {
  eventShape(value, path, report);
  if (!isJsonObject(value)) return;
  checkEventRules(value, path, report);
  const own = value['@context'];
  if (own !== undefined) checkContext(own, at(path, '@context'), report, outer === undefined);
  checkPrefixes(value, prefixesOf(asContext(outer), asContext(own)), path, report);
}

/** The list of events inside a document, with its path; undefined when there is none to check. */
function eventsOf(document: {
  readonly [name: string]: JsonValue | undefined;
}): { readonly events: readonly JsonValue[]; readonly path: string } | undefined {
  const body = document.epcisBody;
  if (!isJsonObject(body)) return undefined;
  const results = isJsonObject(body.queryResults) ? body.queryResults.resultsBody : undefined;
  const holder = document.type === 'EPCISQueryDocument' ? results : body;
  const list = isJsonObject(holder) ? holder.eventList : undefined;
  if (!Array.isArray(list)) return undefined;
  const path =
    document.type === 'EPCISQueryDocument'
      ? '/epcisBody/queryResults/resultsBody/eventList'
      : '/epcisBody/eventList';
  return { events: list, path };
}

/**
 * Validates an EPCIS 2.0 document or query document given as parsed JSON: the structure that the GS1 JSON Schema
 * demands, and the rules that no schema states (see the package's README for the list).
 *
 * @returns the document, typed, or every fault found with its JSON Pointer
 */
export function validateDocument(
  json: unknown,
  options: ValidationOptions = {},
): Validation<EpcisDocument | EpcisQueryDocument> {
  const findings = new Findings(options);
  const { report } = findings;
  if (!isJsonObject(json)) {
    report('', 'WRONG_TYPE', 'an EPCIS document is an object');
    return { ok: false, errors: findings.errors };
  }
  if (json.type !== 'EPCISDocument' && json.type !== 'EPCISQueryDocument') {
    report('/type', 'NOT_A_TERM', 'must be EPCISDocument or EPCISQueryDocument');
    return { ok: false, errors: findings.errors };
  }
  (json.type === 'EPCISDocument' ? captureShape : queryShape)(json, '', report);
  const context = json['@context'];
  if (context !== undefined) checkContext(context, '/@context', report, true);
  const found = eventsOf(json);
  found?.events.forEach((event, index) => {
    checkEvent(event, context ?? null, at(found.path, index), report);
  });
  // Every field of the types was checked above.
  return findings.result(json as unknown as EpcisDocument | EpcisQueryDocument);
}

/**
 * Validates one event given as parsed JSON. Standing alone it must carry its own context; inside a document pass the
 * document's context.
 */
export function validateEvent(
  json: unknown,
  documentContext?: Context,
  options: ValidationOptions = {},
): Validation<EpcisEvent> {
  const findings = new Findings(options);
  const { report } = findings;
  if (!isJsonObject(json)) {
    report('', 'WRONG_TYPE', 'an event is an object');
    return { ok: false, errors: findings.errors };
  }
  if (documentContext === undefined && json['@context'] === undefined) {
    report('/@context', 'FIELD_MISSING', 'an event on its own needs a context');
  }
  checkEvent(json, documentContext, '', report);
  // Every field of the types was checked above.
  return findings.result(json as unknown as EpcisEvent);
}
