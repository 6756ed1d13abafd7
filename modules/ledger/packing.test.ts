/** What is packed in a container changes hands with it; and the attacks against that. */
import { aggregationEvent, type EpcisEvent, objectEvent, ZAIZAO_CONTEXT } from '@zaizao/epcis';
import { checkDigit } from '@zaizao/gs1';
import type { OrgRef } from '@zaizao/platform/http';
import { unwrap } from '@zaizao/platform/kernel';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listGiven, listHeld, setSharingPartner, thingHistory } from './contract.ts';
import { giveCustody, record } from './index.ts';
import { giai, inOrg, ledgerApp } from './testing.ts';

const PGLN = {
  buyer: 'https://id.gs1.org/417/9520000200008',
  next: 'https://id.gs1.org/417/9520000300005',
  friend: 'https://id.gs1.org/417/9520000400002',
};

let t: TestApp;
const orgs = {} as Record<'maker' | 'buyer' | 'next' | 'thief' | 'friend', TestOrg>; // filled below
const people = {} as Record<keyof typeof orgs, Actor>; // as above
let count = 0;

const minute = (m: number) => new Date(Date.UTC(2026, 1, 1, 0, m));

function sscc(): string {
  const digits = `0952000${String(++count).padStart(10, '0')}`;
  return `https://id.gs1.org/00/${digits}${checkDigit(digits)}`;
}

function things<const N extends string>(...names: N[]): Record<N, string> {
  const run = ++count;
  return Object.fromEntries(names.map((n) => [n, giai(`P${run}${n}`)])) as Record<N, string>; // as named
}

const made = (epc: string, m = 0): EpcisEvent =>
  objectEvent({ action: 'ADD', bizStep: 'commissioning', eventTime: minute(m), epcList: [epc] });

const looked = (epc: string, m: number): EpcisEvent =>
  objectEvent({ action: 'OBSERVE', bizStep: 'inspecting', eventTime: minute(m), epcList: [epc] });

function packing(
  action: 'ADD' | 'DELETE' | 'OBSERVE',
  parentID: string,
  childEPCs: string[],
  m: number,
): EpcisEvent {
  const bizStep = action === 'DELETE' ? 'unpacking' : 'packing';
  return aggregationEvent({ action, bizStep, eventTime: minute(m), parentID, childEPCs });
}

function shipping(epc: string, to: string, m: number): EpcisEvent {
  return {
    ...objectEvent({
      ...{ action: 'OBSERVE', bizStep: 'shipping', eventTime: minute(m), epcList: [epc] },
    }),
    destinationList: [{ type: 'possessing_party', destination: to }],
  } as EpcisEvent; // fields of an event, as the builders make them
}

const put = async (who: keyof typeof orgs, ...events: EpcisEvent[]) =>
  unwrap(await inOrg(t.app, ref(who), (ctx) => record(ctx, events)));

const ref = (who: keyof typeof orgs): OrgRef => orgs[who].ref;

/** Whose records of a thing somebody sees beside their own. */
async function seenOf(who: keyof typeof orgs, epc: string): Promise<string[]> {
  const all = await people[who].ok(thingHistory, { params: { epc }, query: { order: 'oldest' } });
  const name = (id: string) =>
    (Object.keys(orgs) as (keyof typeof orgs)[]).find((o) => orgs[o].ref.id === id) ?? id; // its keys
  return all.items.flatMap((e) => (e.sharedBy ? [`${name(e.sharedBy.id)} ${e.bizStep}`] : []));
}

async function heldBy(who: keyof typeof orgs): Promise<Set<string>> {
  const { items } = await people[who].ok(listHeld, { query: { limit: 100 } });
  return new Set(items.filter((c) => c.until === undefined).map((c) => c.epc));
}

beforeAll(async () => {
  t = await ledgerApp();
  for (const name of ['maker', 'buyer', 'next', 'thief', 'friend'] as const) {
    orgs[name] = await t.org(name);
    people[name] = await orgs[name].as('owner');
  }
  const trusts = async (
    who: keyof typeof orgs,
    to: keyof typeof PGLN,
    level: 'summary' | 'steps' | 'full',
  ) =>
    people[who].ok(setSharingPartner, {
      params: { orgId: ref(to).id },
      body: { level, parties: [PGLN[to]] },
    });
  await trusts('maker', 'buyer', 'full');
  await trusts('buyer', 'next', 'full');
  await trusts('thief', 'friend', 'full');
  await trusts('buyer', 'friend', 'full');
});
afterAll(() => t.stop());

test('what is in it at that moment goes with it, and nothing else', async () => {
  const box = sscc();
  const other = sscc();
  const x = things('in', 'observed', 'out', 'moved', 'after', 'wrong', 'loose');
  const wrong = packing('ADD', box, [x.wrong], 5);
  const [said] = await put('maker', wrong);
  await put(
    'maker',
    ...Object.values(x).map((epc) => made(epc)),
    packing('ADD', box, [x.in, x.out, x.moved], 10),
    packing('OBSERVE', box, [x.observed], 11),
    packing('DELETE', box, [x.out], 12),
    packing('ADD', other, [x.moved], 13),
    {
      ...wrong,
      ...{ '@context': ZAIZAO_CONTEXT, eventID: said?.eventId },
      errorDeclaration: { declarationTime: minute(14).toISOString(), reason: 'incorrect_data' },
    } as EpcisEvent, // with a field that every event may have
  );
  await put('maker', shipping(box, PGLN.buyer, 20));
  await put('maker', packing('ADD', box, [x.after], 30));
  expect(await heldBy('buyer')).toEqual(new Set([box, x.in, x.observed]));
  expect(await seenOf('buyer', x.in)).toEqual(['maker commissioning', 'maker packing']);
  for (const name of ['out', 'moved', 'after', 'wrong', 'loose'] as const) {
    expect(await seenOf('buyer', x[name]), name).toEqual([]);
  }
  // What the maker records of it later is shown too; the box tells of those in it only.
  await put('maker', looked(x.in, 40));
  expect(await seenOf('buyer', x.in)).toContain('maker inspecting');
  const about = await people.buyer.ok(thingHistory, { params: { epc: box } });
  for (const name of ['out', 'moved', 'after', 'wrong'] as const) {
    expect(JSON.stringify(about), name).not.toContain(x[name]);
  }
});

test('boxes in boxes go along; an emptied one has nothing in it', async () => {
  const [pallet, carton, empty] = [sscc(), sscc(), sscc()];
  const x = things('deep', 'gone');
  await put(
    'maker',
    ...[made(x.deep), made(x.gone)],
    packing('ADD', carton, [x.deep], 1),
    packing('ADD', empty, [x.gone], 1),
    packing('DELETE', empty, [], 2),
    packing('ADD', pallet, [carton, empty], 3),
    shipping(pallet, PGLN.buyer, 4),
  );
  const held = await heldBy('buyer');
  expect([pallet, carton, empty, x.deep].every((epc) => held.has(epc))).toBe(true);
  expect(held.has(x.gone)).toBe(false);
});

test('handed over through the door it is the same; packed before, recorded after, as well', async () => {
  const box = sscc();
  const x = things('in', 'late', 'tooLate', 'held');
  await put('maker', ...Object.values(x).map((epc) => made(epc)), packing('ADD', box, [x.in], 1));
  await inOrg(t.app, ref('maker'), (ctx) =>
    giveCustody(ctx, { things: [x.held], to: ref('friend'), at: minute(2) }),
  );
  await inOrg(t.app, ref('maker'), (ctx) =>
    giveCustody(ctx, { things: [box], to: ref('buyer'), at: minute(10) }),
  );
  // As a machine sends it: read in another thread.
  const reply = await t.running.server.inject({
    ...{ method: 'POST', url: '/epcis/capture' },
    headers: { ...people.maker.headers, 'content-type': 'application/json' },
    payload: JSON.stringify({
      ...{ '@context': ZAIZAO_CONTEXT, type: 'EPCISDocument', schemaVersion: '2.0' },
      creationDate: minute(20).toISOString(),
      epcisBody: {
        eventList: [packing('ADD', box, [x.late, x.held], 5), packing('ADD', box, [x.tooLate], 15)],
      },
    }),
  });
  expect(reply.statusCode).toBe(202);
  const held = await heldBy('buyer');
  expect([x.in, x.late, x.tooLate, x.held].map((epc) => held.has(epc))).toEqual([
    ...[true, true, false, false],
  ]);
  expect((await heldBy('friend')).has(x.held)).toBe(true);
});

test('an empty box that comes back takes nothing back', async () => {
  const box = sscc();
  const x = things('in');
  await put('maker', made(x.in), packing('ADD', box, [x.in], 1), shipping(box, PGLN.buyer, 2));
  await put(
    'maker',
    objectEvent({ action: 'OBSERVE', bizStep: 'receiving', eventTime: minute(9), epcList: [box] }),
  );
  const held = await heldBy('buyer');
  expect([held.has(box), held.has(x.in)]).toEqual([false, true]);
});

test('unopened, it is passed on with its contents; only what the giver says of them is opened', async () => {
  const box = sscc();
  const x = things('in', 'taken');
  await put(
    'maker',
    ...[made(x.in), made(x.taken)],
    packing('ADD', box, [x.in, x.taken], 1),
    shipping(box, PGLN.buyer, 2),
  );
  await put('buyer', looked(x.in, 3), packing('DELETE', box, [x.taken], 4));
  await put('buyer', shipping(box, PGLN.next, 5));
  // The maker's part by the maker's policy for later holders; of the buyer's own nothing of it.
  expect(await seenOf('next', x.in)).toEqual(['maker commissioning', 'maker packing']);
  expect(await seenOf('next', x.taken)).toEqual([]);
  const [next, buyer] = [await heldBy('next'), await heldBy('buyer')];
  expect([next.has(x.in), buyer.has(x.in)]).toEqual([true, false]);
  expect([next.has(x.taken), buyer.has(x.taken)]).toEqual([false, true]);
  // Packed again by the buyer itself, the buyer's records go along as well.
  const second = sscc();
  await put('buyer', packing('ADD', second, [x.taken], 6), shipping(second, PGLN.next, 7));
  expect(await seenOf('next', x.taken)).toEqual([
    ...['maker commissioning', 'maker packing', 'buyer unpacking', 'buyer packing'],
  ]);
});

test('who packs what they do not hold opens nobody’s records but their own', async () => {
  const box = sscc();
  const x = things('makers');
  await put('maker', made(x.makers), looked(x.makers, 1));
  await put('thief', packing('ADD', box, [x.makers], 2), shipping(box, PGLN.friend, 3));
  expect(new Set(await seenOf('friend', x.makers))).toEqual(new Set(['thief packing']));
  // Held by the buyer, it stays in the buyer's hands.
  await inOrg(t.app, ref('maker'), (ctx) =>
    giveCustody(ctx, { things: [x.makers], to: ref('buyer'), at: minute(4) }),
  );
  await put('thief', packing('ADD', box, [x.makers], 5), shipping(box, PGLN.friend, 6));
  expect((await heldBy('buyer')).has(x.makers)).toBe(true);
  const given = (await people.maker.ok(listGiven, { query: { limit: 100 } })).items;
  expect(given.filter((c) => c.epc === x.makers).map((c) => c.organisation.id)).toEqual([
    ref('buyer').id,
  ]);
});

test('who gives a box cannot name a thing of the receiver’s into it to have it shown to others', async () => {
  const box = sscc();
  const x = things('own');
  await put('buyer', made(x.own), looked(x.own, 1));
  // The thief says the buyer's thing was the thief's, in a box that the thief sends to the buyer …
  await put('thief', packing('ADD', box, [x.own], 2));
  await inOrg(t.app, ref('thief'), (ctx) =>
    giveCustody(ctx, { things: [box], to: ref('buyer'), at: minute(3) }),
  );
  expect((await heldBy('buyer')).has(x.own)).toBe(true);
  // … who sends the box on to the thief's friend.
  await put('buyer', shipping(box, PGLN.friend, 4));
  expect(await seenOf('friend', x.own)).toEqual(['thief packing']);
});

test('EPCIS collections have what others share', async () => {
  const box = sscc();
  const x = things('listed', 'hidden');
  await put(
    'maker',
    ...[made(x.listed), made(x.hidden)],
    { ...looked(x.listed, 1), bizStep: 'urn:example:step:shared' } as EpcisEvent, // a word of one's own
    packing('ADD', box, [x.listed], 2),
    shipping(box, PGLN.buyer, 3),
  );
  const list = async (who: keyof typeof orgs, path: string) => {
    const members: string[] = [];
    const { headers } = people[who];
    const ask = (url: string) => t.running.server.inject({ url, headers });
    let url: string | undefined = `/epcis${path}?perPage=3`;
    while (url) {
      const reply: Awaited<ReturnType<typeof ask>> = await ask(url);
      members.push(...(reply.json() as { member: string[] }).member); // a Collection of the standard
      const link: string | undefined = /<([^>]+)>/.exec(String(reply.headers.link ?? ''))?.[1];
      url = link === undefined ? undefined : link.slice(link.indexOf('/epcis'));
    }
    return members;
  };
  const things1 = await list('buyer', '/epcs');
  expect(things1).toEqual([...new Set(things1)].sort());
  expect([x.listed, box, x.hidden].map((epc) => things1.includes(epc))).toEqual([
    true,
    true,
    false,
  ]);
  expect(await list('buyer', '/bizSteps')).toContain('urn:example:step:shared');
  expect(await list('friend', '/bizSteps')).not.toContain('urn:example:step:shared');
  expect(await list('friend', '/epcs')).not.toContain(x.listed);
});
