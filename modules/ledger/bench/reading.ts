import type { OrgRef } from '@zaizao/platform/http';
import type { Actor } from '@zaizao/platform/testkit';
import { sql } from 'kysely';
import { historyOf, proofOf, verifyLedger } from '../index.ts';
import { inOrg, type LedgerApp } from '../testing.ts';

const SAMPLES = 200;
const WARM_UP = 20;

export interface Plant {
  readonly ref: OrgRef;
  readonly owner: Actor;
  readonly address: string;
}

/** Times of reading: history of one thing, a mix of queries, proofs. */
export async function readingTimes(t: LedgerApp, plant: Plant, things: readonly string[]) {
  const history = await sample(things, (thing) =>
    inOrg(t.app, plant.ref, (ctx) => historyOf(ctx, thing, { limit: 50 })),
  );
  const queries = await sample(things, async (thing, i) => {
    const mix = queryMix(thing);
    const reply = await fetch(`${plant.address}/epcis/events?${mix[i % mix.length]}`, {
      headers: plant.owner.headers,
    });
    await reply.arrayBuffer();
    if (reply.status !== 200) throw new Error(`${reply.status} to ${mix[i % mix.length]}`);
  });
  const proofs = await proofTimes(t, plant);
  return {
    ...{ historyP50Ms: quantile(history, 0.5), historyP95Ms: quantile(history, 0.95) },
    ...{ queryMixP50Ms: quantile(queries, 0.5), queryMixP95Ms: quantile(queries, 0.95) },
    ...proofs,
  };
}

/** What programs ask: a thing's events, those of a step in a time, the newest, one thing at one step. */
function queryMix(thing: string): string[] {
  const id = encodeURIComponent(thing);
  return [
    `MATCH_anyEPC=${id}&orderBy=eventTime&perPage=30`,
    `EQ_bizStep=receiving&GE_eventTime=2026-02-01T01:00:00Z&LT_eventTime=2026-02-01T02:00:00Z&perPage=30`,
    'orderBy=eventTime&orderDirection=DESC&perPage=30',
    `MATCH_epc=${id}&EQ_bizStep=inspecting&perPage=30`,
    `eventType=TransformationEvent&MATCH_inputEPC=${id}&perPage=30`,
  ];
}

async function proofTimes(t: LedgerApp, { ref }: Plant) {
  const ids = await inOrg(t.app, ref, async (ctx) => {
    const r = await sql<{ event_id: string }>`select event_id from ledger.event
      where org_id = ${ref.no} and seq <= (select last_seq from ledger.logged where org_id = ${ref.no})
      order by hashint8(seq) limit ${SAMPLES}`.execute(ctx.tx);
    return r.rows.map((row) => row.event_id);
  });
  const times: number[] = [];
  let bytes = 0;
  let logSize = 0;
  for (const id of ids) {
    const from = performance.now();
    const proof = await inOrg(t.app, ref, (ctx) => proofOf(ctx, id));
    times.push(performance.now() - from);
    if (!proof.ok) throw new Error(proof.error.code);
    bytes = Math.max(bytes, proof.value.tlogProof.length);
    logSize = proof.value.treeSize;
  }
  const warm = times.slice(Math.min(WARM_UP, times.length - 1));
  return {
    ...{ proofP50Ms: quantile(warm, 0.5), proofP95Ms: quantile(warm, 0.95) },
    ...{ proofBytes: bytes, logSize },
  };
}

/** Events a second of a whole verification, which must find nothing. */
export async function verifying(t: LedgerApp): Promise<number> {
  const report = await verifyLedger(t.app, { deep: true });
  if (!report.ok) throw new Error(`clean data gave ${JSON.stringify(report.findings[0])}`);
  return Math.round((report.events / report.milliseconds) * 1000);
}

async function sample(
  things: readonly string[],
  work: (thing: string, i: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < SAMPLES + WARM_UP; i++) {
    const thing = things[(i * 7919) % things.length] ?? '';
    const from = performance.now();
    await work(thing, i);
    if (i >= WARM_UP) times.push(performance.now() - from);
  }
  return times;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0);
}

export const round = (n: number) => Math.round(n * 100) / 100;
