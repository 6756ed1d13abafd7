import { eventHash } from './event-hash.ts';
import {
  DISPUTED_RULES,
  type Issue,
  type IssueCode,
  JSON_ONLY_RULES,
  type Validation,
} from './issue.ts';
import type { Context, EpcisDocument, EpcisEvent, EpcisQueryDocument } from './model.ts';
import { PUBLISHED_EXAMPLES } from './published-examples.ts';
import { validateDocument } from './validate.ts';

/** Rules that published examples break, and nobody else may. */
const EXAMPLE_RULES: readonly IssueCode[] = [
  ...DISPUTED_RULES,
  'MEASUREMENT_UNKNOWN',
  'TIME_WITHOUT_SECONDS',
  'CBV_URN_IN_JSON',
  'CERTIFICATION_NOT_URI',
  'ILMD_NOT_ALLOWED',
];

/** The digest of a CBV event hash. */
function digestOf(event: EpcisEvent, context: Context | undefined): string {
  return eventHash(event, context).slice('ni:///sha-256;'.length).split('?')[0] ?? '';
}

function eventsOf(document: EpcisDocument | EpcisQueryDocument): readonly EpcisEvent[] {
  const body = document.epcisBody;
  return 'eventList' in body ? body.eventList : body.queryResults.resultsBody.eventList;
}

export interface CaptureOptions {
  /** The document was read from XML: rules that only the JSON Schema has do not bind it. */
  readonly isXml?: boolean;
}

/**
 * Validates a document as a repository does that takes it in: every rule is kept, except by the example events that GS1
 * and OpenEPCIS published before those rules were checked by anybody. They are what people try a repository with first,
 * and are known by their event hashes; see `docs/decisions/0025-published-examples.md`.
 */
export function validateCapture(
  json: unknown,
  { isXml = false }: CaptureOptions = {},
): Validation<EpcisDocument | EpcisQueryDocument> {
  const always = isXml ? JSON_ONLY_RULES : [];
  const strict = validateDocument(json, { tolerate: always });
  if (strict.ok) return strict;
  const lenient = validateDocument(json, { tolerate: [...EXAMPLE_RULES, ...always] });
  if (!lenient.ok) return strict;
  const events = eventsOf(lenient.value);
  const context = lenient.value['@context'];
  const known = new Map<number, boolean>();
  const isExample = (index: number): boolean => {
    const event = events[index];
    const answer =
      known.get(index) ?? (event !== undefined && PUBLISHED_EXAMPLES.has(digestOf(event, context)));
    known.set(index, answer);
    return answer;
  };
  const errors = strict.errors.filter((issue) => {
    const index = placeOf(issue);
    return index === undefined ? !events.some((_, i) => isExample(i)) : !isExample(index);
  });
  return errors.length > 0 ? { ok: false, errors } : lenient;
}

/** The number of the event that a fault lies in; undefined for the rest of the document. */
function placeOf({ path }: Issue): number | undefined {
  const index = /\/eventList\/(\d+)/.exec(path)?.[1];
  return index === undefined ? undefined : Number(index);
}
