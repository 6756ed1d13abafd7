import { canonicalUri } from '@zaizao/gs1';
import { type Route, route } from '@zaizao/platform/http';
import { startJob } from '@zaizao/platform/jobs';
import { err, ok } from '@zaizao/platform/kernel';
import type { Disclosure } from '@zaizao/tlog';
import {
  addWitness,
  getEvent,
  getLog,
  getProofFile,
  getSharing,
  getWitnesses,
  ledgerErrors,
  listEvents,
  listGiven,
  listHeld,
  removeWitness,
  rotateLogKey,
  scan,
  setLogPolicy,
  setSharingDefaults,
  setSharingPartner,
  thingGenealogy,
  thingHistory,
  thingLifeLine,
  unwatchLog,
  verifyNow,
  watchLog,
} from './contract.ts';
import { microsOf } from './domain/micros.ts';
import { encodeProofFile, PROOF_FORMAT } from './domain/proof-file.ts';
import { bareWord } from './domain/term.ts';
import { ownAndShared } from './repo/seen.ts';
import { thingsByEpc } from './repo/thing.ts';
import { genealogy } from './service/genealogy.ts';
import { lifeLine } from './service/life-line.ts';
import { logState, proofOf } from './service/proof.ts';
import { custodyPage, setDefaults, setPartner, sharing } from './service/share-policy.ts';
import { findEvent, historyOf, listStory } from './service/story.ts';
import { findThing } from './service/things.ts';
import { verifyJob } from './service/verify-job.ts';
import * as witnessing from './service/witnesses.ts';

const DAY_US = 86_400_000_000;
const isDay = (text: string) => text.length === 10;

/** Days are the plant's, `Asia/Shanghai`, which has no summer time. */
function startOf(from: string): number | undefined {
  return microsOf(isDay(from) ? `${from}T00:00:00+08:00` : from);
}

function endOf(to: string): number | undefined {
  const us = startOf(to);
  return us !== undefined && isDay(to) ? us + DAY_US : us;
}

export const routes: readonly Route[] = [
  route(scan, async (ctx, { query }) => {
    const thing = await findThing(ctx, query.code);
    return thing ? ok({ thing }) : err(ledgerErrors.LEDGER_THING_NOT_FOUND({ code: query.code }));
  }),
  route(thingHistory, async (ctx, { params, query }) => {
    const page = await historyOf(ctx, params.epc, { ...query, shared: true });
    if (!page.ok) return page;
    const [thing] = await thingsByEpc(ctx.tx, ctx.org.no, [canonicalUri(params.epc)]);
    return ok(thing ? { ...page.value, thing } : page.value);
  }),
  route(thingLifeLine, (ctx, { params }) => lifeLine(ctx, params.epc)),
  route(thingGenealogy, async (ctx, { params, query }) =>
    genealogy(ctx, params.epc, query.direction, await ownAndShared(ctx.tx, ctx.org.no)),
  ),
  route(listEvents, (ctx, { query }) => {
    const { type, bizStep, from, to, thing, ...page } = query;
    const filter = {
      type,
      thing,
      bizStep: bizStep === undefined ? undefined : bareWord(bizStep),
      fromUs: from === undefined ? undefined : startOf(from),
      toUs: to === undefined ? undefined : endOf(to),
    };
    return listStory(ctx, filter, page);
  }),
  route(getEvent, async (ctx, { params }) => {
    const found = await findEvent(ctx, params.eventId);
    if (!found.ok) return found;
    const proof = await proofOf(ctx, params.eventId);
    return ok(proof.ok ? { ...found.value, proof: proof.value } : found.value);
  }),
  route(getProofFile, async (ctx, { params, query }) => {
    const found = await proofOf(ctx, params.eventId);
    if (!found.ok) return found;
    const { tlogProof, disclosure, verifierKey, witnessKeys, keyChanges } = found.value;
    const mediaType = 'text/plain; charset=utf-8';
    if (query.form === 'tlog')
      return ok({ mediaType, body: tlogProof, fileName: 'event.tlog-proof' });
    const body = encodeProofFile({
      ...{ format: PROOF_FORMAT, tlogProof, logKey: verifierKey, witnessKeys },
      disclosure: disclosure as Disclosure, // as `proofOf` opened it
      ...(keyChanges.length > 0 ? { logKeyChanges: keyChanges } : {}),
    });
    return ok({ mediaType: 'application/json', body, fileName: 'event-proof.json' });
  }),
  route(getSharing, async (ctx) => ok(await sharing(ctx))),
  route(setSharingDefaults, (ctx, { body }) => setDefaults(ctx, body)),
  route(setSharingPartner, (ctx, { params, body }) =>
    setPartner(ctx, params.orgId, { level: body.level, parties: body.parties }),
  ),
  route(listGiven, (ctx, { query }) => custodyPage(ctx, 'given', query)),
  route(listHeld, (ctx, { query }) => custodyPage(ctx, 'held', query)),
  route(getWitnesses, async (ctx) => ok(await witnessing.witnessesView(ctx))),
  route(addWitness, (ctx, { body }) => witnessing.addWitness(ctx, body)),
  route(removeWitness, (ctx, { params }) => witnessing.dropWitness(ctx, params.name)),
  route(setLogPolicy, (ctx, { body: { quorum, waitMinutes } }) =>
    witnessing.setLogPolicy(ctx, { quorum, waitMinutes }),
  ),
  route(watchLog, (ctx, { body }) => witnessing.watchLog(ctx, body.verifierKeys)),
  route(unwatchLog, (ctx, { params }) => witnessing.unwatchLog(ctx, params.origin)),
  route(rotateLogKey, (ctx) => witnessing.rotateLogKey(ctx)),
  route(getLog, async (ctx) => ok(await logState(ctx))),
  route(verifyNow, async (ctx, { body }) =>
    ok({ jobId: await startJob(ctx, verifyJob, { org: ctx.org.no, deep: body.deep }) }),
  ),
];
