import { type JsonValue, parseJson } from '@zaizao/epcis';
import { parseEpcisXml } from '@zaizao/epcis/xml';
import { decodeCursor, encodeCursor } from '@zaizao/platform/db';
import type { Caller, RawRoute } from '@zaizao/platform/http';
import { err, ok, text } from '@zaizao/platform/kernel';
import { ledgerErrors, ledgerPermission } from '../contract.ts';
import { stampOf } from '../domain/micros.ts';
import { type CaptureJob, findJob, listJobs } from '../repo/capture.ts';
import {
  type Behaviour,
  type Captured,
  DocumentFault,
  type EventFault,
  eventListOf,
  newCaptureId,
  noteJob,
  type PreparedCapture,
  prepareCapture,
  storeCapture,
} from '../service/capture.ts';
import {
  CAPTURE_BYTES,
  CAPTURE_LIMIT,
  captureLimits,
  header,
  nextLink,
  type Reply,
  type Request,
  resource,
  textBody,
} from './http.ts';
import { pageSize, queryOf } from './parameters.ts';
import { EpcisProblem, problemBody } from './problem.ts';

const read = ledgerPermission('ledger.event:read');
const capture = ledgerPermission('ledger.event:capture');

/** `/epcis/capture`: documents in, jobs out. Documents are captured before the answer is given. */
export const captureRoutes: readonly RawRoute[] = [
  ...resource({
    ...{ id: 'epcis.capture', url: '/epcis/capture', title: text('采集接口', 'Capture') },
    ...{ read, write: capture, capture: true, bodyLimit: CAPTURE_BYTES + 1024 * 1024 },
    post: postCapture,
    get: listCaptures,
  }),
  ...resource({
    ...{ id: 'epcis.captureJob', url: '/epcis/capture/:captureID', read },
    title: text('采集任务', 'A capture job'),
    get: getCapture,
  }),
];

/** What was sent, in the JSON form of EPCIS 2.0; a text that is none is refused. */
export function parseBody(request: Request): { json: JsonValue; isXml: boolean } {
  const body = request.body;
  if (body instanceof Uint8Array && body.length > CAPTURE_BYTES) {
    const detail = `at most ${CAPTURE_BYTES} bytes`;
    throw new EpcisProblem('CaptureLimitExceededException', detail, captureLimits);
  }
  const { text, isXml } = textBody(request);
  if (isXml) {
    const parsed = parseEpcisXml(text);
    if (!parsed.ok) throw new EpcisProblem('ValidationException', parsed.error.message);
    return { json: parsed.value.content as unknown as JsonValue, isXml }; // the model is JSON with names
  }
  try {
    return { json: parseJson(text), isXml };
  } catch (e) {
    if (e instanceof SyntaxError || e instanceof RangeError) {
      throw new EpcisProblem('ValidationException', `the body is not JSON: ${e.message}`);
    }
    throw e;
  }
}

function behaviourOf(request: Request): Behaviour {
  const wanted = header(request, 'gs1-capture-error-behaviour') ?? 'rollback';
  if (wanted === 'rollback' || wanted === 'proceed') return wanted;
  throw new EpcisProblem('ValidationException', 'GS1-Capture-Error-Behaviour: rollback or proceed');
}

async function postCapture(request: Request, reply: Reply, caller: Caller) {
  const behaviour = behaviourOf(request);
  const { json, isXml } = parseBody(request);
  if (eventListOf(json).length > CAPTURE_LIMIT) {
    const detail = `at most ${CAPTURE_LIMIT} events`;
    throw new EpcisProblem('CaptureLimitExceededException', detail, captureLimits);
  }
  const now = caller.app.clock.now();
  const prepared = prepare(json, isXml, now);
  const captureId = newCaptureId(now);
  const refusedNow = behaviour === 'rollback' && prepared.faults[0];
  if (refusedNow) throw new EpcisProblem('ValidationException', placed(refusedNow));
  await captureOrNote(caller, prepared, behaviour, captureId);
  const location = `${caller.app.config.publicUrl}/epcis/capture/${captureId}`;
  return reply.status(202).header('location', location).send();
}

function prepare(json: JsonValue, isXml: boolean, now: Date): PreparedCapture {
  try {
    return prepareCapture(json, now.getTime() * 1000, isXml);
  } catch (e) {
    if (e instanceof DocumentFault) throw new EpcisProblem('ValidationException', e.message);
    throw e;
  }
}

/** One transaction for events and job; when they must not be stored, a second one notes the failed job. */
async function captureOrNote(
  caller: Caller,
  prepared: PreparedCapture,
  behaviour: Behaviour,
  captureId: string,
): Promise<void> {
  let failed: Captured | undefined;
  const stored = await caller.inOrg(async (ctx) => {
    const captured = await storeCapture(ctx, prepared, behaviour, captureId);
    if (behaviour === 'rollback' && captured.faults.length > 0) {
      failed = captured;
      return err(ledgerErrors.LEDGER_EVENT_ID_TAKEN({ id: '' })); // only to undo; the job tells why
    }
    await noteJob(ctx, captureId, behaviour, captured, captured.faults.map(errorOf));
    return ok();
  });
  if (stored.ok || !failed) return;
  const outcome = failed;
  await caller.inOrg(async (ctx) => {
    await noteJob(ctx, captureId, behaviour, outcome, outcome.faults.map(errorOf));
    return ok();
  });
}

function errorOf(fault: EventFault) {
  return problemBody(
    fault.kind === 'taken' ? 'ResourceAlreadyExistsException' : 'ValidationException',
    placed(fault),
  );
}

function placed({ index, detail }: EventFault): string {
  return `event ${index + 1} of the document: ${detail}`;
}

function jobBody(job: CaptureJob) {
  return {
    captureID: job.capture_id,
    createdAt: stampOf(job.created_us),
    ...(job.finished_us === null ? {} : { finishedAt: stampOf(job.finished_us) }),
    running: job.running,
    success: job.success,
    captureErrorBehaviour: job.behaviour,
    errors: job.errors,
  };
}

async function getCapture(request: Request, reply: Reply, caller: Caller) {
  const { captureID } = request.params as { captureID: string }; // the route names it
  const job = await caller.inOrg(async (ctx) => ok(await findJob(ctx.tx, ctx.org.no, captureID)));
  if (!job.ok || !job.value) throw new EpcisProblem('NoSuchResourceException', captureID);
  return reply.send(jobBody(job.value));
}

async function listCaptures(request: Request, reply: Reply, caller: Caller) {
  const parameters = queryOf(request, ['perPage', 'nextPageToken']);
  const perPage = pageSize(parameters);
  const token = parameters.get('nextPageToken')?.[0];
  const [us, id] = token === undefined ? [] : (decodeCursor(token) ?? []);
  if (token !== undefined && (typeof us !== 'number' || typeof id !== 'string')) {
    throw new EpcisProblem('QueryParameterException', 'nextPageToken');
  }
  const after = typeof us === 'number' && typeof id === 'string' ? { us, id } : undefined;
  const jobs = await caller.inOrg(async (ctx) =>
    ok(await listJobs(ctx.tx, ctx.org.no, after, perPage + 1)),
  );
  const found = jobs.ok ? jobs.value : [];
  const shown = found.slice(0, perPage);
  const last = shown.at(-1);
  if (found.length > perPage && last) {
    const next = encodeCursor([last.created_us, last.capture_id]);
    reply.headers(nextLink(request, caller, next, caller.app.clock.now()));
  }
  return reply.send(shown.map(jobBody));
}
