import { commitAudit, flushLog } from '@zaizao/modules/ledger';
import type { OrgRef } from '@zaizao/platform/http';
import { createKey, revokeKey } from '@zaizao/platform/identity/contract';
import {
  addressOf,
  copyTenant,
  fingerprintOf,
  goodValue,
  hintsFrom,
  idsOf,
  type Operation,
  operationsOf,
  placesIn,
  rowsOf,
  type TenantTable,
  tenantTables,
} from '@zaizao/platform/testkit';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Plant, type Recorded, startPlant } from './testing-plant.ts';

type Headers = Readonly<Record<string, string>>;

/** Meant for other organisations: each shows or asks only what the other one publishes. */
const ACROSS = new Set([
  'cores.previewQuote', // by the published buy-back notice
  'cores.requestQuote', // an offer to a remanufacturer
  'ledger.setSharingPartner', // says what an organisation of the directory sees of one's own
  'market.placePurchase', // an order of what is in the shop window
  'planning.requestCapacity', // of what is offered to all
  'parties.addPartner', // an address book may name an organisation of the directory
  'passport.grantAccess', // one's own passports, opened to an organisation of the directory
]);
/** Ends never, or answers what has no tenant. */
const APART = new Set(['platform.live.get']);

let plant: Plant;
let other: OrgRef;
let tables: TenantTable[];
let operations: Operation[];
let callers: Record<'anonymous' | 'bare' | 'revoked' | 'foreignOwner' | 'foreignKey', Headers>;
let copies: Map<string, string>;

beforeAll(async () => {
  plant = await startPlant();
  const { t, org } = plant;
  const db = t.app.db.kysely;
  const made = await t.org('外厂');
  other = made.ref;
  tables = await tenantTables(db);
  operations = operationsOf(plant.document).filter((o) => !APART.has(o.id));
  // The other plant has the same of everything, under ids of its own.
  copies = await copyTenant(
    db,
    org.no,
    other.no,
    tables.filter((x) => x.kind !== '' && !/^(ledger|zaizao)\./.test(x.name)),
  );
  const owner = await plant.person(org, 'owner', ['owner']);
  const foreignOwner = await plant.person(other, 'foreign-owner', ['owner']);
  const revoked = await newKey(owner);
  const gone = await call(
    owner,
    'DELETE',
    addressOf('/api/v1/identity/keys/{id}', { id: revoked.id }),
  );
  expect(gone.statusCode).toBe(revokeKey.status);
  callers = {
    anonymous: {},
    bare: await plant.person(org, 'bare', ['nobody']),
    revoked: { authorization: `Bearer ${revoked.secret}` },
    foreignOwner,
    foreignKey: { authorization: `Bearer ${(await newKey(foreignOwner)).secret}` },
  };
}, 300_000);
afterAll(() => plant?.stop());

let keys = 0;
function call(headers: Headers, method: Operation['method'], url: string, body?: unknown) {
  return plant.t.running.server.inject({
    ...{ method, url },
    headers: { ...headers, 'idempotency-key': `matrix-${++keys}-key`, 'if-match': '"1"' },
    ...(body === undefined ? {} : { payload: body as object }), // contracts with a body take JSON
  });
}

async function newKey(owner: Headers): Promise<{ id: string; secret: string }> {
  const made = await call(owner, createKey.method, createKey.path, { name: 'k', roles: ['owner'] });
  return createKey.response.parse(made.json());
}

/** Everything of an organisation, at rest. */
async function state(org: OrgRef): Promise<string[]> {
  await plant.t.drain();
  await flushLog(plant.t.app);
  await commitAudit(plant.t.app);
  return fingerprintOf(plant.t.app.db.kysely, org.no, tables);
}

/** Requests to every operation whose ids are all of the plant. */
async function requests(): Promise<{ operation: Operation; url: string; body: unknown }[]> {
  const { t, org } = plant;
  const db = t.app.db.kysely;
  const strings = async (query: ReturnType<typeof sql<{ v: string }>>) =>
    (await query.execute(db)).rows.map((r) => r.v);
  const users = await strings(
    sql`select user_id as v from identity.membership where org_no = ${org.no}`,
  );
  const apiKeys = await strings(sql`select id as v from identity.api_key where org_no = ${org.no}`);
  const epcs = await strings(sql`select epc as v from ledger.thing where org_id = ${org.no}`);
  const codes = await strings(sql`select code as v from ledger.thing where org_id = ${org.no}`);
  const events = await strings(
    sql`select event_id as v from ledger.event where org_id = ${org.no}`,
  );
  const files = await strings(sql`select sha256 as v from zaizao.file where org_id = ${org.no}`);
  const own = [...(await idsOf(db, org.no, tables)), ['org', [org.id]], ['user', users]] as const;
  const ids = new Map<string, readonly string[]>([...own, ['key', apiKeys]]);
  const hint = hintsFrom(ids, {
    ...{ epc: epcs, epcs, thing: epcs, code: codes, q: codes, eventId: events, rest: epcs },
    ...{ sha256: files, userId: users, orgId: [org.id], organisationId: [org.id] },
  });
  return operations.flatMap((operation, n) => {
    const params: Record<string, fc.Arbitrary<unknown>> = {};
    for (const p of operation.parameters) {
      const wanted =
        p.in === 'path' || (p.in === 'query' && (p.required || hint(p.name, p.schema)));
      if (wanted && p.name !== 'cursor') params[p.name] = goodValue(p.schema, hint, p.name);
    }
    const body = operation.body ? goodValue(operation.body, hint) : fc.constant(undefined);
    return fc
      .sample(fc.tuple(fc.record(params), body), { numRuns: 3, seed: n + 1 })
      .map(([values, content]) => {
        const texts = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, String(v)]));
        const query = operation.parameters
          .filter((p) => p.in === 'query' && p.name in texts)
          .map((p) => `${p.name}=${encodeURIComponent((texts[p.name] ?? '').toWellFormed())}`);
        const url = addressOf(operation.path, texts);
        return { operation, body: content, url: query.length ? `${url}?${query.join('&')}` : url };
      });
  });
}

test('without a session, a permission or a valid key, no tenant route opens', async () => {
  const before = [await state(plant.org), await state(other)];
  const wrong: string[] = [];
  let refused = 0;
  for (const { operation, url, body } of await requests()) {
    if (operation.access === 'public') continue;
    const may = operation.access === 'signed-in';
    for (const who of ['anonymous', 'revoked', 'bare'] as const) {
      if (may && who === 'bare') continue;
      const { statusCode } = await call(callers[who], operation.method, url, body);
      if (statusCode === (who === 'bare' ? 403 : 401)) refused++;
      else wrong.push(`${who} ${operation.id} ${url}: ${statusCode}`);
    }
  }
  expect(wrong).toEqual([]);
  expect([await state(plant.org), await state(other)]).toEqual(before);
  console.log(`${refused} refusals over ${operations.length} operations`);
});

test('no route shows or changes anything of another organisation', async () => {
  const db = plant.t.app.db.kysely;
  const hidden = await privateWords();
  const before = await state(plant.org);
  const known = new Set((await rowsOf(db, other.no, tables)).flatMap(wordsOf));
  const wrong: string[] = [];
  const counts = { refused: 0, answered: 0 };
  for (const { operation, url, body } of await requests()) {
    if (operation.access === 'public' || ACROSS.has(operation.id)) continue;
    for (const who of ['foreignOwner', 'foreignKey'] as const) {
      const answer = await call(callers[who], operation.method, url, body);
      const told = `${who} ${operation.id} ${operation.method} ${url}: ${answer.statusCode}`;
      if (answer.statusCode >= 500) wrong.push(told);
      else if (answer.statusCode >= 300) counts.refused++;
      else {
        counts.answered++;
        // Of the question only what was asked may come back.
        const asked = decodeURIComponent(url) + JSON.stringify(body ?? '');
        const shown = wordsOf(answer.body).filter((w) => hidden.has(w) && !asked.includes(w));
        if (shown.length) wrong.push(`${told} shows ${shown.slice(0, 3).join(' ')}`);
        if (/\{\w+Id\}/.test(operation.path)) wrong.push(`${told} accepted a foreign id`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(await state(plant.org)).toEqual(before);
  // Nothing of the plant was taken over into a row of the other one.
  const taken = (await rowsOf(db, other.no, tables))
    .flatMap(wordsOf)
    .filter((word) => hidden.has(word) && !known.has(word));
  expect(taken).toEqual([]);
  console.log(`${counts.refused} refused, ${counts.answered} answered with the caller's own data`);
});

test('what anybody may read is what was published', async () => {
  const hidden = await privateWords();
  const wrong: string[] = [];
  for (const { operation, url } of await requests()) {
    if (operation.access !== 'public' || operation.method !== 'GET') continue;
    const answer = await call(callers.anonymous, 'GET', url);
    const shown = wordsOf(answer.body).filter((w) => hidden.has(w) && !url.includes(w));
    if (shown.length) wrong.push(`${operation.id} ${url}: ${shown.slice(0, 3).join(' ')}`);
    if (answer.statusCode >= 500) wrong.push(`${operation.id} ${url}: ${answer.statusCode}`);
  }
  expect(wrong).toEqual([]);
});

test('a foreign id in any field of a body or path is refused, and nothing is written', async () => {
  const sessions = new Map<string, Headers>();
  // Signing in is in the audit trail, so it is done before anything is compared.
  for (const role of new Set(plant.recorded.map((r) => r.role))) {
    sessions.set(role, await plant.signIn(role));
  }
  const before = [await state(plant.org), await state(other)];
  const wrong: string[] = [];
  const fields = new Set<string>();
  for (const { recorded, body, path, field } of swaps(plant.recorded)) {
    const { org } = plant;
    const session = sessions.get(recorded.role) ?? {};
    const method = recorded.method as Operation['method']; // as the simulator sent it
    const answer = await call(session, method, path, body);
    fields.add(field);
    if (answer.statusCode < 400 || answer.statusCode >= 500) {
      wrong.push(`${recorded.role} of ${org.name}: ${field}: ${answer.statusCode}`);
    }
  }
  expect(wrong).toEqual([]);
  expect([await state(plant.org), await state(other)]).toEqual(before);
  expect(fields.size).toBeGreaterThan(20);
  console.log(`${fields.size} fields held a foreign id and were refused`);
});

/** Requests of the loop with one id replaced by the other plant's thing of the same kind. */
function* swaps(recorded: readonly Recorded[]) {
  const seen = new Set<string>();
  for (const r of recorded) {
    if (r.status >= 300) continue;
    const shape = `${r.method} ${r.path.replaceAll(/[a-z]+_[0-9a-f-]{36}/g, ':id')}`;
    for (const [id] of r.path.matchAll(/[a-z]+_[0-9a-f-]{36}/g)) {
      const foreign = copies.get(id);
      if (!foreign || seen.has(shape)) continue;
      seen.add(shape);
      yield {
        recorded: r,
        body: r.body,
        path: r.path.replace(id, foreign),
        field: `${shape} path`,
      };
    }
    for (const [n, place] of placesIn(structuredClone(r.body)).entries()) {
      const value = place.holder[place.key];
      const foreign = typeof value === 'string' ? copies.get(value) : undefined;
      const field = `${shape} ${Array.isArray(place.holder) ? '[]' : place.key}`;
      if (!foreign || seen.has(field)) continue;
      seen.add(field);
      const body = structuredClone(r.body);
      const same = placesIn(body)[n];
      if (same) same.holder[same.key] = foreign;
      yield { recorded: r, body, path: r.path, field };
    }
  }
}

/** Ids and EPCs of the plant that occur in nothing it published. */
async function privateWords(): Promise<Set<string>> {
  const db = plant.t.app.db.kysely;
  const own = [...(await idsOf(db, plant.org.no, tables)).values()].flat();
  const things = await sql<{ epc: string }>`select epc from ledger.thing
    where org_id = ${plant.org.no}`.execute(db);
  const published = tables.filter((x) => x.kind === 'published');
  const open = new Set((await rowsOf(db, plant.org.no, published)).flatMap(wordsOf));
  return new Set([...own, ...things.rows.map((r) => r.epc)].filter((word) => !open.has(word)));
}

function wordsOf(text: string): string[] {
  return text.match(/[a-z]+_[0-9a-f-]{36}|https:\/\/id\.gs1\.org\/[\w/.-]+/g) ?? [];
}
