/** What leaves the plant: credentials in every form, exports, links, and views by audience. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  credentialDigest,
  didResolver,
  eddsaJcs2022,
  verifyCredential,
  verifyJwt,
} from '@zaizao/credential';
import { eddsaRdfc2022 } from '@zaizao/credential/rdfc';
import type { Actor } from '@zaizao/platform/testkit';
import { isArray, isObject, type JsonObject, type JsonValue } from '@zaizao/tlog';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disclosuresOf } from '../ledger/index.ts';
import { inOrg } from '../ledger/testing.ts';
import * as market from '../market/contract.ts';
import * as production from '../production/contract.ts';
import type { Plant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { keyPath } from './domain/address.ts';
import { cutFor, withheldBy } from './domain/audience.ts';
import { PINNED_CONTEXTS } from './domain/contexts.ts';
import { verifyPassport } from './index.ts';
import { assembled, certifiedOf, settle, startPassportPlant } from './testing-unit.ts';

let p: Plant;
let anonymous: Actor;
let shop: Actor;
let unit: { id: string; epc: string; serial: string };
const suites = [eddsaJcs2022, eddsaRdfc2022(PINNED_CONTEXTS)];

beforeAll(async () => {
  p = await startPassportPlant();
  anonymous = p.app.anonymous;
  unit = await certifiedOf(p, await assembled(p));
  shop = await (await p.app.org('顺达汽修', 'repair-shop')).as('shop');
  await sold(shop);
}, 180_000);
afterAll(() => p.app.stop());

/** Sold and shipped: events with an order, a carrier and a tracking number. */
async function sold(buyer: Actor) {
  await p.owner.ok(production.releaseUnit, { params: { unitId: unit.id }, body: {} });
  const listed = await p.owner.ok(market.listUnit, {
    body: { unitId: unit.id, priceFen: '26000', goodsClass: 'reman-new', warrantyMonths: 12 },
  });
  const order = await buyer.ok(market.placePurchase, {
    body: { listingIds: [listed.id], deliverTo: '沧州', onCredit: true },
  });
  const params = { orderId: order.id };
  await p.owner.ok(market.confirmSale, { params, body: { accept: true } });
  await p.owner.ok(market.pickOrder, { params, body: { serials: [unit.serial] } });
  await p.owner.ok(market.shipOrder, {
    params,
    body: { carrier: '顺丰', trackingNumber: 'SF-77' },
  });
  await settle(p);
}

const epc = () => ({ epc: unit.epc });
const get = (url: string, accept?: string) =>
  p.app.running.server.inject({ url, headers: accept ? { accept } : {} });
const link = () => keyPath(unit.epc) ?? '';

async function resolver() {
  const { issuer = '' } = await anonymous.ok(c.getPassport, { query: epc() });
  const document = (await get(`/did/${issuer.split(':').at(-1)}/did.json`)).json();
  return didResolver([document]);
}

async function verified(credential: JsonObject | string) {
  const checks = { suites, resolve: await resolver(), now: p.app.clock.now() };
  const verdict = await verifyCredential(credential, checks);
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict.credential;
}

/** A schema of the protocol, where the data folder has it. */
function untpSchema(name: string): JsonObject | undefined {
  const folder = process.env.ZAIZAO_DATA ?? '../shared/data';
  try {
    return JSON.parse(readFileSync(join(folder, 'epcis/untp', `${name}-schema.json`), 'utf8'));
  } catch {
    return undefined;
  }
}

describe('credentials', () => {
  const json = async (endpoint: typeof c.getConformity, form?: c.CredentialForm) => {
    const reply = await anonymous.call(endpoint, {
      query: { ...epc(), ...(form ? { form } : {}) },
    });
    expect(reply.status, reply.bytes.toString()).toBe(200);
    const text = reply.bytes.toString('utf8');
    return form === 'jwt' ? text : (JSON.parse(text) as JsonObject);
  };

  test('the passport comes signed in three forms, each verifying, each always the same', async () => {
    const jcs = (await get(link(), 'application/vc')).json() as JsonObject;
    const rdfc = (await get(`${link()}?form=rdfc`, 'application/vc')).json() as JsonObject;
    const jwt = (await get(link(), 'application/vc+jwt')).body;
    const proofOf = (vc: JsonObject) => (vc.proof as JsonObject).cryptosuite;
    expect([proofOf(jcs), proofOf(rdfc)]).toEqual(['eddsa-jcs-2022', 'eddsa-rdfc-2022']);
    expect(jwt.split('.')).toHaveLength(3);
    const digests = new Set<string>();
    for (const form of [jcs, rdfc, jwt]) digests.add(credentialDigest(await verified(form)));
    expect(digests.size).toBe(1);
    expect((await get(link(), 'application/vc+jwt')).body).toBe(jwt);
    const changed = { ...rdfc, name: 'changed' };
    await expect(verified(changed)).rejects.toThrow();
  });

  test('the address that a credential names serves every form by Accept and by query', async () => {
    const { id } = (await get(link(), 'application/vc')).json() as { id: string };
    const path = new URL(id).pathname;
    expect((await get(path)).headers['content-type']).toContain('application/vc');
    const token = await get(path, 'application/vc+jwt');
    expect(token.headers['content-type']).toContain('application/vc+jwt');
    expect(verifyJwt(token.body, await resolver()).ok).toBe(true);
    const suite = 'application/vc; cryptosuite=eddsa-rdfc-2022';
    expect((await get(path, suite)).json().proof.cryptosuite).toBe('eddsa-rdfc-2022');
    expect((await get(`${path}?form=rdfc`)).json().proof.cryptosuite).toBe('eddsa-rdfc-2022');
    expect((await get('/api/v1/passport/credentials/vc_none')).statusCode).toBe(404);
  });

  test('the conformity credential attests what the passport claims, and the passport names it', async () => {
    for (const form of [undefined, 'rdfc', 'jwt'] as const) {
      const vc = await verified(await json(c.getConformity, form));
      expect(vc.type).toContain('DigitalConformityCredential');
      const { assessment } = vc.credentialSubject as { assessment: JsonObject[] };
      expect(assessment.length).toBeGreaterThan(3);
      expect(assessment.every(({ conformance }) => conformance === true)).toBe(true);
    }
    const passport = (await get(link(), 'application/vc')).json() as JsonObject;
    const { id } = (await json(c.getConformity)) as JsonObject;
    expect(JSON.stringify(passport)).toContain(String(id));
  });

  test('the traceability credential tells the public part of the events', async () => {
    for (const form of [undefined, 'rdfc', 'jwt'] as const) {
      const vc = await verified(await json(c.getTraceability, form));
      const events = vc.credentialSubject as unknown as JsonObject[];
      const steps = events.map(({ processType }) => processType);
      expect(steps).toEqual(
        expect.arrayContaining(['remanufacturing', 'disassembling', 'shipping']),
      );
      expect(JSON.stringify(vc)).not.toMatch(/urn:zaizao:order|SF-77|workOrder/);
    }
  });

  test('all three have the shape that the protocol publishes (skipped without its schemas)', async () => {
    const documents = {
      dpp: (await get(link(), 'application/vc')).json() as JsonObject,
      dcc: await json(c.getConformity),
      dte: await json(c.getTraceability),
    };
    for (const [name, document] of Object.entries(documents)) {
      const schema = untpSchema(name);
      if (!schema) continue;
      const ajv = new Ajv2020({ strict: false });
      addFormats.default(ajv);
      expect(ajv.validate(schema, document), ajv.errorsText()).toBe(true);
    }
  });

  test('a bundle carries the passport in whatever form is asked for', async () => {
    for (const form of c.CREDENTIAL_FORMS) {
      const reply = await anonymous.call(c.getBundle, { query: { ...epc(), form } });
      const verdict = await verifyPassport(reply.bytes.toString('utf8'), {
        now: p.app.clock.now(),
      });
      expect(verdict.failed).toBeNull();
    }
  });

  test('the histories of the components and of the key are in the bundle', async () => {
    const reply = await anonymous.call(c.getBundle, { query: epc() });
    const bundle = JSON.parse(reply.bytes.toString('utf8')) as {
      histories: { thing: string; entries: unknown[] }[];
    };
    const things = bundle.histories.map(({ thing }) => thing);
    const { facts, issuer } = await anonymous.ok(c.getPassport, { query: epc() });
    expect(things).toEqual(expect.arrayContaining(facts.lives.map((life) => life.epc)));
    expect(things.filter((thing) => thing.startsWith('did:')).map((x) => x.split('#')[0])).toEqual([
      issuer,
    ]);
    const components = things.filter(
      (thing) => thing !== unit.epc && /8004|8006|8010|\/01\//.test(thing),
    );
    expect(components.length).toBeGreaterThanOrEqual(2 + facts.lives.length);
    const verdict = await verifyPassport(reply.bytes.toString('utf8'), { now: p.app.clock.now() });
    const processes = verdict.events.map((e) => e.event['zz:process']);
    expect(processes).toEqual(expect.arrayContaining(['cleaning', 'restoring']));
  });
});

describe('the resolver', () => {
  test('says what it is and what it resolves', async () => {
    const described = (await get('/.well-known/gs1resolver')).json();
    expect(described.supportedPrimaryKeys).toEqual(['01', '8004']);
    expect(described.resolverRoot).toBe('http://localhost:8080');
  });

  test('gives the set of links by Accept, by linkType, and in its header', async () => {
    const sets = await Promise.all([
      get(link(), 'application/linkset+json'),
      get(`${link()}?linkType=linkset`),
      get(`${link()}?linkType=all`),
    ]);
    for (const set of sets) {
      expect(set.headers['content-type']).toContain('application/linkset+json');
      expect(set.json()).toEqual(sets[0]?.json());
    }
    const [context] = (sets[0]?.json().linkset ?? []) as JsonObject[];
    for (const word of ['defaultLink', 'pip', 'dpp', 'traceability', 'certificationInfo']) {
      const links = context?.[`https://gs1.org/voc/${word}`] ?? null;
      expect(
        isArray(links) && links.every((l) => isObject(l) && URL.canParse(String(l.href))),
      ).toBe(true);
    }
    const page = await get(link(), 'text/html');
    expect(page.headers.link).toContain('rel="linkset"; type="application/linkset+json"');
  });

  test('of several links of a type the one of the wanted media type', async () => {
    const to = async (type: string, accept: string) =>
      (await get(`${link()}?linkType=${type}`, accept)).headers.location ?? '';
    expect(await to('gs1:certificationInfo', 'application/pdf')).toContain('/public/certificates/');
    expect(await to('gs1:certificationInfo', 'application/vc')).toMatch(/passport\/conformity/);
    expect(await to('https://gs1.org/voc/traceability', 'application/vc+jwt')).toContain(
      'form=jwt',
    );
    expect(await to('gs1:pip', 'application/json')).toContain('/passport/01/');
    // every target answers
    const set = (await get(link(), 'application/linkset+json')).json().linkset[0] as JsonObject;
    for (const links of Object.values(set).filter(isArray)) {
      for (const { href } of links as unknown as { href: string }[]) {
        const { pathname, search } = new URL(href);
        if (pathname.startsWith('/passport/')) continue; // a page of the web application
        expect((await get(`${pathname}${search}`)).statusCode, href).toBe(200);
      }
    }
  });

  test('a lot or variant before the serial number leads to the same thing', async () => {
    const [, gtin, , serial] = link().match(/^\/01\/(\d+)(\/21\/)(.+)$/) ?? [];
    const qualified = await get(`/01/${gtin}/10/LOT7/21/${serial}?lang=en`);
    expect(qualified.headers.location).toBe(`${link()}?lang=en`);
  });

  test('a type that is not wanted at any price is not sent', async () => {
    const data = await get(link(), 'application/vc;q=0, application/json');
    expect(data.json().facts.serial).toBe(unit.serial);
  });
});

describe('exports', () => {
  test('to Catena-X and to an administration shell, from the same facts', async () => {
    const certificate = JSON.parse(
      (await anonymous.call(c.exportCatenaX, { query: epc() })).bytes.toString(),
    );
    expect(certificate.certificate.supplier).toMatch(/^BPNLDEMO/);
    expect(certificate.certificate.catenaXIdPreviousLife).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    const shell = JSON.parse(
      (await anonymous.call(c.exportShell, { query: epc() })).bytes.toString(),
    );
    expect(shell.submodels.map((s: JsonObject) => s.idShort)).toEqual([
      'Nameplate',
      'DppMetadata',
      'Remanufacturing',
    ]);
    const before = await p.owner.ok(c.getIssuer);
    const set = (bpn: string, version: number) =>
      p.owner.ok(c.editSetting, { body: { bpn }, version });
    const after = await set('BPNL000000000ZZA', before.settingVersion);
    expect(after).toMatchObject({ bpn: 'BPNL000000000ZZA', bpnExample: false });
    const again = await anonymous.call(c.exportCatenaX, { query: epc() });
    expect(again.bytes.toString()).toContain('BPNL000000000ZZA');
    const stale = { body: { bpn: 'BPNL000000000ZZB' }, version: before.settingVersion };
    expect(await p.owner.refused(c.editSetting, stale)).toBe('STALE_VERSION');
  });

  test('the badge verifies the credential when it is asked for', async () => {
    expect(await anonymous.ok(c.getBadgeState, { query: epc() })).toMatchObject({
      state: 'verified',
    });
    const svg = await anonymous.call(c.getBadge, { query: { ...epc(), lang: 'en' } });
    expect(svg.bytes.toString()).toContain('Remanufactured · verified');
    const none = { query: { epc: 'https://id.gs1.org/01/09520000100018/21/NONE' } };
    expect(await anonymous.refused(c.getBadgeState, none)).toBe('PASSPORT_NOT_FOUND');
  });
});

describe('views by audience', () => {
  /** Every text that the maker's events hold, with the audiences that may see it somewhere. */
  async function secretsOf(): Promise<Map<string, Set<c.Audience>>> {
    const secrets = new Map<string, Set<c.Audience>>();
    const { facts } = await anonymous.ok(c.getPassport, { query: epc() });
    await inOrg(p.app.app, p.org.ref, async (ctx) => {
      const { eventsOfThings, madeOf, namesOurs } = await import('./service/things.ts');
      const events = await eventsOfThings(ctx, facts, { components: true });
      const ours = new Set([
        ...events.map(({ thing }) => thing.epc),
        ...events.flatMap(({ opened }) => madeOf(opened)),
      ]);
      expect((await disclosuresOf(ctx, unit.epc)).length).toBeGreaterThan(4);
      for (const { opened } of events) {
        const { bizStep } = opened.event;
        const whole = opened.disclosure;
        for (const audience of c.AUDIENCES) {
          const cut = cutFor(audience, whole, bizStep, namesOurs(ours, bizStep));
          for (const text of textsIn(valuesOf(whole))) {
            if (!secrets.has(text)) secrets.set(text, new Set());
          }
          for (const text of textsIn(valuesOf(cut))) secrets.get(text)?.add(audience);
          for (const { group, openTo } of withheldBy(cut, whole, bizStep)) {
            expect(openTo, group).not.toContain(audience);
          }
        }
      }
    });
    return secrets;
  }

  const valuesOf = (d: Parameters<typeof cutFor>[1]): JsonValue[] => [
    ...d.groups.map(({ value }) => value),
    ...d.lists.flatMap(({ elements }) => elements.map(({ value }) => value)),
  ];

  function textsIn(value: JsonValue): string[] {
    if (typeof value === 'string') return value.length > 5 ? [value] : [];
    if (isArray(value)) return value.flatMap(textsIn);
    return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
  }

  /** Reads a view and its bundle as whoever may. */
  async function read(audience: c.Audience): Promise<{ view: string; bundle: string }> {
    const query = { ...epc(), view: audience };
    const view = await p.owner.call(c.getAudienceView, { query });
    const bundle = await p.owner.call(c.getBundle, { query });
    expect([view.status, bundle.status], bundle.bytes.toString('utf8').slice(0, 300)).toEqual([
      200, 200,
    ]);
    return { view: view.bytes.toString('utf8'), bundle: bundle.bytes.toString('utf8') };
  }

  test('no view holds a byte of what it withholds, and each holds what it shows', async () => {
    const secrets = await secretsOf();
    const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
    let withheld = 0;
    for (const audience of c.AUDIENCES) {
      const { view, bundle } = await read(audience);
      const shown = [...secrets].filter(([, who]) => who.has(audience)).map(([text]) => text);
      for (const [text, who] of secrets) {
        if (who.has(audience)) continue;
        // The same text may be public elsewhere, as part of a longer one or in the credential.
        if (shown.some((other) => other.includes(text))) continue;
        withheld++;
        expect(view, `${audience}: ${text}`).not.toContain(escaped(text));
        expect(bundle, `${audience}: ${text}`).not.toContain(escaped(text));
      }
    }
    expect(withheld).toBeGreaterThan(20);
    const { bundle } = await read('regulator');
    for (const text of secrets.keys()) expect(bundle).toContain(escaped(text));
  });

  test('every view proves: what it shows is what the log committed to', async () => {
    const now = p.app.clock.now();
    const whole: number[] = [];
    for (const audience of c.AUDIENCES) {
      const { bundle } = await read(audience);
      const verdict = await verifyPassport(bundle, { now });
      expect(verdict.failed, audience).toBeNull();
      whole.push(verdict.events.filter(({ complete }) => complete).length);
    }
    const [publicOnes = 0, , , , regulator = 0] = whole;
    expect(regulator).toBeGreaterThan(publicOnes);
  });

  test('a disclosed value that was changed is found, and where', async () => {
    const { bundle } = await read('certifier');
    const at = bundle.indexOf('"name":"ext:zz:workOrder"');
    expect(at).toBeGreaterThan(0);
    const value = bundle.indexOf('"value":"', at) + 9;
    const forged = `${bundle.slice(0, value)}X${bundle.slice(value + 1)}`;
    const verdict = await verifyPassport(forged, { now: p.app.clock.now() });
    expect(verdict.failed).toMatchObject({ id: 'disclosure' });
    expect(verdict.failed?.detail).toContain('ext:zz:workOrder');
  });

  test('who sees what: anyone, the buyer who is a workshop too, a stranger', async () => {
    const open = async (who: Actor, view?: c.Audience) => {
      const query = { ...epc(), ...(view ? { view } : {}) };
      const { view: seen, by, open: all } = await who.ok(c.getAudienceView, { query });
      return { seen, by, all };
    };
    expect(await open(anonymous)).toEqual({ seen: 'public', by: 'anyone', all: ['public'] });
    const bought = await open(shop);
    expect(bought).toEqual({ seen: 'service', by: 'kind', all: ['public', 'buyer', 'service'] });
    expect((await open(shop, 'buyer')).by).toBe('buyer');
    const fleet = await (await p.app.org('某车队', 'fleet')).as('fleet');
    expect((await open(fleet)).all).toEqual(['public']);
    const closed = { query: { ...epc(), view: 'service' as const } };
    expect(await fleet.refused(c.getAudienceView, closed)).toBe('PASSPORT_VIEW_CLOSED');
    expect(await fleet.refused(c.getBundle, closed)).toBe('PASSPORT_VIEW_CLOSED');
    expect(await anonymous.refused(c.getBundle, closed)).toBe('PASSPORT_VIEW_CLOSED');
    const buyers = (await anonymous.ok(c.getAudienceView, { query: epc() })).events;
    const kept = buyers.flatMap((e) => e.withheld).find((w) => w.group === 'business');
    expect(kept?.openTo).toContain('regulator');
    expect((await open(p.owner)).all).toEqual([...c.AUDIENCES]);
    const tester = await p.org.as('tester');
    expect((await open(tester, 'regulator')).by).toBe('maker');
  });

  test('the buyer sees the order, a workshop what was done; neither the other', async () => {
    const text = async (view: c.Audience) =>
      JSON.stringify(await p.owner.ok(c.getAudienceView, { query: { ...epc(), view } }));
    expect(await text('buyer')).toContain('urn:zaizao:order');
    expect(await text('service')).not.toContain('urn:zaizao:order');
    expect(await text('service')).toContain('CLN-US');
    expect(await text('buyer')).not.toContain('CLN-US');
    expect(await text('certifier')).toMatch(/"group":"ext:zz:workOrder","value":"/);
    expect(await text('service')).not.toMatch(/"group":"ext:zz:workOrder","value":"/);
  });

  const inDays = (n: number) =>
    new Date(p.app.clock.now().getTime() + n * 86_400_000).toISOString();

  test('a link opens a view to whoever holds it, until it ends or is withdrawn', async () => {
    const body = { ...epc(), audience: 'certifier' as const, expiresAt: inDays(7), note: '年审' };
    const made = await p.owner.ok(c.grantAccess, { body });
    const share = new URL(made.link ?? '').searchParams.get('share') ?? '';
    expect(new URL(made.link ?? '').pathname).toBe(`/passport${link()}`);
    const query = { ...epc(), share };
    expect(await anonymous.ok(c.getAudienceView, { query })).toMatchObject({
      view: 'certifier',
      by: 'share',
      until: body.expiresAt,
    });
    const bundle = await anonymous.call(c.getBundle, { query });
    expect(bundle.bytes.toString('utf8')).toContain('ext:zz:workOrder');
    expect(JSON.stringify((await p.owner.ok(c.listAccess)).items)).not.toContain(share);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
      select d::text as row from zaizao.idempotency d union all select d::text from zaizao.audit d
      union all select d::text from passport.access d) kept
      where row like ${`%${share}%`}`.execute(p.app.app.db.kysely);
    expect(rows[0]?.n).toBe(0);
    expect((await p.owner.ok(c.listAccess, { query: epc() })).items[0]).toMatchObject({
      uses: 2,
      state: 'open',
    });
    const wider = { query: { ...query, view: 'regulator' as const } };
    expect(await anonymous.refused(c.getAudienceView, wider)).toBe('PASSPORT_VIEW_CLOSED');
    const guessed = { query: { ...epc(), share: `${share}x` } };
    expect(await anonymous.refused(c.getAudienceView, guessed)).toBe('PASSPORT_VIEW_CLOSED');

    const params = { accessId: made.id };
    const stranger = await (await p.app.org('别家', 'remanufacturer')).as('owner');
    expect(await stranger.refused(c.withdrawAccess, { params })).toBe('PASSPORT_ACCESS_NOT_FOUND');
    expect((await p.owner.ok(c.withdrawAccess, { params })).state).toBe('withdrawn');
    expect(await anonymous.refused(c.getAudienceView, { query })).toBe('PASSPORT_VIEW_CLOSED');
    expect(await p.owner.refused(c.withdrawAccess, { params })).toBe('PASSPORT_ACCESS_ENDED');
  });

  test('a link ends by itself; times that are no times are refused', async () => {
    const body = { ...epc(), audience: 'buyer' as const, expiresAt: inDays(1) };
    const made = await p.owner.ok(c.grantAccess, { body });
    const share = new URL(made.link ?? '').searchParams.get('share') ?? '';
    const query = { ...epc(), share };
    expect((await anonymous.ok(c.getAudienceView, { query })).view).toBe('buyer');
    p.app.clock.advance(25 * 3_600_000);
    expect(await anonymous.refused(c.getAudienceView, { query })).toBe('PASSPORT_VIEW_CLOSED');
    for (const expiresAt of [inDays(-1), inDays(1000)]) {
      const wrong = { body: { ...body, expiresAt } };
      expect(await p.owner.refused(c.grantAccess, wrong)).toBe('PASSPORT_ACCESS_TIME_WRONG');
    }
    const { epc: _, ...everything } = body;
    const all = { body: { ...everything, expiresAt: inDays(1) } };
    expect(await p.owner.refused(c.grantAccess, all)).toBe('INPUT_INVALID');
  });

  test('a certifier and a regulator see by a grant; what one says of itself opens nothing', async () => {
    const certifier = await p.app.org('华检认证', 'certifier');
    const person = await certifier.as('certifier');
    const query = epc();
    expect((await person.ok(c.getAudienceView, { query })).open).toEqual(['public']);
    const body = { audience: 'certifier' as const, orgId: certifier.ref.id, expiresAt: inDays(30) };
    const grant = await p.owner.ok(c.grantAccess, { body });
    expect(grant).toMatchObject({ kind: 'organisation', partner: '华检认证' });
    expect(grant.link).toBeUndefined();
    expect(await person.ok(c.getAudienceView, { query })).toMatchObject({
      view: 'certifier',
      by: 'grant',
    });
    const wrong = { body: { ...body, audience: 'regulator' as const } };
    expect(await p.owner.refused(c.grantAccess, wrong)).toBe('PASSPORT_ACCESS_KIND_WRONG');
    await p.owner.ok(c.withdrawAccess, { params: { accessId: grant.id } });
    expect((await person.ok(c.getAudienceView, { query })).open).toEqual(['public']);
    const assembler = await p.org.as('assembler');
    expect(await assembler.refused(c.grantAccess, { body })).toBe('PERMISSION_DENIED');
  });
});
