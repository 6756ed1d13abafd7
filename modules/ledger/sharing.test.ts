/**
 * Who may see an event of another organisation, and the attacks against that: through HTTP as the
 * other organisation, and in SQL as the role that every request runs as.
 */
import { type EpcisEvent, objectEvent, ZAIZAO_CONTEXT } from '@zaizao/epcis';
import { transact } from '@zaizao/platform/db';
import type { OrgRef } from '@zaizao/platform/http';
import { unwrap } from '@zaizao/platform/kernel';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import {
  type Disclosure,
  fromBase64,
  hashLeaf,
  kOfN,
  parseVerifierKey,
  verifyDisclosure,
  verifyTlogProof,
} from '@zaizao/tlog';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  getEvent,
  getSharing,
  listEvents,
  listGiven,
  listHeld,
  setSharingDefaults,
  setSharingPartner,
  thingGenealogy,
  thingHistory,
  thingLifeLine,
} from './contract.ts';
import { flushLog, giveCustody, record } from './index.ts';
import {
  giai,
  inOrg,
  ledgerApp,
  receiving,
  remanufacturing,
  sgtin,
  tearingDown,
} from './testing.ts';

const PGLN_BUYER = 'https://id.gs1.org/417/9520000200008';
const PGLN_NEXT = 'https://id.gs1.org/417/9520000300005';
const [CORE, OTHER_CORE] = [giai('SC1'), giai('SC2')];
const [KEPT, GONE, FOREIGN] = [giai('SK1'), giai('SK2'), giai('SK3')];
const [UNIT, SIBLING] = [sgtin('SU1'), sgtin('SU2')];

let t: TestApp;
let maker: TestOrg;
let buyer: TestOrg;
let next: TestOrg;
let thief: TestOrg;
const people = {} as Record<'maker' | 'buyer' | 'next' | 'thief', Actor>; // filled below

const minute = (m: number) => new Date(Date.UTC(2026, 1, 1, 0, m));

function testing(unit: string, m: number): EpcisEvent {
  const bench = { time: minute(m).toISOString(), deviceID: 'https://id.gs1.org/8004/952000001B' };
  return {
    ...objectEvent({
      action: 'OBSERVE',
      bizStep: 'inspecting',
      eventTime: minute(m),
      epcList: [unit],
    }),
    sensorElementList: [
      { sensorMetadata: bench, sensorReport: [{ type: 'Voltage', value: 14.2, uom: 'VLT' }] },
    ],
    'zz:verdict': 'pass',
    'zz:costFen': '123456',
  } as EpcisEvent; // fields of an event, as the builders make them
}

function shipping(unit: string, to: string, m: number): EpcisEvent {
  return {
    ...objectEvent({
      action: 'OBSERVE',
      bizStep: 'shipping',
      eventTime: minute(m),
      epcList: [unit],
    }),
    destinationList: [{ type: 'possessing_party', destination: to }],
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:order:77' }],
  } as EpcisEvent; // as above
}

const put = async (org: OrgRef, ...events: EpcisEvent[]) =>
  unwrap(await inOrg(t.app, org, (ctx) => record(ctx, events)));

beforeAll(async () => {
  t = await ledgerApp();
  maker = await t.org('制造');
  buyer = await t.org('买方');
  next = await t.org('下家');
  thief = await t.org('窃贼');
  for (const [name, org] of Object.entries({ maker, buyer, next, thief })) {
    people[name as keyof typeof people] = await org.as('owner'); // keys of the object above
  }
  await put(
    maker.ref,
    receiving(CORE, 0),
    receiving(OTHER_CORE, 1),
    tearingDown(CORE, [KEPT, GONE], 5),
    tearingDown(OTHER_CORE, [FOREIGN], 6),
    remanufacturing([KEPT], UNIT, 10),
    remanufacturing([GONE, FOREIGN], SIBLING, 11),
    testing(UNIT, 15),
  );
  await people.maker.ok(setSharingPartner, {
    params: { orgId: buyer.ref.id },
    body: { level: 'full', parties: [PGLN_BUYER] },
  });
  await people.buyer.ok(setSharingPartner, {
    params: { orgId: next.ref.id },
    body: { level: 'steps', parties: [PGLN_NEXT] },
  });
  await flushLog(t.app);
});
afterAll(() => t.stop());

const history = async (who: Actor, epc: string) =>
  (await who.ok(thingHistory, { params: { epc }, query: { order: 'oldest' } })).items;
const steps = async (who: Actor, epc: string) => (await history(who, epc)).map((e) => e.bizStep);

async function epcis(who: Actor, path: string) {
  const reply = await t.running.server.inject({ url: `/epcis${path}`, headers: who.headers });
  const list =
    reply.statusCode === 200 ? reply.json().epcisBody.queryResults.resultsBody.eventList : [];
  return { status: reply.statusCode, events: list as Record<string, unknown>[], reply };
}

/** Runs a statement as every request of an organisation does. */
const asApp = <T>(org: OrgRef, statement: ReturnType<typeof sql<T>>) =>
  transact(
    t.app.db,
    { kind: 'org', org: org.no, actor: 'user:attack' },
    async (tx) => (await statement.execute(tx)).rows,
  );

const SHARED = ['event', 'event_thing', 'link', 'leaf_run', 'thing', 'share_policy', 'share_party'];
const SEEN = ['shared_event', 'shared_thing', 'shared_link', 'custody'];

describe('before anything is handed over', () => {
  test('nobody else sees anything, however they ask', async () => {
    const [own] = await history(people.maker, UNIT);
    if (!own) throw new Error('the maker has no event');
    for (const who of [people.buyer, people.next, people.thief]) {
      expect(await history(who, UNIT)).toEqual([]);
      expect(await who.refused(getEvent, { params: { eventId: own.eventId } })).toBe(
        'LEDGER_EVENT_NOT_FOUND',
      );
      const line = await who.ok(thingLifeLine, { params: { epc: UNIT } });
      expect([line.stations, line.edges]).toEqual([[], []]);
      expect((await epcis(who, '/events')).events).toEqual([]);
      expect((await epcis(who, `/events/${encodeURIComponent(own.eventId)}`)).status).toBe(404);
      expect((await epcis(who, `/events?MATCH_anyEPC=${encodeURIComponent(UNIT)}`)).events).toEqual(
        [],
      );
      expect((await epcis(who, `/epcs/${encodeURIComponent(UNIT)}/events`)).events).toEqual([]);
    }
    for (const table of [...SHARED, ...SEEN]) {
      const rows = await asApp(thief.ref, sql`select * from ${sql.table(`ledger.${table}`)}`);
      expect(rows, table).toEqual([]);
    }
  });

  test('a forged claim to hold the thing opens nothing but the claimant’s own records', async () => {
    // The thief names itself for the buyer's identifier, and says it received and shipped the unit.
    await people.thief.ok(setSharingPartner, {
      params: { orgId: next.ref.id },
      body: { level: 'full', parties: [PGLN_BUYER, PGLN_NEXT] },
    });
    await put(thief.ref, receiving(UNIT, 16), shipping(UNIT, PGLN_NEXT, 17));
    const seen = await history(people.thief, UNIT);
    expect(seen.map((e) => e.sharedBy)).toEqual([undefined, undefined]);
    // The one it "ships" to sees the thief's two events, under the thief's name, and none of the maker's.
    const told = await history(people.next, UNIT);
    expect(new Set(told.map((e) => e.sharedBy?.id))).toEqual(new Set([thief.ref.id]));
    expect((await people.maker.ok(listGiven)).items).toEqual([]);
    await inOrg(t.app, thief.ref, (ctx) =>
      giveCustody(ctx, { things: [UNIT], to: buyer.ref, at: minute(18) }),
    );
    expect((await history(people.buyer, UNIT)).every((e) => e.sharedBy?.id === thief.ref.id)).toBe(
      true,
    );
  });

  test('in SQL, rows in another’s name are refused, and rows in one’s own open nothing', async () => {
    const forge = (org: number, holder: number) =>
      sql`insert into ledger.custody (org_id, thing, since_us, holder, given_by, level)
        values (${org}, ${UNIT}, 1, ${holder}, ${org}, 'full')`;
    await expect(asApp(thief.ref, forge(maker.ref.no, thief.ref.no))).rejects.toThrow(
      'row-level security',
    );
    await expect(
      asApp(
        thief.ref,
        sql`insert into ledger.share_policy (org_id, scope, holder, level, changed_at)
          values (${maker.ref.no}, 'partner', ${thief.ref.no}, 'full', now())`,
      ),
    ).rejects.toThrow('row-level security');
    await expect(
      asApp(
        thief.ref,
        sql`insert into ledger.shared_event select * from ledger.shared_event where false
          union all select ${maker.ref.no}, ${thief.ref.no}, 1, 1, 'x', 0, 'ObjectEvent', null, null, null,
            null, null, 1, null, '{}'::jsonb, null, 'full', '{}'::jsonb, decode(repeat('00', 32), 'hex')`,
      ),
    ).rejects.toThrow('row-level security');
    expect(
      await asApp(thief.ref, sql`select * from ledger.event where org_id <> ${thief.ref.no}`),
    ).toEqual([]);
  });
});

describe('after the maker has shipped the unit', () => {
  beforeAll(async () => {
    // What the thief pretended above is not what this part is about.
    for (const table of SEEN) {
      await transact(t.app.db, { kind: 'org', org: thief.ref.no, actor: 'test' }, (tx) =>
        sql`delete from ${sql.table(`ledger.${table}`)} where org_id = ${thief.ref.no}`.execute(tx),
      );
    }
    await put(maker.ref, shipping(UNIT, PGLN_BUYER, 30));
    await flushLog(t.app);
  });

  test('the buyer sees its history with measured values, without orders and sources', async () => {
    expect(await steps(people.buyer, UNIT)).toEqual(['assembling', 'inspecting', 'shipping']);
    const [, tested, shipped] = await history(people.buyer, UNIT);
    expect(tested?.sharedBy).toMatchObject({ id: maker.ref.id, level: 'full' });
    expect(tested?.event).toMatchObject({
      sensorElementList: expect.anything(),
      'zz:verdict': 'pass',
    });
    expect(shipped?.event).not.toHaveProperty('bizTransactionList');
    expect(shipped?.event).not.toHaveProperty('destinationList');
    expect(shipped?.hash).toBeUndefined();
    expect((await people.buyer.ok(listHeld)).items).toMatchObject([
      { epc: UNIT, organisation: { id: maker.ref.id }, level: 'full', isDirect: true },
    ]);
    expect((await people.maker.ok(listGiven)).items).toMatchObject([
      { epc: UNIT, organisation: { id: buyer.ref.id } },
    ]);
    // The list of one's own records stays one's own.
    expect((await people.buyer.ok(listEvents)).items).toEqual([]);
  });

  test('what is shown proves itself against the log, and what is withheld stays committed', async () => {
    const [, , shipped] = await history(people.buyer, UNIT);
    const { proof, event } = await people.buyer.ok(getEvent, {
      params: { eventId: shipped?.eventId ?? '' },
    });
    if (!proof) throw new Error('no proof');
    const entry = fromBase64(proof.entry);
    expect(
      verifyTlogProof(
        proof.tlogProof,
        hashLeaf(entry),
        kOfN([parseVerifierKey(proof.verifierKey)], 0, []),
      ),
    ).toMatchObject({ ok: true });
    const opened = verifyDisclosure(entry, proof.disclosure as Disclosure);
    expect(opened).toMatchObject({ ok: true, complete: false });
    if (opened.ok)
      expect(opened.withheld).toEqual(expect.arrayContaining(['business', 'eventHash']));
    expect(event.logIndex).toBe(proof.logIndex);
  });

  test('genealogy leads back to the core, and not to what became of the rest of it', async () => {
    const back = await people.buyer.ok(thingGenealogy, { params: { epc: UNIT } });
    expect(back.nodes.map((n) => n.epc).sort()).toEqual([CORE, KEPT, UNIT].sort());
    const forth = await people.buyer.ok(thingGenealogy, {
      params: { epc: CORE },
      query: { direction: 'used-in' },
    });
    const all = JSON.stringify(
      [
        forth,
        await people.buyer.ok(thingLifeLine, { params: { epc: UNIT } }),
        await history(people.buyer, CORE),
        (await epcis(people.buyer, '/events?perPage=100')).events,
        await asApp(buyer.ref, sql`select * from ledger.shared_event`),
        await asApp(buyer.ref, sql`select * from ledger.shared_thing`),
        await asApp(buyer.ref, sql`select * from ledger.shared_link`),
      ],
      (_, v) => (typeof v === 'bigint' ? String(v) : v),
    );
    for (const hidden of [GONE, SIBLING, OTHER_CORE, FOREIGN]) expect(all).not.toContain(hidden);
    for (const secret of ['urn:example:order:77', PGLN_BUYER]) expect(all).not.toContain(secret);
  });

  test('EPCIS queries answer with it, by every way of asking', async () => {
    const ask = async (query: string) => (await epcis(people.buyer, query)).events;
    const unit = encodeURIComponent(UNIT);
    expect(await ask(`/events?MATCH_anyEPC=${unit}`)).toHaveLength(3);
    expect(await ask(`/epcs/${unit}/events`)).toHaveLength(3);
    expect(await ask('/events?EQ_bizStep=shipping')).toMatchObject([
      { 'zz:sharedBy': maker.ref.id, 'zz:shareLevel': 'full', epcList: [UNIT] },
    ]);
    // A filter on what is withheld finds nothing: it cannot be used to guess.
    expect(await ask('/events?EQ_bizTransaction_po=urn:example:order:77')).toEqual([]);
    expect(
      await ask(`/events?EQ_destination_possessing_party=${encodeURIComponent(PGLN_BUYER)}`),
    ).toEqual([]);
    expect(await ask(`/events?MATCH_anyEPC=${encodeURIComponent(SIBLING)}`)).toEqual([]);
    // Page by page the same as at once, in both orders.
    for (const order of ['eventTime', 'recordTime']) {
      const whole = await ask(`/events?perPage=100&orderBy=${order}&orderDirection=ASC`);
      const paged: unknown[] = [];
      let path: string | undefined = `/events?perPage=2&orderBy=${order}&orderDirection=ASC`;
      while (path) {
        const { events, reply } = await epcis(people.buyer, path);
        paged.push(...events);
        const link = /<([^>]+)>/.exec(String(reply.headers.link ?? ''))?.[1];
        path = link === undefined ? undefined : link.slice(link.indexOf('/epcis') + 6);
      }
      expect(paged).toEqual(whole);
      expect(whole).toHaveLength(5);
    }
    expect(await epcis(people.buyer, '/events?maxEventCount=4')).toMatchObject({ status: 413 });
    const totals = await asApp<{ n: bigint }>(
      buyer.ref,
      sql`select count(*) as n from ledger.event`,
    );
    expect(totals[0]?.n).toBe(0n);
  });

  test('what the maker records afterwards is shown to the holder, as long as they hold it', async () => {
    await put(maker.ref, testing(UNIT, 40));
    expect(await steps(people.buyer, UNIT)).toHaveLength(4);
    expect(await steps(people.next, UNIT)).toEqual([]);
    // Events about other things in the same batch are not.
    await put(maker.ref, testing(SIBLING, 41));
    expect(await steps(people.buyer, SIBLING)).toEqual([]);
  });

  test('a holder passes it on; the next one sees each one’s part by each one’s policy', async () => {
    await put(buyer.ref, receiving(UNIT, 45), shipping(UNIT, PGLN_NEXT, 50));
    await flushLog(t.app);
    const seen = await history(people.next, UNIT);
    expect(seen.map((e) => [e.sharedBy?.id, e.sharedBy?.level, e.bizStep])).toEqual([
      [maker.ref.id, 'summary', 'assembling'],
      [maker.ref.id, 'summary', 'inspecting'],
      [maker.ref.id, 'summary', 'shipping'],
      [maker.ref.id, 'summary', 'inspecting'],
      [buyer.ref.id, 'steps', 'receiving'],
      [buyer.ref.id, 'steps', 'shipping'],
    ]);
    expect(seen[1]?.event).not.toHaveProperty('sensorElementList');
    expect(seen[1]?.event).not.toHaveProperty('zz:verdict');
    // A summary is of the thing alone, not of what it was made of.
    expect(await history(people.next, CORE)).toEqual([]);
    // The buyer's time is over: what it saw it keeps, what comes now it does not see.
    await put(maker.ref, testing(UNIT, 60));
    await put(next.ref, testing(UNIT, 61));
    expect((await history(people.buyer, UNIT)).map((e) => e.eventTime)).not.toContain(
      minute(60).toISOString(),
    );
    expect((await history(people.next, UNIT)).filter((e) => e.sharedBy)).toHaveLength(7);
    expect((await history(people.maker, UNIT)).every((e) => !e.sharedBy)).toBe(true);
  });

  test('who no longer holds it cannot give it away again', async () => {
    await people.buyer.ok(setSharingPartner, {
      params: { orgId: thief.ref.id },
      body: { level: 'full', parties: ['https://id.gs1.org/417/9520000400002'] },
    });
    await put(buyer.ref, shipping(UNIT, 'https://id.gs1.org/417/9520000400002', 70));
    const seen = await history(people.thief, UNIT);
    expect(new Set(seen.flatMap((e) => e.sharedBy?.id ?? []))).toEqual(new Set([buyer.ref.id]));
  });

  test('an error declaration reaches those who saw the event', async () => {
    const [event] = (await people.maker.ok(thingHistory, { params: { epc: UNIT } })).items;
    const declared = {
      ...(event?.event as unknown as EpcisEvent), // EPCIS JSON
      '@context': ZAIZAO_CONTEXT,
      errorDeclaration: { declarationTime: minute(80).toISOString(), reason: 'incorrect_data' },
    } as EpcisEvent; // with a field that every event may have
    await put(maker.ref, declared);
    const found = await people.next.ok(getEvent, { params: { eventId: event?.eventId ?? '' } });
    expect(found.declarations).toHaveLength(1);
    expect(found.declarations[0]?.event).toMatchObject({ errorDeclaration: expect.anything() });
  });

  test('a narrower policy takes effect at once, and only the owner can widen it', async () => {
    expect(
      await people.buyer.refused(setSharingPartner, {
        params: { orgId: buyer.ref.id },
        body: { level: 'full' },
      }),
    ).toBe('LEDGER_PARTNER_UNKNOWN');
    const reader = await maker.as('reader');
    expect(
      await reader.refused(setSharingDefaults, { body: { direct: 'full', later: 'full' } }),
    ).toBe('PERMISSION_DENIED');
    await people.maker.ok(setSharingPartner, {
      params: { orgId: buyer.ref.id },
      body: { level: 'none', parties: [PGLN_BUYER] },
    });
    // Nor is what comes in before the job has gone through what the partner holds.
    await put(maker.ref, testing(UNIT, 42));
    expect(
      (await history(people.buyer, UNIT)).filter((e) => e.sharedBy?.id === maker.ref.id),
    ).toEqual([]);
    const levels = () =>
      asApp(
        maker.ref,
        sql`select * from ledger.custody where org_id = ${maker.ref.no} order by since_us`,
      );
    const before = await levels();
    await asApp(buyer.ref, sql`update ledger.custody set level = 'full'`);
    await asApp(buyer.ref, sql`delete from ledger.custody where holder <> ${buyer.ref.no}`);
    expect(await levels()).toEqual(before);
    expect((await people.maker.ok(getSharing)).partners).toMatchObject([{ level: 'none' }]);
  });

  test('a stranger still sees nothing of the maker', async () => {
    const seen = await history(people.thief, UNIT);
    expect(seen.some((e) => e.sharedBy?.id === maker.ref.id)).toBe(false);
    const rows = await asApp<{ org_id: number }>(
      thief.ref,
      sql`select org_id from ledger.shared_event union all select org_id from ledger.custody`,
    );
    expect(rows.every((r) => r.org_id !== maker.ref.no)).toBe(true);
  });
});
