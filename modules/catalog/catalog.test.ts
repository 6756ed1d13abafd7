import { readFile } from 'node:fs/promises';
import { transact } from '@zaizao/platform/db';
import { uploadFile } from '@zaizao/platform/files/contract';
import { type Ctx, makeCtx } from '@zaizao/platform/http';
import { drawMachine, newId, unwrap } from '@zaizao/platform/kernel';
import type { Actor, TestApp, TestOrg } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as c from './contract.ts';
import { importMachine } from './domain/import-state.ts';
import * as door from './index.ts';
import { catalogApp, importRows, partByNumber, plantRows } from './testing.ts';

let t: TestApp;
let plant: TestOrg;
let owner: Actor;
let viewer: Actor;
let starter: string;

beforeAll(async () => {
  t = await catalogApp();
  plant = await t.org('河间起动机厂');
  owner = await plant.as('owner');
  viewer = await plant.as('viewer');
  await importRows(owner, await plantRows('A'));
  await importRows(owner, await plantRows('B'));
  starter = (await partByNumber(owner, 'RS-12-14-9T')).id;
});
afterAll(() => t.stop());

/** Runs a door function as a use case of the plant would. */
function inPlant<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const principal = { kind: 'system', id: 'test', name: 'test' } as const;
  return transact(t.app.db, { kind: 'org', org: plant.ref.no, actor: 'system:test' }, (tx) => {
    const now = t.app.clock.now();
    const parts = { app: t.app, tx, org: plant.ref, principal, requestId: newId('req'), now };
    return work(makeCtx({ ...parts, lang: 'en', afterCommit: () => {} }));
  });
}

describe('parts', () => {
  const bolt = {
    number: 'M8×25-10.9',
    kind: 'component' as const,
    family: 'starter',
    name: { zh: '螺栓', en: 'Bolt' },
    massG: '12.5',
    newPriceFen: '150',
    needsCoding: false,
    vinBound: false,
    restricted: false,
    basis: 'assumption',
  };

  test('are added once, whatever dashes are typed, and edited by version', async () => {
    const made = await owner.ok(c.addPart, { body: bolt });
    expect(made).toMatchObject({ massG: '12.5', newPriceFen: '150', version: 1, active: true });
    const again = { ...bolt, number: 'm8×25 10.9' };
    expect(await owner.refused(c.addPart, { body: again })).toBe('PART_NUMBER_TAKEN');
    const params = { partId: made.id };
    const body = { ...bolt, number: 'M8×25-12.9', active: true };
    const edited = await owner.ok(c.editPart, { params, version: 1, body });
    expect(edited).toMatchObject({ number: 'M8×25-12.9', version: 2 });
    expect(await owner.refused(c.editPart, { params, version: 1, body })).toBe('STALE_VERSION');
    const photo = { ...body, photo: 'a'.repeat(64) };
    expect(await owner.refused(c.editPart, { params, version: 2, body: photo })).toBe(
      'PHOTO_REQUIRED',
    );
    const taken = { ...body, number: 'RS-12-14-9T' };
    expect(await owner.refused(c.editPart, { params, version: 2, body: taken })).toBe(
      'PART_NUMBER_TAKEN',
    );
    const gtin = { ...body, gtin: '9529999010019' };
    expect(await owner.refused(c.editPart, { params, version: 2, body: gtin })).toBe(
      'PART_GTIN_WRONG',
    );
    expect(await viewer.refused(c.addPart, { body: bolt })).toBe('PERMISSION_DENIED');
  });

  test('are listed by page in order of number, and found by any of their numbers', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 20, kind: 'component' as const, ...(cursor ? { cursor } : {}) };
      const page = await viewer.ok(c.listParts, { query });
      seen.push(...page.items.map((p) => p.number));
      cursor = page.next;
    } while (cursor);
    expect(seen.length).toBeGreaterThan(40);
    expect(new Set(seen).size).toBe(seen.length);
    const oe = await viewer.ok(c.listParts, { query: { q: '3708010 d9a' } });
    expect(oe.items.map((p) => p.number)).toEqual(['RS-12-14-9T']);
    const name = await viewer.ok(c.listParts, { query: { q: 'Armature' } });
    expect(name.items.map((p) => p.number)).toEqual(['RS-12-14-9T-030']);
    expect(await viewer.refused(c.listParts, { query: { cursor: '!' } })).toBe('CURSOR_INVALID');
  });

  test('another organisation sees none of them', async () => {
    const other = await (await t.org('外厂')).as('owner');
    expect((await other.ok(c.listParts)).items).toEqual([]);
    expect(await other.refused(c.readPart, { params: { partId: starter } })).toBe('PART_NOT_FOUND');
    expect(await other.refused(c.getBom, { params: { partId: starter } })).toBe('PART_NOT_FOUND');
    const found = await other.ok(c.findCandidates, { query: { number: 'RS-12-14-9T' } });
    expect(found.items).toEqual([]);
  });
});

describe('numbers', () => {
  test.each([
    ['rs 12 14 9t', 'number'],
    ['9529999010018', 'gtin'],
    ['QDJ1412.9T', 'aftermarket'],
    ['3708010-D9A', 'oe'],
    ['3708010D9', 'supersession'],
    ['3708010-D9B', 'supersession'],
    ['3708010-K7', 'interchange'],
  ])('%s leads to the starter by %s', async (number, via) => {
    const { items } = await viewer.ok(c.findCandidates, { query: { number } });
    expect(items[0]).toMatchObject({ part: { number: 'RS-12-14-9T' }, via });
  });

  test('what needs coding on the way is said', async () => {
    const query = { number: '3701010-L9' };
    const { items } = await viewer.ok(c.findCandidates, { query });
    expect(items[0]).toMatchObject({ part: { number: 'RA-14-90' }, needsCoding: true });
    expect((await viewer.ok(c.findCandidates, { query: { number: 'XYZ' } })).items).toEqual([]);
  });

  test('one number may mean several parts', async () => {
    const other = await partByNumber(owner, 'RA-14-90');
    const number = {
      kind: 'internal' as const,
      number: 'SHARED-1',
      maker: '',
      basis: 'assumption',
    };
    for (const part of [await partByNumber(owner, 'RS-12-14-9T'), other]) {
      const { numbers } = await owner.ok(c.getInterchange, { params: { partId: part.id } });
      const body = { numbers: [...numbers, number] };
      const version = (await owner.ok(c.readPart, { params: { partId: part.id } })).version;
      await owner.ok(c.setNumbers, { params: { partId: part.id }, version, body });
    }
    const { items } = await viewer.ok(c.findCandidates, { query: { number: 'shared1' } });
    expect(items.map((x) => x.part.number).sort()).toEqual(['RA-14-90', 'RS-12-14-9T']);
    const graph = await viewer.ok(c.getInterchange, { params: { partId: starter } });
    expect(graph.alsoFits.map((p) => p.number)).toEqual(['RA-14-90']);
    expect(graph.links).toHaveLength(3);
  });

  test('a link is put and removed, and never leads to itself', async () => {
    const link = {
      ...{ from: 'P-1', to: 'P-2', relation: 'interchange' as const },
      ...{ needsCoding: false, vinBound: true, basis: 'test' },
    };
    await owner.ok(c.putLink, { body: link });
    const self = await owner.refused(c.putLink, { body: { ...link, to: 'p1' } });
    expect(self).toBe('CATALOG_REFUSED');
    const { from, to, relation } = link;
    expect(await owner.ok(c.removeLink, { body: { from, to, relation } })).toEqual({
      removed: true,
    });
    expect(await owner.ok(c.removeLink, { body: { from, to, relation } })).toEqual({
      removed: false,
    });
  });
});

describe('bills of material', () => {
  test.each([
    ['RS-12-14-9T', 22, 84.5, 79.0, 42.7],
    ['RA-14-90', 20, 85.7, 76.5, 55.4],
    ['RB-215.9-M516', 17, 83.4, 72.9, 61.3],
  ])(
    '%s: %i items, kept by mass %s %%, value %s %%, count %s %%',
    async (number, n, m, v, count) => {
      const { id } = await partByNumber(owner, number);
      const bom = await viewer.ok(c.getBom, { params: { partId: id } });
      expect(bom.items).toHaveLength(n);
      const one = (x: number | undefined) => Number(x?.toFixed(1));
      const { byMass, byValue, byCount } = bom.rates;
      expect([one(byMass), one(byValue), one(byCount)]).toEqual([m, v, count]);
    },
  );

  test('a new version follows the one seen; its faults name the line', async () => {
    const params = { partId: (await partByNumber(owner, 'RA-14-90')).id };
    const bom = await owner.ok(c.getBom, { params });
    const items = bom.items.map(({ part, ...i }) => ({ ...i, component: part.number }));
    const [first, ...others] = items;
    if (!first) throw new Error('the alternator has a bill of material');
    const wrong = { items: [{ ...first, reusePct: 1 }, ...others], note: '' };
    const refused = await owner.call(c.setBom, { params, version: bom.version, body: wrong });
    expect(refused.body).toMatchObject({
      code: 'CATALOG_REFUSED',
      errors: [{ path: 'body/items/0/reuse_pct', code: 'SHARES_WRONG' }],
    });
    const body = { items: others, note: '少一项' };
    const next = await owner.ok(c.setBom, { params, version: bom.version, body });
    expect(next).toMatchObject({ version: bom.version + 1 });
    expect(next.revisions[0]?.note).toBe('少一项');
    const stale = await owner.refused(c.setBom, { params, version: bom.version, body });
    expect(stale).toBe('STALE_VERSION');
  });
});

describe('routes', () => {
  test('the starter’s has 23 operations that branch on findings and go back on failure', async () => {
    const route = await viewer.ok(c.getRoute, { params: { partId: starter } });
    expect(route.steps).toHaveLength(23);
    const applying = (found: door.Findings) =>
      route.steps.filter((s) => door.stepApplies(s.when, found)).map((s) => s.seq);
    expect(applying({})).not.toContain(60);
    expect(applying({ restore: [30] })).toEqual(expect.arrayContaining([60, 61]));
    expect(applying({ outOfLimits: ['S-C01'] })).toContain(60);
    expect(route.steps.find((s) => s.seq === 90)).toMatchObject({ onFail: 50, maxRework: 2 });
  });

  test('a new version is checked like a workbook', async () => {
    const params = { partId: starter };
    const { steps, version } = await owner.ok(c.getRoute, { params });
    const bent = steps.map((s) => (s.seq === 60 ? { ...s, when: 'sometimes' } : s));
    const refused = await owner.call(c.setRoute, {
      params,
      version,
      body: { steps: bent, note: '' },
    });
    expect(refused.body).toMatchObject({ errors: [{ code: 'CONDITION_WRONG' }] });
    for (const when of ['defect:S-D99', 'out:S-C99', 'restore:999', 'pos:999', 'grade:X']) {
      const lost = steps.map((s) => (s.seq === 60 ? { ...s, when } : s));
      const no = await owner.call(c.setRoute, { params, version, body: { steps: lost, note: '' } });
      expect(no.body).toMatchObject({
        errors: [{ path: expect.stringMatching(/when$/), code: 'FINDING_UNKNOWN' }],
      });
    }
    const quicker = steps.map((s) => (s.seq === 30 ? { ...s, stdSeconds: 100 } : s));
    const next = await owner.ok(c.setRoute, {
      params,
      version,
      body: { steps: quicker, note: '' },
    });
    expect(next.version).toBe(version + 1);
  });
});

describe('characteristics and limits', () => {
  const solenoid = async () => {
    const { items } = await owner.ok(c.listCharacteristics, { params: { partId: starter } });
    const found = items.find((x) => x.code === 'S-T01');
    if (!found) throw new Error('plant A has S-T01');
    return found;
  };

  test('20 are inspected and 13 tested on the starter; the solenoid’s voltage is both', async () => {
    const inspected = unwrap(await inPlant((ctx) => door.characteristicsOf(ctx, starter)));
    expect(inspected.map((x) => x.code).filter((code) => code.startsWith('S-C'))).toHaveLength(20);
    expect(inspected.map((x) => x.code)).toContain('S-T01');
    const tested = unwrap(await inPlant((ctx) => door.testPlanOf(ctx, starter)));
    expect(tested).toHaveLength(13);
    expect(tested[0]?.code).toBe('S-T01');
    const armature = await partByNumber(owner, 'RS-12-14-9T-030');
    const of = unwrap(await inPlant((ctx) => door.characteristicsOf(ctx, armature.id)));
    expect(of.map((x) => x.code)).toEqual(expect.arrayContaining(['S-C01', 'S-C08', 'S-C13']));
    expect(of.every((x) => x.componentId === armature.id)).toBe(true);
  });

  test.each([
    ['8.00', [true, true], 'pass'],
    ['8.20', [false, true], 'fail'],
    ['8.50', [false, true], 'fail'],
    ['8.51', [false, false], 'fail'],
  ])('G-03 over HTTP: %s V', async (value, [enterprise, national], verdict) => {
    const params = { characteristicId: (await solenoid()).id };
    const j = await viewer.ok(c.judgeValue, { params, query: { value } });
    expect(j.verdict).toBe(verdict);
    expect(j.levels.find((l) => l.level === 'enterprise')).toMatchObject({
      pass: enterprise,
      version: 1,
    });
    expect(j.levels.find((l) => l.level === 'national')?.pass).toBe(national);
    expect(j.strictest).toEqual({ max: '8' });
  });

  test('a value that is no number is refused with an example', async () => {
    const params = { characteristicId: (await solenoid()).id };
    expect(await viewer.refused(c.judgeValue, { params, query: { value: '8,2' } })).toBe(
      'VALUE_NOT_DECIMAL',
    );
  });

  test('one is added with limits, edited, and given a new version of a limit', async () => {
    const params = { partId: starter };
    const body = {
      ...{ code: 'S-C90', purpose: 'inspection' as const, seq: 900, componentPos: 30 },
      ...{ name: { zh: '电枢外观', en: 'Armature look' }, unit: 'bool', method: 'visual' },
      ...{ condition: '', severity: 'minor' as const, active: true, basis: 'assumption' },
    };
    const limit = {
      level: 'enterprise' as const,
      min: '1',
      validFrom: '2026-01-01',
      source: 'test',
    };
    const made = await owner.ok(c.addCharacteristic, {
      params,
      body: { ...body, limits: [limit] },
    });
    expect(made.inForce).toMatchObject([{ level: 'enterprise', version: 1, min: '1' }]);
    const again = { params, body: { ...body, limits: [] } };
    expect(await owner.refused(c.addCharacteristic, again)).toBe('ALREADY_EXISTS');
    const unknown = { ...body, code: 'S-C91', componentPos: 999, limits: [] };
    expect(await owner.refused(c.addCharacteristic, { params, body: unknown })).toBe(
      'CATALOG_REFUSED',
    );
    const { code: _c, purpose: _p, ...fields } = body;
    const one = { characteristicId: made.id };
    const edit = { params: one, version: 1, body: { ...fields, severity: 'major' as const } };
    expect(await owner.ok(c.editCharacteristic, edit)).toMatchObject({
      ...{ severity: 'major', version: 2 },
    });
    expect(await owner.refused(c.editCharacteristic, edit)).toBe('STALE_VERSION');
    const next = { ...limit, max: '1', validFrom: '2026-02-01' };
    const limited = await owner.ok(c.addLimit, { params: one, body: { ...next, follows: 1 } });
    const late = { ...next, validFrom: '2026-03-01', follows: 1 };
    expect(await owner.refused(c.addLimit, { params: one, body: late })).toBe('STALE_VERSION');
    expect(limited.limits.map((l) => l.version)).toEqual([1, 2]);
    expect(limited.inForce).toMatchObject([{ version: 2 }]);
    const anonymousCustomer = { ...limit, level: 'customer' as const };
    expect(await owner.refused(c.addLimit, { params: one, body: anonymousCustomer })).toBe(
      'CATALOG_REFUSED',
    );
  });
});

describe('programmes', () => {
  test('the starter’s pays 32, 20, 8 and nothing, and gives back 60 yuan by grade', async () => {
    const p = unwrap(await inPlant((ctx) => door.programmeFor(ctx, starter, '2026-03-02')));
    const credit = (['A', 'B', 'C', 'R'] as const).map((g) => Number(p.grades[g].creditFen) / 100);
    expect(credit).toEqual([32, 20, 8, 0]);
    expect(p.depositFen).toBe(6000n);
    const yes = Object.fromEntries(p.criteria.map((x) => [x.code, true]));
    expect(door.gradeBy(yes, p)).toMatchObject({ grade: 'A' });
    expect(door.gradeBy({ ...yes, PLASTIC: false }, p)).toMatchObject({ grade: 'B' });
    expect(door.gradeBy({ ...yes, PINION: false }, p)).toMatchObject({ grade: 'C' });
    expect(door.gradeBy({ ...yes, HEAT: false }, p)).toMatchObject({ grade: 'R' });
    const early = await inPlant((ctx) => door.programmeFor(ctx, starter, '2019-12-31'));
    expect(early).toMatchObject({ ok: false, error: { code: 'PROGRAMME_NOT_FOUND' } });
  });

  test('a new version is dated; the old one still answers for its own days; suppliers see the newest', async () => {
    const params = { partId: starter };
    const { items } = await owner.ok(c.listProgrammes, { params });
    const [now] = items;
    if (!now) throw new Error('plant A has a programme');
    const { id: _i, partId: _p, version: _v, inForce: _f, ...fields } = now;
    const grades = now.grades.map((g) => (g.grade === 'B' ? { ...g, creditFen: '2200' } : g));
    const body = { ...fields, validFrom: '2026-03-01', grades };
    const next = await owner.ok(c.publishProgramme, { params, body: { ...body, follows: 1 } });
    expect(next).toMatchObject({ version: 2, inForce: true });
    const late = { ...body, follows: 1 };
    expect(await owner.refused(c.publishProgramme, { params, body: late })).toBe('STALE_VERSION');
    const on = async (day: string) =>
      unwrap(await inPlant((ctx) => door.programmeFor(ctx, starter, day))).grades.B.creditFen;
    expect(await on('2026-02-28')).toBe(2000n);
    expect(await on('2026-03-01')).toBe(2200n);
    const three = { ...body, grades: grades.slice(1) };
    expect(await owner.refused(c.publishProgramme, { params, body: three })).toBe('INPUT_INVALID');
    const query = { number: 'rs12149t' };
    const seen = await t.anonymous.ok(c.listNotices, { query });
    const here = seen.items.filter((n) => n.organisation === '河间起动机厂');
    expect(here).toHaveLength(1);
    expect(here[0]).toMatchObject({ version: 2, depositFen: '6000' });
    expect(here[0]?.grades.find((g) => g.grade === 'B')?.creditFen).toBe('2200');
  });
});

test('prices are dated, and the one in force is given by kind', async () => {
  const params = { partId: starter };
  const price = { kind: 'ex-works' as const, validFrom: '2026-03-01', fen: '13500', basis: 'test' };
  await owner.ok(c.setPrice, { params, body: price });
  expect((await inPlant((ctx) => door.pricesOf(ctx, starter, '2026-02-01')))['ex-works']).toBe(
    13000n,
  );
  expect((await inPlant((ctx) => door.pricesOf(ctx, starter)))['ex-works']).toBe(13500n);
  const defects = await viewer.ok(c.listDefects, { params });
  expect(defects.items).toHaveLength(18);
});

test('a defect is recorded once by its code, changed in place, and only on positions there are', async () => {
  const params = { partId: starter };
  const body = {
    ...{ code: 'S-D90', name: { zh: '端盖裂纹', en: 'Cracked end shield' } },
    ...{ mode: 'fracture', componentPos: 30, ratePct: 2.5, per: 'core' as const, basis: 'test' },
  };
  await owner.ok(c.putDefect, { params, body });
  await owner.ok(c.putDefect, { params, body: { ...body, ratePct: 3 } });
  const { items } = await owner.ok(c.listDefects, { params });
  expect(items.filter((d) => d.code === 'S-D90')).toMatchObject([{ ratePct: 3 }]);
  const nowhere = { ...body, componentPos: 999 };
  expect(await owner.refused(c.putDefect, { params, body: nowhere })).toBe('CATALOG_REFUSED');
  expect(await viewer.refused(c.putDefect, { params, body })).toBe('PERMISSION_DENIED');
});

test('the vocabularies, figures and standards of the trade are there to read', async () => {
  const v = await viewer.ok(c.getVocabulary);
  expect(v.families).toHaveLength(26);
  expect(Object.keys(v.goodsClasses)).toHaveLength(5);
  expect(Object.keys(v.fourR)).toHaveLength(4);
  const facts = await viewer.ok(c.listFacts, { query: { limit: 200 } });
  expect(facts.items.every((f) => f.basis !== '')).toBe(true);
  const page = await viewer.ok(c.listSources, { query: { limit: 5 } });
  expect(
    (await viewer.ok(c.listSources, { query: { limit: 200, cursor: page.next } })).items,
  ).not.toEqual([]);
  const bit = await viewer.ok(c.getDrillBitGauge, {
    query: { size: 8.5, nozzles: '12,12,12,12,12' },
  });
  expect(bit).toMatchObject({ min: '8.48', max: '8.5' });
  expect(bit.flowAreaIn2).toBeCloseTo(0.5522, 4);
  expect(await viewer.ok(c.gradeByMileage, { query: { miles: 90000, years: 7 } })).toMatchObject({
    grade: 'A',
  });
});

test('the importer serves the command line too: a dry run says everything and writes nothing', async () => {
  const { bytes } = await owner.call(c.getDemoWorkbook, { params: { plant: 'C' } });
  const before = (await owner.ok(c.listParts, { query: { limit: 200 } })).items.length;
  const report = unwrap(
    await inPlant((ctx) => door.importWorkbook(ctx, bytes, { dryRun: true, note: 'cli' })),
  );
  expect(report.faultCount).toBe(0);
  expect(report.sheets.find((s) => s.sheet === 'parts')?.added).toBe(16);
  expect((await owner.ok(c.listParts, { query: { limit: 200 } })).items).toHaveLength(before);
});

test('the README draws the state machine of an import', async () => {
  const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8');
  // the formatter widens the columns of a table
  expect(readme.replace(/ +/g, ' ').replace(/-{3,}/g, '---')).toContain(
    drawMachine(importMachine).replace('|---|---|---|', '| --- | --- | --- |'),
  );
});

describe('sample pictures', () => {
  const PNG =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const picture = async (mark: string) => {
    const bytes = Buffer.concat([Buffer.from(PNG, 'base64'), Buffer.from(mark)]);
    return (await owner.ok(uploadFile, { file: { name: 'p.png', bytes } })).sha256;
  };

  test('stand beside a question of the programme, once each and a few at most, and can be taken away', async () => {
    const params = { partId: starter };
    const [programme] = (await owner.ok(c.listProgrammes, { params })).items;
    const about = { programme: programme?.code ?? '', criterion: 'RUST' };
    const bad = { ...about, shows: 'bad' as const, sha256: await picture('rusty') };
    const added = await owner.ok(c.addSample, { params, body: bad });
    expect(await owner.refused(c.addSample, { params, body: bad })).toBe('SAMPLE_KNOWN');
    const good = { ...about, shows: 'good' as const, sha256: await picture('clean') };
    await owner.ok(c.addSample, { params, body: good });
    const shown = await inPlant((ctx) => door.criterionSamples(ctx, starter, about.programme));
    expect(shown).toEqual([
      { criterion: 'RUST', shows: 'good', sha256: good.sha256 },
      { criterion: 'RUST', shows: 'bad', sha256: bad.sha256 },
    ]);
    for (let n = 2; n < c.MOST_SAMPLES_EACH; n++) {
      const sha256 = await picture(`more ${n}`);
      await owner.ok(c.addSample, { params, body: { ...bad, sha256 } });
    }
    const last = { ...bad, sha256: await picture('too many') };
    expect(await owner.refused(c.addSample, { params, body: last })).toBe('SAMPLE_TOO_MANY');
    const unknown = { ...last, criterion: 'NO-SUCH' };
    expect(await owner.refused(c.addSample, { params, body: unknown })).toBe('CRITERION_NOT_FOUND');
    const absent = { ...last, criterion: 'HEAT', sha256: 'a'.repeat(64) };
    expect((await owner.call(c.addSample, { params, body: absent })).status).toBeGreaterThan(399);
    expect(await viewer.refused(c.addSample, { params, body: last })).toBe('PERMISSION_DENIED');
    const gone = { params: { sampleId: added.id } };
    await owner.ok(c.removeSample, gone);
    expect(await owner.refused(c.removeSample, gone)).toBe('SAMPLE_NOT_FOUND');
  });

  test('are not told to other organisations', async () => {
    const other = await (await t.org('别家')).as('owner');
    const { items } = await owner.ok(c.listSamples, { params: { partId: starter } });
    expect(items.length).toBeGreaterThan(0);
    const theirs = { params: { partId: starter } };
    expect(await other.refused(c.listSamples, theirs)).toBe('PART_NOT_FOUND');
    const gone = { params: { sampleId: items[0]?.id ?? '' } };
    expect(await other.refused(c.removeSample, gone)).toBe('SAMPLE_NOT_FOUND');
  });
});
