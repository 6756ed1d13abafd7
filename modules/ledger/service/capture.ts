import {
  type Context,
  DISPUTED_RULES,
  type EpcisDocument,
  type EpcisEvent,
  type EpcisQueryDocument,
  type Issue,
  type IssueCode,
  isJsonObject,
  JSON_ONLY_RULES,
  type JsonObject,
  type JsonValue,
  validateDocument,
} from '@zaizao/epcis';
import { canonicalUri } from '@zaizao/gs1';
import type { Ctx } from '@zaizao/platform/http';
import { newId } from '@zaizao/platform/kernel';
import { type AcceptedEvent, acceptEvent, type Refused } from '../domain/accept.ts';
import { areOfficialExamples } from '../domain/official-example.ts';
import {
  type CaptureJob,
  insertJob,
  putNamespaces,
  putVocabulary,
  type VocabularyElement,
} from '../repo/capture.ts';
import { storeEvents } from './store.ts';

export type Behaviour = 'rollback' | 'proceed';

/** A document read and checked, before the database is asked. */
export interface PreparedCapture {
  readonly accepted: readonly AcceptedEvent[];
  /** Faults of single events, by their place in the document. */
  readonly faults: readonly EventFault[];
  readonly vocabulary: readonly VocabularyElement[];
  readonly namespaces: readonly { prefix: string; namespace: string }[];
  readonly count: number;
}

export interface EventFault {
  readonly index: number;
  readonly kind: 'invalid' | 'taken';
  readonly detail: string;
}

/** The whole document is refused: nothing of it can be read. */
export class DocumentFault extends Error {}

/** An event that does not name itself is named by its content, so that sending it again is a repetition. */
const byContent = (ni: string) => ({ id: ni, named: true });

/**
 * Checks a document and makes its events ready. Faults outside single events throw DocumentFault.
 */
export function prepareCapture(json: JsonValue, nowUs: number, isXml = false): PreparedCapture {
  const events = eventListOf(json);
  const checked = validated(json, isXml ? JSON_ONLY_RULES : []);
  const faults = checked.ok ? [] : checked.errors.map((issue) => faultOf(issue));
  const bad = new Set(faults.map((f) => f.index));
  // Everything outside the events passed, and every event whose place is not among the faults.
  const document = json as unknown as EpcisDocument | EpcisQueryDocument;
  const context = document['@context'] as Context | undefined;
  const accepted: AcceptedEvent[] = [];
  const late: EventFault[] = [];
  for (const [index, event] of events.entries()) {
    if (bad.has(index)) continue;
    const made = acceptEvent(event as unknown as EpcisEvent, context, nowUs, byContent);
    if ('reason' in made) late.push({ index, kind: 'invalid', detail: sentence(made) });
    else accepted.push(made);
  }
  return {
    accepted,
    faults: [...onePerEvent(faults), ...late],
    vocabulary: vocabularyOf(document),
    namespaces: namespacesIn(context),
    count: events.length,
  };
}

/** Strict, but for a handful of official examples that are not. */
function validated(
  json: JsonValue,
  tolerate: readonly IssueCode[],
): ReturnType<typeof validateDocument> {
  const strict = validateDocument(json, { tolerate });
  if (strict.ok) return strict;
  const lenient = validateDocument(json, { tolerate: [...DISPUTED_RULES, ...tolerate] });
  if (!lenient.ok) return strict;
  const document = lenient.value;
  const body = document.epcisBody;
  const { eventList } = 'eventList' in body ? body : body.queryResults.resultsBody;
  return areOfficialExamples(eventList, document['@context']) ? lenient : strict;
}

export function sentence(refused: Refused): string {
  return refused.reason === 'in-future'
    ? `eventTime ${refused.time} is in the future`
    : refused.problem;
}

/** The events of a document or query document, unchecked. */
export function eventListOf(json: JsonValue): readonly JsonValue[] {
  const body = isJsonObject(json) ? json.epcisBody : undefined;
  const results = isJsonObject(body) ? body.queryResults : undefined;
  const holder = isJsonObject(results) ? results.resultsBody : body;
  const list = isJsonObject(holder) ? holder.eventList : undefined;
  return Array.isArray(list) ? list : [];
}

/** A fault inside an event belongs to that event; any other refuses the document. */
function faultOf({ path, message }: Issue): EventFault {
  const inEvent = /\/eventList\/(\d+)(.*)$/.exec(path);
  if (!inEvent) throw new DocumentFault(`${path} ${message}`);
  return { index: Number(inEvent[1]), kind: 'invalid', detail: `${inEvent[2]} ${message}`.trim() };
}

function onePerEvent(faults: readonly EventFault[]): EventFault[] {
  return [...new Map([...faults].reverse().map((f) => [f.index, f])).values()].reverse();
}

function vocabularyOf(document: EpcisDocument | EpcisQueryDocument): VocabularyElement[] {
  const header = document.type === 'EPCISDocument' ? document.epcisHeader : undefined;
  const master = header?.epcisMasterData;
  const lists = isJsonObject(master) ? members(master.vocabularyList) : [];
  return lists.flatMap((vocabulary) =>
    members(vocabulary.vocabularyElementList).map((element) => ({
      type: String(vocabulary.type),
      id: canonicalUri(String(element.id)),
      attributes: Object.fromEntries(
        members(element.attributes).map((a) => [String(a.id), a.attribute ?? null]),
      ),
      children: list(element.children).map((child) => canonicalUri(String(child))),
    })),
  );
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function members(value: JsonValue | undefined): JsonObject[] {
  return list(value).filter(isJsonObject);
}

function namespacesIn(context: Context | undefined): { prefix: string; namespace: string }[] {
  return [context ?? []]
    .flat()
    .flatMap((part) =>
      typeof part === 'string'
        ? []
        : Object.entries(part).flatMap(([prefix, namespace]) =>
            typeof namespace === 'string' && /^[A-Za-z][\w-]{0,60}$/.test(prefix)
              ? [{ prefix, namespace: namespace.slice(0, 500) }]
              : [],
          ),
    );
}

export interface Captured {
  readonly faults: readonly EventFault[];
  readonly accepted: number;
}

/**
 * Stores what can be stored. With `rollback` and any fault nothing is stored, which the caller sees by
 * `accepted` being 0; the caller must then not commit.
 */
export async function storeCapture(
  ctx: Ctx,
  prepared: PreparedCapture,
  behaviour: Behaviour,
  captureId: string,
): Promise<Captured> {
  if (behaviour === 'rollback' && prepared.faults.length > 0) {
    return { faults: prepared.faults, accepted: 0 };
  }
  const outcomes = await storeEvents(ctx, prepared.accepted, captureId);
  const taken = prepared.accepted.flatMap((a, index): EventFault[] =>
    outcomes[index]?.kind === 'taken'
      ? [{ index, kind: 'taken', detail: `the event id ${a.eventId} has another content` }]
      : [],
  );
  if (behaviour === 'rollback' && taken.length > 0) return { faults: taken, accepted: 0 };
  await putVocabulary(ctx.tx, ctx.org.no, prepared.vocabulary, ctx.now.getTime() * 1000);
  await putNamespaces(ctx.tx, ctx.org.no, prepared.namespaces);
  const faults = [...prepared.faults, ...taken];
  return { faults, accepted: prepared.accepted.length - taken.length };
}

/** Notes the outcome of a capture under its id. */
export async function noteJob(
  ctx: Ctx,
  captureId: string,
  behaviour: Behaviour,
  { faults, accepted }: Captured,
  errors: readonly unknown[],
): Promise<void> {
  const us = ctx.now.getTime() * 1000;
  const job: CaptureJob = {
    ...{ capture_id: captureId, created_us: us, finished_us: us, running: false },
    ...{ success: faults.length === 0, behaviour, errors, accepted, rejected: faults.length },
  };
  await insertJob(ctx.tx, ctx.org.no, job);
}

export function newCaptureId(ctxNow: Date): string {
  return newId('capture', ctxNow.getTime());
}
