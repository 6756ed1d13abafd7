import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { transact } from '@zaizao/platform/db';
import { unwrap } from '@zaizao/platform/kernel';
import type { Actor, TestOrg } from '@zaizao/platform/testkit';
import { isObject, type JsonObject } from '@zaizao/tlog';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as cores from '../cores/contract.ts';
import { flushLog } from '../ledger/index.ts';
import { inOrg } from '../ledger/testing.ts';
import * as market from '../market/contract.ts';
import * as production from '../production/contract.ts';
import { born, decided } from '../production/testing-floor.ts';
import { answers, cleanedAt, gradingPhotos, type Plant, tornDown } from '../testing-plant.ts';
import * as c from './contract.ts';
import { keyPath } from './domain/address.ts';
import { flipByte } from './domain/tamper.ts';
import { verifyPassport } from './index.ts';
import { assembled, certifiedOf, settle as settled, startPassportPlant } from './testing-unit.ts';

let p: Plant;
let stranger: TestOrg;
let anonymous: Actor;
let unit: { id: string; epc: string; serial: string };

beforeAll(async () => {
  p = await startPassportPlant();
  stranger = await p.app.org('别家工厂');
  anonymous = p.app.anonymous;
}, 120_000);
afterAll(() => p.app.stop());

/** A certified starter; until its certificate its passport says that it is being made. */
async function madeUnit() {
  const made = await assembled(p);
  expect((await anonymous.ok(c.getPassport, { query: { epc: made.epc } })).status.stage).toBe(
    'making',
  );
  return certifiedOf(p, made);
}

const settle = () => settled(p);

const query = () => ({ query: { epc: unit.epc } });
const passport = () => anonymous.ok(c.getPassport, query());

async function bundle(): Promise<string> {
  const reply = await anonymous.call(c.getBundle, query());
  expect(reply.status, String(reply.body)).toBe(200);
  return reply.bytes.toString('utf8');
}

const verify = (text: string) => verifyPassport(text, { now: p.app.clock.now() });

describe('the public face', () => {
  test('appears unsigned while the product is made, and is signed with its certificate', async () => {
    unit = await madeUnit();
    expect(await passport()).toMatchObject({
      status: { stage: 'ready' },
      credential: { version: 1 },
    });
  }, 120_000);

  test('tells what it is, its lives, what was done, tests against limits; to anyone', async () => {
    const { facts, status, credential } = await passport();
    expect(facts).toMatchObject({ serial: unit.serial, life: 2, simulated: true });
    expect(facts.maker.name).toBe('河间起动机厂');
    expect(facts.lives).toHaveLength(2);
    expect(facts.lives.every((l) => l.life === 1 && l.grade === 'B' && !l.wasUnit)).toBe(true);
    expect(facts.lives.find((l) => l.mileageKm !== undefined)).toMatchObject({ modelYear: 2019 });
    expect(facts.made.counts).toMatchObject({ reused: 1, restored: 1 });
    const pieces = facts.made.parts.filter((x) => x.origin !== 'new');
    expect(facts.made.keptG).toBe(pieces.reduce((n, x) => n + x.massG, 0));
    expect(facts.work).toHaveLength(1);
    const pullIn = facts.test?.results.find((r) => r.code === 'S-T01');
    expect(pullIn).toMatchObject({ value: '7.8', unit: 'V', verdict: 'pass' });
    expect(pullIn?.limits.map((l) => [l.level, l.max, l.pass]).sort()).toEqual([
      ['enterprise', '8', true],
      ['national', '8.5', true],
    ]);
    expect(facts.certificate?.url).toContain('/api/v1/quality/public/certificates/');
    expect(status.giveBack?.grades.map((g) => g.grade)).toEqual(['A', 'B', 'C', 'R']);
    expect(status.steps.map((s) => s.step)).toContain('remanufacturing');
    expect(credential).toMatchObject({ version: 1 });
  });

  test('only the mass kept is measured; the rest is labelled a rule of thumb', async () => {
    const { facts } = await passport();
    const measuredOnes = facts.savings.filter((s) => s.evidence === 'measured');
    expect(measuredOnes.map((s) => [s.kind, s.value])).toEqual([
      ['mass', String(facts.made.keptG)],
    ]);
    const rules = facts.savings.filter((s) => s.evidence === 'rule-of-thumb');
    expect(rules.map((s) => [s.kind, s.value])).toEqual([
      ['energy', '15'],
      ['carbon', '4.5'],
    ]);
  });

  test('names no customer, supplier, price, person or work order', async () => {
    const told = JSON.stringify(await passport()) + (await bundle());
    expect(told).not.toContain('路边修理铺');
    expect(told).not.toContain('businessTransaction');
    expect(told).not.toMatch(
      /"(zz:)?(workOrder|supplier|note|reason|numberSeen|programme|photos)"/,
    );
  });

  test('an unknown product is not found; a made one is published once', async () => {
    const unknown = { query: { epc: 'https://id.gs1.org/01/09520000100018/21/NONE' } };
    expect(await anonymous.refused(c.getPassport, unknown)).toBe('PASSPORT_NOT_FOUND');
    expect(await anonymous.refused(c.getBundle, unknown)).toBe('PASSPORT_NOT_FOUND');
    expect(await anonymous.refused(c.getPicture, unknown)).toBe('PASSPORT_PICTURE_MISSING');
    const before = await passport();
    await p.owner.ok(c.publishPassport, { params: { unitId: unit.id } });
    expect(await passport()).toEqual(before);
    expect((await p.owner.ok(c.listPassports)).items.map((x) => x.epc)).toEqual([unit.epc]);
  });
});

describe('the proof', () => {
  test('verifies offline: nothing fails, and what was not compared says so', async () => {
    const verdict = await verify(await bundle());
    expect(verdict.failed).toBeNull();
    const skipped = verdict.checks.filter((x) => x.skipped).map((x) => x.id);
    expect(skipped).toEqual(['issuer-trust']);
    expect(verdict.events.length).toBeGreaterThan(5);
    const subject = verdict.credential?.credentialSubject as JsonObject;
    expect(subject.id).toBe(unit.epc);
    expect(subject['zz:remanufacturing']).toMatchObject({ lifeNumber: 2, reused: 1, restored: 1 });
  });

  test('a reader who trusts the maker compares the issuer too', async () => {
    const { issuer = '' } = await passport();
    const text = await bundle();
    const now = p.app.clock.now();
    const trusting = await verifyPassport(text, { now, trustedIssuers: [issuer] });
    expect(trusting.checks.some((x) => x.skipped)).toBe(false);
    const other = await verifyPassport(text, { now, trustedIssuers: ['did:web:other.example'] });
    expect(other.failed?.id).toBe('issuer-trust');
  });

  test('any flipped byte is found', async () => {
    const text = await bundle();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length - 1 }), async (at) => {
        const flipped = flipByte(text, at);
        expect(flipped).not.toBe(text);
        expect((await verify(flipped)).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('a hidden event is found', async () => {
    const parsed = JSON.parse(await bundle()) as {
      events: unknown[];
      histories: { entries: unknown[] }[];
    };
    parsed.histories[0]?.entries.pop();
    const hidden = JSON.stringify(sorted(parsed));
    expect((await verify(hidden)).failed?.id).toBe('completeness');
  });

  test('events of the product are shown in part, and never with a hash to guess against', async () => {
    const { events } = await verify(await bundle());
    const birth = events.find((e) => String(e.event.bizStep).endsWith('remanufacturing'));
    expect(birth?.complete).toBe(false);
    expect(birth?.withheld).toEqual(expect.arrayContaining(['eventHash', 'ext:zz:workOrder']));
    expect(birth?.event['zz:reused']).toBe(1);
    for (const { complete, withheld } of events) {
      expect(complete).toBe(!withheld.includes('eventHash'));
    }
  });

  test('an event of another organisation counts in the history and shows nothing', async () => {
    const before = await verify(await bundle());
    await inOrg(p.app.app, stranger.ref, async (ctx) => {
      const { record } = await import('../ledger/index.ts');
      const { objectEvent } = await import('@zaizao/epcis');
      unwrap(
        await record(ctx, [
          objectEvent({
            eventTime: ctx.now,
            action: 'OBSERVE',
            epcList: [unit.epc],
            bizStep: 'installing',
          }),
        ]),
      );
    });
    await flushLog(p.app.app);
    const after = await verify(await bundle());
    expect(after.failed).toBeNull();
    expect(after.withheldEvents).toBe(before.withheldEvents + 1);
    expect(after.events).toHaveLength(before.events.length);
  });
});

/** Object members in the order of canonical JSON. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

describe('the resolver', () => {
  const get = (url: string, accept?: string) =>
    p.app.running.server.inject({ url, headers: accept ? { accept } : {} });

  test('sends people to the page and machines to what they ask for', async () => {
    const path = keyPath(unit.epc) ?? '';
    const page = await get(path, 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect([page.statusCode, page.headers.location]).toEqual([307, `/passport${path}`]);
    const vc = await get(path, 'application/vc+ld+json');
    expect(vc.headers['content-type']).toContain('application/vc');
    expect(vc.json().credentialSubject.id).toBe(unit.epc);
    expect((await get(path, 'application/ld+json')).json().type).toContain('VerifiableCredential');
    expect((await get(path, 'application/json')).json().facts.serial).toBe(unit.serial);
    const linkset = await get(`${path}?linkType=linkset`);
    expect(linkset.headers['content-type']).toContain('application/linkset+json');
    const [links] = linkset.json().linkset;
    expect(links.anchor).toBe(`http://localhost:8080${path}`);
    expect(Object.keys(links)).toContain('https://gs1.org/voc/certificationInfo');
    const pdf = await get(`${path}?linkType=gs1:certificationInfo`, 'text/html');
    expect(pdf.headers.location).toContain('/public/certificates/');
    const unknown = await get(`${path}?linkType=gs1:unknown`, 'text/html');
    expect(unknown.headers.location).toBe(`/passport${path}?linkType=gs1:unknown`);
    expect((await get(`${path}?lang=en`)).headers.location).toBe(`/passport${path}?lang=en`);
  });

  test('an unknown key is a problem for machines and a page for people', async () => {
    const path = '/01/09520000100018/21/NONE';
    expect((await get(path, 'application/json')).statusCode).toBe(404);
    expect((await get(path, 'text/html')).headers.location).toBe(`/passport${path}`);
    expect((await get('/8004/952000001X1', 'application/json')).statusCode).toBe(404);
  });

  test('the DID document has the key that signed', async () => {
    const { issuer = '' } = await passport();
    const orgId = issuer.split(':').at(-1);
    const document = (await get(`/did/${orgId}/did.json`)).json();
    expect(document.id).toBe(issuer);
    expect(document.assertionMethod).toHaveLength(1);
    expect((await get('/did/org_none/did.json')).statusCode).toBe(404);
  });
});

describe('credentials', () => {
  let buyer: Actor;
  let params: { orderId: string };

  test('a change signs anew and revokes the older; all are kept', async () => {
    const old = await bundle();
    buyer = await (await p.app.org('顺达汽修', 'repair-shop')).as('shop');
    await p.owner.ok(production.releaseUnit, { params: { unitId: unit.id }, body: {} });
    const listed = await p.owner.ok(market.listUnit, {
      body: {
        unitId: unit.id,
        priceFen: '26000',
        goodsClass: 'reman-new',
        warrantyMonths: 12,
      },
    });
    const placed = await buyer.ok(market.placePurchase, {
      body: { listingIds: [listed.id], deliverTo: '沧州', onCredit: true },
    });
    params = { orderId: placed.id };
    await settle();
    expect((await passport()).facts.warranty).toBeUndefined();
    await p.owner.ok(market.confirmSale, { params, body: { accept: true } });
    await settle();
    const { facts, credential } = await passport();
    expect(facts.warranty).toEqual({ months: 12 });
    expect(credential).toMatchObject({ version: 2 });
    const of = await p.owner.ok(c.getPassportOfUnit, { params: { unitId: unit.id } });
    expect(of.credentials.map((x) => [x.version, x.revokedFor])).toEqual([
      [2, undefined],
      [1, 'superseded'],
    ]);
    expect((await verify(await bundle())).failed).toBeNull();
    // The older file still says what was true when it was made; with today's list it is revoked.
    expect((await verify(old)).failed).toBeNull();
    const [fresh, stale] = [JSON.parse(await bundle()), JSON.parse(old)] as JsonObject[];
    const mixed = JSON.stringify(sorted({ ...stale, statusLists: fresh?.statusLists }));
    expect((await verify(mixed)).failed?.id).toBe('status');
  });

  test('a person revokes; nothing replaces it until a person publishes again', async () => {
    const { credential } = await passport();
    const id = { credentialId: credential?.id ?? '' };
    const body = { reason: '试验记录有误' };
    const assembler = await p.org.as('assembler');
    expect(await assembler.refused(c.revokeCredential, { params: id, body })).toBe(
      'PERMISSION_DENIED',
    );
    await p.owner.ok(c.revokeCredential, { params: id, body });
    expect(await p.owner.refused(c.revokeCredential, { params: id, body })).toBe(
      'PASSPORT_CREDENTIAL_REVOKED',
    );
    expect((await verify(await bundle())).failed?.id).toBe('status');
    await p.owner.ok(market.pickOrder, { params, body: { serials: [unit.serial] } });
    await p.owner.ok(market.shipOrder, {
      params,
      body: { carrier: '顺丰', trackingNumber: 'SF1' },
    });
    await settle();
    expect((await passport()).credential?.revokedFor).toBe(body.reason);
    await p.owner.ok(c.publishPassport, { params: { unitId: unit.id } });
    expect((await passport()).credential).toMatchObject({ version: 3 });
    expect((await verify(await bundle())).failed).toBeNull();
  });

  test('a new key signs what is new; what the old one signed stays valid', async () => {
    const old = await bundle();
    const before = await p.owner.ok(c.getIssuer);
    const after = await p.owner.ok(c.rotateKey);
    expect(after.keys).toHaveLength(before.keys.length + 1);
    expect(after.keys.filter((k) => k.retiredAt === undefined)).toHaveLength(1);
    expect((await verify(old)).failed).toBeNull();
    expect((await verify(await bundle())).failed).toBeNull();
    await buyer.ok(market.confirmDelivery, { params });
    await buyer.ok(market.recordInstallation, { params, body: { unitId: unit.id } });
    await settle();
    const { facts, status } = await passport();
    expect(status.stage).toBe('in-use');
    expect(facts.warranty).toEqual({ months: 12, from: '2026-03-02', until: '2027-03-01' });
    const text = await bundle();
    expect((await verify(text)).failed).toBeNull();
    expect(text).toContain(after.keys.find((k) => !k.retiredAt)?.id);
  });

  test('private keys are sealed files of their owner alone, and in no row', async () => {
    const folder = join(p.app.app.config.home, 'keys', 'issuers');
    expect(existsSync(folder)).toBe(true);
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      expect(Buffer.from(readFileSync(join(folder, name), 'utf8'), 'base64')).toHaveLength(60);
    }
  });

  test('credential and status list are served under the addresses they name', async () => {
    const { credential } = await passport();
    const reply = await p.app.running.server.inject({
      url: `/api/v1/passport/credentials/${credential?.id}`,
    });
    const vc = reply.json() as JsonObject;
    const status = vc.credentialStatus;
    const url = isObject(status) ? String(status.statusListCredential) : '';
    const list = await p.app.running.server.inject({ url: new URL(url).pathname });
    expect(list.json().type).toContain('BitstringStatusListCredential');
    const wrong = { params: { orgId: 'org_none', list: 1 } };
    expect(await anonymous.refused(c.getStatusList, wrong)).toBe('PASSPORT_CREDENTIAL_NOT_FOUND');
  });
});

describe('other organisations', () => {
  test('change nothing: not by an endpoint, not by a row', async () => {
    const intruder = await stranger.as('owner');
    const params = { unitId: unit.id };
    expect(await intruder.refused(c.getPassportOfUnit, { params })).toBe('PASSPORT_NOT_FOUND');
    expect(await intruder.refused(c.publishPassport, { params })).toBe('UNIT_NOT_FOUND');
    const { credential } = await passport();
    const revoke = { params: { credentialId: credential?.id ?? '' }, body: { reason: 'x' } };
    expect(await intruder.refused(c.revokeCredential, revoke)).toBe(
      'PASSPORT_CREDENTIAL_NOT_FOUND',
    );
    expect((await intruder.ok(c.listPassports)).items).toEqual([]);
    const before = await passport();
    const scope = { kind: 'org', org: stranger.ref.no, actor: 'user:x' } as const;
    for (const table of ['published', 'credential', 'status_list', 'issuer_key', 'disclosure']) {
      const name = sql.raw(`passport.${table}`);
      const r = await transact(p.app.app.db, scope, (tx) => sql`delete from ${name}`.execute(tx));
      expect(Number(r.numAffectedRows)).toBe(0);
    }
    expect(await passport()).toEqual(before);
  });

  test('cannot be overtaken: an identifier has one publisher', async () => {
    const made = await born(p);
    const document = JSON.stringify({ facts: {}, status: {} });
    const scope = { kind: 'org', org: stranger.ref.no, actor: 'user:x' } as const;
    await transact(p.app.app.db, scope, (tx) =>
      sql`insert into passport.published (org_id, epc, unit_id, serial, document, updated_at)
        values (${stranger.ref.no}, ${made.epc}, 'unit_x', 'x', ${document}::jsonb, ${p.app.clock.now()})`.execute(
        tx,
      ),
    );
    await settle();
    const params = { unitId: made.id };
    expect(await p.owner.refused(c.publishPassport, { params })).toBe('PASSPORT_EPC_TAKEN');
    expect(await p.owner.refused(c.getPassportOfUnit, { params })).toBe('PASSPORT_NOT_FOUND');
  });
});

describe('the next life', () => {
  test('a returned unit becomes a core; the product made of it tells every life before', async () => {
    const back = await p.owner.ok(market.receiveReturn, { body: { unitId: unit.id } });
    const params = { coreId: back.coreId };
    await p.owner.ok(cores.gradeCore, {
      params,
      body: { answers: answers('SURFACE'), photos: await gradingPhotos(p.owner) },
    });
    await p.owner.ok(cores.moveCoreTo, { params, body: { to: 'stock', place: 'A-02' } });
    await tornDown(p, back.coreId);
    const [ring] = await cleanedAt(p, back.coreId, 50);
    await decided(p, ring?.id ?? '');
    const next = await born(p, new Map([[50, ring?.id ?? '']]));
    await settle();
    expect((await passport()).status.stage).toBe('returned');
    const { facts } = await anonymous.ok(c.getPassport, { query: { epc: next.epc } });
    expect(facts.life).toBe(3);
    expect(facts.lives.map((l) => [l.life, l.wasUnit])).toEqual([
      [2, true],
      [1, false],
      [1, false],
    ]);
    expect(facts.lives[0]?.epc).toBe(unit.epc);
    expect(await anonymous.refused(c.getBundle, { query: { epc: next.epc } })).toBe(
      'PASSPORT_NOT_CERTIFIED',
    );
  }, 60_000);
});
