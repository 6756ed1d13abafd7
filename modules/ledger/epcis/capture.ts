import type { JsonValue } from '@zaizao/epcis';
import type { Caller, RawRoute } from '@zaizao/platform/http';
import { ok, text } from '@zaizao/platform/kernel';
import { ledgerPermission } from '../contract.ts';
import { stampOf } from '../domain/micros.ts';
import { DocumentFault, type EventFault, parseDocument } from '../domain/prepare.ts';
import { type CaptureJob, findJob, listJobs } from '../repo/capture.ts';
import {
  type Behaviour,
  type Content,
  capture,
  needsWhole,
  newCaptureId,
} from '../service/capture.ts';
import { readInThread } from '../service/prepare.ts';
import { companyPrefixesIn } from './format.ts';
import { CAPTURE_BYTES, CAPTURE_LIMIT, captureLimits, resource } from './http.ts';
import { jobXml } from './job-xml.ts';
import { header, type Reply, type Request } from './message.ts';
import { mediaOf } from './negotiate.ts';
import { nextLink, placeOf } from './page-token.ts';
import { pageSize, queryOf } from './parameters.ts';
import { EpcisProblem, problemBody } from './problem.ts';
import { textBody } from './request.ts';

const read = ledgerPermission('ledger.event:read');
const mayCapture = ledgerPermission('ledger.event:capture');

/** `/epcis/capture`: documents in, jobs out. Documents are captured before the answer is given. */
export const captureRoutes: readonly RawRoute[] = [
  ...resource({
    ...{ id: 'epcis.capture', url: '/epcis/capture', title: text('采集接口', 'Capture') },
    ...{ read, write: mayCapture, capture: true, bodyLimit: CAPTURE_BYTES + 1024 * 1024 },
    post: postCapture,
    get: listCaptures,
  }),
  ...resource({
    ...{ id: 'epcis.captureJob', url: '/epcis/capture/:captureID', read, xml: true },
    title: text('采集任务', 'A capture job'),
    get: getCapture,
  }),
];

/** What was sent, in the JSON form of EPCIS 2.0; a text that is none is refused. */
export function parseBody(request: Request): {
  readonly json: JsonValue;
  readonly isXml: boolean;
  readonly prefixes: readonly string[];
} {
  const { text, isXml } = bodyOf(request);
  try {
    return { json: parseDocument(text, isXml), isXml, prefixes: companyPrefixesIn(text) };
  } catch (e) {
    if (e instanceof DocumentFault) throw new EpcisProblem('ValidationException', e.message);
    throw e;
  }
}

function bodyOf(request: Request): { text: string; isXml: boolean } {
  const body = request.body;
  if (body instanceof Uint8Array && body.length > CAPTURE_BYTES) {
    const detail = `at most ${CAPTURE_BYTES} bytes`;
    throw new EpcisProblem('CaptureLimitExceededException', detail, captureLimits);
  }
  return textBody(request);
}

function behaviourOf(request: Request): Behaviour {
  const wanted = header(request, 'gs1-capture-error-behaviour') ?? 'rollback';
  if (wanted === 'rollback' || wanted === 'proceed') return wanted;
  throw new EpcisProblem('ValidationException', 'GS1-Capture-Error-Behaviour: rollback or proceed');
}

async function postCapture(request: Request, reply: Reply, caller: Caller) {
  const behaviour = behaviourOf(request);
  const now = caller.app.clock.now();
  const body = bodyOf(request);
  const nowUs = now.getTime() * 1000;
  const toRead = { ...body, nowUs, limit: CAPTURE_LIMIT, isWhole: needsWhole(caller) };
  const reading = await readInThread(caller.app, toRead);
  if (reading.kind === 'fault') throw new EpcisProblem('ValidationException', reading.detail);
  if (reading.kind === 'too-many') {
    const detail = `at most ${CAPTURE_LIMIT} events`;
    throw new EpcisProblem('CaptureLimitExceededException', detail, captureLimits);
  }
  if (reading.kind === 'prepared') {
    const refusedNow = behaviour === 'rollback' && reading.prepared.faults[0];
    if (refusedNow) throw new EpcisProblem('ValidationException', placed(refusedNow));
  }
  const content: Content =
    reading.kind === 'prepared'
      ? reading
      : {
          ...reading,
          whole: async () => {
            const again = await readInThread(caller.app, { ...toRead, isWhole: true });
            if (again.kind !== 'prepared') throw new Error(`read as ${again.kind} the second time`);
            return again.prepared;
          },
        };
  const captureId = newCaptureId(now);
  const prefixes = companyPrefixesIn(body.text);
  const toldTime = header(request, 'x-simulated-time');
  await capture(caller, { captureId, content, prefixes, behaviour, toldTime, errorOf });
  const location = `${caller.app.config.publicUrl}/epcis/capture/${captureId}`;
  return reply.status(202).header('location', location).send();
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
  const body = jobBody(job.value);
  if (mediaOf(request, true) === 'json') return reply.send(body);
  return reply.type('application/xml').send(jobXml(body));
}

async function listCaptures(request: Request, reply: Reply, caller: Caller) {
  const parameters = queryOf(request, ['perPage', 'nextPageToken']);
  const perPage = pageSize(parameters);
  const jobs = await caller.inOrg(async (ctx) => {
    const [us, id] = (await placeOf(ctx, parameters)) ?? [];
    const after = typeof us === 'number' && typeof id === 'string' ? { us, id } : undefined;
    return ok(await listJobs(ctx.tx, ctx.org.no, after, perPage + 1));
  });
  const found = jobs.ok ? jobs.value : [];
  const shown = found.slice(0, perPage);
  const last = shown.at(-1);
  if (found.length > perPage && last) {
    reply.headers(nextLink(request, caller, [last.created_us, last.capture_id]));
  }
  return reply.send(shown.map(jobBody));
}
