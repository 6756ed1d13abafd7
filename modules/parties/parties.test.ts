import { transact } from '@zaizao/platform/db';
import { type Ctx, makeCtx } from '@zaizao/platform/http';
import { newId, type Result, unwrap } from '@zaizao/platform/kernel';
import { type Actor, startTestApp, type TestApp, type TestOrg } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as c from './contract.ts';
import * as door from './index.ts';

let t: TestApp;
let plant: TestOrg;
let owner: Actor;
let viewer: Actor;

beforeAll(async () => {
  t = await startTestApp({
    modules: [door.partiesModule],
    identity: { roles: door.roleTable, kinds: door.organisationKinds },
  });
  plant = await t.org('河间再制造厂');
  owner = await plant.as('owner');
  viewer = await plant.as('viewer');
});
afterAll(() => t.stop());

/** Runs a door function as a use case of an organisation would. */
function inOrg<T>(org: TestOrg, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const principal = { kind: 'system', id: 'test', name: 'test' } as const;
  return transact(t.app.db, { kind: 'org', org: org.ref.no, actor: 'system:test' }, (tx) => {
    const now = t.app.clock.now();
    const parts = { app: t.app, tx, org: org.ref, principal, requestId: newId('req'), now };
    return work(makeCtx({ ...parts, lang: 'en', afterCommit: () => {} }));
  });
}

describe('organisation', () => {
  test('opens itself with an example prefix and follows an edit', async () => {
    const first = await owner.ok(c.getOrganisation);
    expect(first).toMatchObject({ name: '河间再制造厂', gs1Example: true, version: 1 });
    const { id: _id, name: _name, simulated: _s, gs1Example: _e, version, ...fields } = first;
    const creditCode = '91350100M000100Y43';
    const body = { ...fields, creditCode, zone: 'Asia/Urumqi' as const };
    const edited = await owner.ok(c.editOrganisation, { version, body });
    expect(edited).toMatchObject({ creditCode, zone: 'Asia/Urumqi', version: 2 });
    expect(await owner.refused(c.editOrganisation, { version, body })).toBe('STALE_VERSION');
    const wrong = { ...body, creditCode: '91350100M000100Y44' };
    expect(await owner.refused(c.editOrganisation, { version: 2, body: wrong })).toBe(
      'CREDIT_CODE_WRONG',
    );
    expect(await viewer.refused(c.editOrganisation, { version: 2, body })).toBe(
      'PERMISSION_DENIED',
    );
  });

  test('a prefix belongs to one organisation, and stays once codes were issued under it', async () => {
    const [a, b] = [await t.org('甲厂'), await t.org('乙厂')];
    const [one, two] = [await a.as('owner'), await b.as('owner')];
    const edit = async (who: Actor, gs1Prefix: string) => {
      const now = await who.ok(c.getOrganisation);
      const { kind, zone, version } = now;
      return who.call(c.editOrganisation, { version, body: { kind, zone, gs1Prefix } });
    };
    expect((await edit(one, '69012345')).status).toBe(200);
    expect((await edit(two, '69012345')).body).toMatchObject({ code: 'GS1_PREFIX_TAKEN' });
    await one.ok(c.openSite, { body: { name: '一厂', kind: 'plant' } });
    expect((await edit(one, '69012346')).body).toMatchObject({ code: 'GS1_PREFIX_IN_USE' });
  });
});

describe('sites', () => {
  test('the first is the default; there is always exactly one', async () => {
    const org = await t.org('场所厂');
    const boss = await org.as('owner');
    const a = await boss.ok(c.openSite, { body: { name: '主厂区', kind: 'plant' } });
    const b = await boss.ok(c.openSite, { body: { name: '二库', kind: 'warehouse' } });
    expect([a.isDefault, b.isDefault]).toEqual([true, false]);
    expect(a.epc).toBe(`https://id.gs1.org/414/${a.gln}`);
    const params = { siteId: b.id };
    const body = { name: '二库', kind: 'warehouse' as const, isDefault: true, active: true };
    await boss.ok(c.editSite, { params, version: b.version, body });
    const { items } = await boss.ok(c.listSites);
    expect(items.filter((s) => s.isDefault).map((s) => s.id)).toEqual([b.id]);
    const close = { ...body, active: false };
    const refused = await boss.refused(c.editSite, { params, version: b.version + 1, body: close });
    expect(refused).toBe('SITE_IS_DEFAULT');
  });

  test('the default site opens itself, and stations are extensions of it', async () => {
    const org = await t.org('新厂');
    const site = await inOrg(org, (ctx) => door.defaultSite(ctx));
    const again = await inOrg(org, (ctx) => door.defaultSite(ctx));
    expect(again.id).toBe(site.id);
    const epc = unwrap(await inOrg(org, (ctx) => door.locationEpc(ctx, undefined, 'IN-01')));
    expect(epc).toBe(`${site.epc}/254/IN-01`);
  });

  test('another organisation’s site does not exist here', async () => {
    const other = await (await t.org('外厂')).as('owner');
    const theirs = await other.ok(c.openSite, { body: { name: '外', kind: 'plant' } });
    expect(await owner.refused(c.getSite, { params: { siteId: theirs.id } })).toBe(
      'SITE_NOT_FOUND',
    );
  });
});

describe('partners and licences', () => {
  test('a partner is found by name and page; an inactive one does no business', async () => {
    const org = await t.org('往来厂');
    const buyer = await org.as('buyer');
    for (const name of ['乙修理厂', '甲修理厂', '丙拆解厂', '100%厂']) {
      const kind = name.includes('拆解') ? ('dismantler' as const) : ('repair-shop' as const);
      await buyer.ok(c.addPartner, { body: { name, kind } });
    }
    const found = await buyer.ok(c.listPartners, { query: { q: '修理' } });
    expect(found.items).toHaveLength(2);
    expect((await buyer.ok(c.listPartners, { query: { q: '0%' } })).items).toHaveLength(1);
    const one = await buyer.ok(c.listPartners, { query: { limit: 3 } });
    const two = await buyer.ok(c.listPartners, { query: { limit: 3, cursor: one.next } });
    expect(new Set([...one.items, ...two.items].map((p) => p.id)).size).toBe(4);
    expect(two.next).toBeUndefined();
    expect(await buyer.refused(c.listPartners, { query: { cursor: 'x' } })).toBe('CURSOR_INVALID');
    const [p] = found.items;
    if (!p) throw new Error('a partner was added above');
    const params = { partnerId: p.id };
    const body = { name: p.name, kind: p.kind, active: false };
    await buyer.ok(c.editPartner, { params, version: p.version, body });
    const refused = await inOrg(org, (ctx) => door.requirePartner(ctx, p.id));
    expect(refused).toMatchObject({ ok: false, error: { code: 'PARTNER_INACTIVE' } });
  });

  test('the partner for another organisation is entered once, whoever comes first', async () => {
    const [here, there] = [await t.org('本厂'), await t.org('对方', 'repair-shop')];
    const link = () => inOrg(here, (ctx) => door.partnerOfOrg(ctx, there.ref)).then(unwrap);
    const [a, b] = await Promise.all([link(), link()]);
    expect(a.id).toBe(b.id);
    expect(a).toMatchObject({ name: '对方', orgId: there.ref.id });
    const self = await inOrg(here, (ctx) => door.partnerOfOrg(ctx, here.ref));
    expect(self).toMatchObject({ ok: false, error: { code: 'PARTNER_IS_ONESELF' } });
  });

  test('a vehicle dismantler is licensed on a day, or refused with the reason', async () => {
    const org = await t.org('收购厂');
    const buyer = await org.as('buyer');
    const body = { name: '丁拆解厂', kind: 'dismantler' as const };
    const partner = await buyer.ok(c.addPartner, { body });
    const need = (day: string): Promise<Result<c.LicenceView>> =>
      inOrg(org, (ctx) => door.requireLicence(ctx, partner.id, 'vehicle-dismantling', day));
    expect(await need('2026-03-02')).toMatchObject({
      ok: false,
      error: { code: 'LICENCE_REQUIRED' },
    });
    const licence = {
      partnerId: partner.id,
      kind: 'vehicle-dismantling' as const,
      number: '冀拆-001',
      issuer: '商务局',
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
    };
    const held = await buyer.ok(c.recordLicence, { body: licence });
    expect(held.state).toBe('valid');
    expect(await buyer.refused(c.recordLicence, { body: licence })).toBe('ALREADY_EXISTS');
    expect(await need('2026-12-31')).toMatchObject({ ok: true, value: { number: '冀拆-001' } });
    expect((await need('2027-01-01')).ok).toBe(false);
    const params = { licenceId: held.id };
    const revoke = { params, version: held.version, body: { day: '2026-06-01' } };
    await buyer.ok(c.revokeLicence, revoke);
    expect((await need('2026-06-01')).ok).toBe(false);
    expect((await need('2026-05-31')).ok).toBe(true);
    const upsideDown = { ...licence, number: '2', validTo: '2025-01-01' };
    expect(await buyer.refused(c.recordLicence, { body: upsideDown })).toBe('LICENCE_PERIOD_WRONG');
  });
});

describe('codes', () => {
  test('are consecutive under concurrency, per organisation, and come back on refusal', async () => {
    const org = await t.org('编码厂');
    const one = () => inOrg(org, (ctx) => door.allocateCode(ctx, 'core'));
    const many = await Promise.all(Array.from({ length: 20 }, one));
    const expected = Array.from({ length: 20 }, (_, i) => `C${String(i + 1).padStart(7, '0')}`);
    expect([...many].sort()).toEqual(expected);
    await inOrg(org, async (ctx) => {
      await door.allocateCode(ctx, 'core');
      return { ok: false, error: { code: 'X', params: {} } };
    });
    expect(await one()).toBe('C0000021');
    const batch = await inOrg(org, (ctx) => door.allocateCodes(ctx, 'component', 3));
    expect(batch).toEqual(['K0000001', 'K0000002', 'K0000003']);
    expect(await inOrg(plant, (ctx) => door.allocateCode(ctx, 'core'))).toBe('C0000001');
  });
});
