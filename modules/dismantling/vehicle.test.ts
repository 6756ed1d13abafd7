import { readFile } from 'node:fs/promises';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitImport, findCandidates, getDismantle, startImport } from '../catalog/contract.ts';
import { DEMO_PLANTS, demoWorkbookPath } from '../catalog/index.ts';
import * as cores from '../cores/contract.ts';
import { recordLicence } from '../parties/contract.ts';
import { gradingPhotos, type Plant, photo, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';

let p: Plant;
let dismantler: Actor;
let planner: Actor;

beforeAll(async () => {
  p = await startPlant([], true);
  dismantler = await p.org.as('dismantler');
  planner = await p.org.as('planner');
  for (const plant of ['E', 'F'] as const) {
    const found = DEMO_PLANTS.find((x) => x.plant === plant);
    if (!found) throw new Error(`there is a plant ${plant}`);
    const bytes = new Uint8Array(await readFile(demoWorkbookPath(found)));
    const tried = await p.owner.ok(startImport, { file: { name: 'plant.xlsx', bytes } });
    await p.owner.ok(commitImport, { params: { importId: tried.id } });
  }
  await p.owner.ok(recordLicence, {
    body: {
      ...{ kind: 'vehicle-dismantling', number: 'CJ-001', issuer: '省商务厅' },
      validFrom: '2025-01-01',
    },
  });
});
afterAll(() => p.app.stop());

const partOf = async (number: string) => {
  const { items } = await p.owner.ok(findCandidates, { query: { number } });
  return items[0]?.part.id ?? '';
};

/** A vehicle bought, graded and ready: 1,380 kg at the gate. */
async function vehicle() {
  const taken = await p.owner.ok(cores.receiveWalkIn, {
    body: {
      ...{ number: 'ELV-M1', supplierId: p.supplierId, channel: 'direct', massG: 1_380_000 },
      donor: { vin: 'LSVAM4186C2184841', mileageKm: 186_000, modelYear: 2012 },
    },
  });
  const params = { coreId: taken.id };
  const { criteria } = await p.owner.ok(cores.getCoreView, { params });
  return p.owner.ok(cores.gradeCore, {
    params,
    body: {
      answers: criteria.map(({ code }) => ({ criterion: code, met: code !== 'AIRBAG' })),
      photos: await gradingPhotos(p.owner),
    },
  });
}

async function answers(coreId: string, bent: Readonly<Record<string, string>> = {}) {
  const form = await dismantler.ok(c.getCheckForm, { params: { coreId } });
  const all = form.zones.flatMap((z) => z.items);
  const shot = await photo(dismantler);
  return {
    form,
    body: {
      answers: all.map((i) => ({
        item: i.item,
        state: (bent[i.item] ?? 'good') as 'good', // the states of the contract
        photos: i.needsPhoto ? [shot] : [],
      })),
      mileageKm: 186_500,
    },
  };
}

describe('the check of a vehicle (DM-07)', () => {
  test('asks for the whole and every position zone by zone, wants all answers and the photos', async () => {
    const { id: coreId } = await vehicle();
    const { form, body } = await answers(coreId);
    expect(form.core.vin).toBe('LSVAM4186C2184841');
    expect(form.zones.map((z) => z.name.zh)).toEqual([
      '整车整机',
      ...['机舱', '底盘', '座舱', '车身'],
    ]);
    expect(form.zones.flatMap((z) => z.items).filter((i) => i.pos)).toHaveLength(20);
    const params = { coreId };
    const tried = (list: object[]) =>
      dismantler.refused(c.recordCheck, { params, body: { answers: list as never } });
    expect(await tried(body.answers.slice(1))).toBe('VEHICLE_ANSWERS_OPEN');
    expect(await tried([...body.answers, { item: 'W-LUCK', state: 'good' }])).toBe(
      'VEHICLE_ANSWER_UNKNOWN',
    );
    expect(await tried(body.answers.map((a) => ({ ...a, photos: [] })))).toBe(
      'VEHICLE_PHOTO_MISSING',
    );
    const kept = await dismantler.ok(c.recordCheck, { params, body });
    expect(kept.answers).toHaveLength(27);
    const { items } = await dismantler.ok(c.listChecks, { params });
    expect(items.map((x) => x.id)).toEqual([kept.id]);
  });

  test('what it finds missing or broken is known to the plan', async () => {
    const { id: coreId } = await vehicle();
    const before = await dismantler.ok(c.makePlan, { body: { coreId } });
    const { body } = await answers(coreId, { '20': 'missing', '10': 'broken', '40': 'hidden' });
    await dismantler.ok(c.recordCheck, { params: { coreId }, body });
    const started = await dismantler.ok(c.startTeardown, { body: { coreId } });
    const params = { teardownId: started.id };
    const { plan } = await dismantler.ok(c.getTeardownPlan, { params });
    expect(plan?.worthFen).toBeLessThan(before.worthFen);
    expect(plan?.items.find((i) => i.pos === 20)?.fate).toBe('missing');
    expect(plan?.steps.map((s) => s.joint)).not.toContain('E160');
    // the engine may still come out for its metal, or stay: it is worth no more than that
    const engine = plan?.items.find((i) => i.pos === 10);
    expect(engine?.premiumFen).toBeLessThan(20_000);
    // found out during the teardown: the plan is worked out anew
    const later = await answers(coreId, { '20': 'missing', '10': 'broken', '120': 'missing' });
    await dismantler.ok(c.recordCheck, { params: { coreId }, body: later.body });
    const now = (await dismantler.ok(c.getTeardownPlan, { params })).plan;
    expect(now).toMatchObject({ cause: { kind: 'checked' } });
    expect(now?.items.find((i) => i.pos === 120)?.fate).toBe('missing');
  });
});

describe('five streams to 100 % (DM-05, DM-06)', () => {
  test('fluids, battery, airbags must come out; each stream is weighed; the lot closes when all has left', async () => {
    const { id: coreId } = await vehicle();
    const started = await dismantler.ok(c.startTeardown, { body: { coreId } });
    const params = { teardownId: started.id };
    const { plan } = await dismantler.ok(c.getTeardownPlan, { params });
    const must = plan?.items.filter((i) => i.mandatory).map((i) => i.pos);
    expect(must).toEqual([130, 140, 200]);
    const order = plan?.steps.map((s) => s.joint) ?? [];
    expect(order.indexOf('E010')).toBeLessThan(order.indexOf('E020'));
    expect(order.indexOf('E030')).toBeLessThan(order.indexOf('E150'));
    const streamOf = new Map(started.lines.map((l) => [l.pos, l.stream]));
    expect([10, 130, 60, 190, 200].map((pos) => streamOf.get(pos))).toEqual([
      ...['assemblies', 'battery', 'parts', 'metal', 'fluids'],
    ]);
    for (const { pos } of started.lines) {
      const weighed = pos === 190 ? { massG: 741_000 } : {};
      await dismantler.ok(c.recordLine, { params, body: { pos, outcome: 'found', ...weighed } });
    }
    const out = (body: object) => ({
      params,
      body: { stream: 'metal', kind: 'metal', massG: 1000, receiver: '钢厂', ...body } as never,
    });
    expect(await dismantler.refused(c.recordOutflow, out({}))).toBe('TEARDOWN_OPEN');
    await dismantler.ok(c.finishTeardown, { params, body: { residueG: 42_000 } });
    const first = await dismantler.ok(c.getBalance, { params });
    expect(first).toMatchObject({ wholeG: 1_380_000, closes: true, closed: false });
    expect(new Set(first.streams.map((s) => s.stream))).toEqual(
      new Set([
        ...['assemblies', 'battery', 'parts', 'metal', 'fluids', 'other-materials', 'residue'],
      ]),
    );
    const shares = first.streams.reduce((sum, s) => sum + s.pct, 0);
    expect(shares + first.differencePct).toBeCloseTo(100, 9);
    expect(Math.abs(first.differencePct)).toBeLessThan(first.tolerancePct);

    const refuse = (body: object) => dismantler.refused(c.recordOutflow, out(body));
    expect(await refuse({ massG: 9_000_000 })).toBe('OUTFLOW_TOO_MUCH');
    expect(await refuse({ stream: 'assemblies', kind: 'sold' })).toBe('OUTFLOW_ASSEMBLIES');
    expect(await refuse({ stream: 'assemblies', kind: 'remanufactured' })).toBe('OUTFLOW_DOCUMENT');
    expect(await refuse({ stream: 'fluids', kind: 'hazardous' })).toBe('OUTFLOW_DOCUMENT');
    const KIND = {
      ...{ assemblies: 'remanufactured', battery: 'hazardous', parts: 'sold', metal: 'metal' },
      ...{ fluids: 'hazardous', 'other-materials': 'shredded', residue: 'residue' },
    };
    let now = first;
    for (const s of first.streams) {
      const body = {
        stream: s.stream,
        kind: KIND[s.stream],
        massG: s.massG,
        document: 'LD-2026-1',
      };
      now = await dismantler.ok(c.recordOutflow, out(body));
    }
    expect(now).toMatchObject({ closes: true, closed: true });
    expect(now.streams.every((s) => Math.abs(s.hereG) < 1)).toBe(true);
    expect(now.recoveredPct).toBeGreaterThan(80);
    const plan2 = await dismantler.ok(c.listPlans, { query: { coreId } });
    expect(plan2.items).toHaveLength(1);
  });
});

describe('studies', () => {
  async function done(studyId: string) {
    const params = { studyId };
    for (let n = 0; n < 200; n++) {
      const study = await planner.ok(c.getStudy, { params });
      if (study.state !== 'queued') return study;
      await new Promise((r) => setTimeout(r, 50));
    }
    throw new Error('the study did not end');
  }

  test('a dismantling line in balance: stations within the takt, hazards early, checked and bounded', async () => {
    const body = { partId: p.starterId, taktSeconds: 13, lines: 3 };
    const asked = await planner.ok(c.balanceLine, { body });
    expect(asked.state).toBe('queued');
    const { line } = await done(asked.id);
    expect(line?.faults).toEqual([]);
    expect(line?.checked).toEqual(line?.value);
    expect(line?.status).toBe('optimal');
    // 119 s of work in stations of 39 s: four are the fewest that can be
    expect(line?.stations).toHaveLength(4);
    for (const s of line?.stations ?? []) expect(s.seconds).toBeLessThanOrEqual(39);
    expect(line?.stations.flatMap((s) => s.tasks)).toHaveLength(25);
    const again = await done((await planner.ok(c.balanceLine, { body })).id);
    expect(again.line?.stations).toEqual(line?.stations);
    expect(await planner.refused(c.balanceLine, { body: { ...body, lines: 1 } })).toBe(
      'LINE_TASK_LONG',
    );
    const without = { ...body, without: ['J050'] };
    const shorter = await done((await planner.ok(c.balanceLine, { body: without })).id);
    expect(shorter.line?.stations.flatMap((s) => s.tasks)).toHaveLength(24);
  });

  test('a machine tool planned over days: crew, skills, shifts and zones are kept; too few days are refused', async () => {
    const partId = await partOf('MT-VMC850');
    const all = await planner.ok(getDismantle, { params: { partId } });
    expect(all.joins).toHaveLength(23);
    const people = [
      { name: '王起重', skills: ['lifting'] },
      { name: '李电工', skills: ['electric', 'high-voltage', 'hydraulic'] },
      { name: '张钳工', skills: ['precision'] },
      { name: '赵师傅', skills: [] },
    ];
    const body = {
      ...{ partId, from: '2026-03-09', days: 5, slotMinutes: 30, people, zones: [] },
      shifts: [
        { fromHour: 8, toHour: 12 },
        { fromHour: 13, toHour: 17 },
      ],
    };
    const study = await done((await planner.ok(c.planCrew, { body })).id);
    const { crew } = study;
    expect(crew?.faults).toEqual([]);
    expect(crew?.tasks).toHaveLength(23);
    expect(Date.parse(crew?.end ?? '')).toBeGreaterThanOrEqual(Date.parse(crew?.bound ?? ''));
    expect(crew?.start).toBe('2026-03-09T00:00:00.000Z'); // eight in the morning at the plant
    const lift = crew?.tasks.find((x) => x.joint === 'M190');
    expect(lift?.people).toHaveLength(3);
    expect(lift?.people).toContain('王起重');
    const noRigger = people.slice(1);
    expect(await planner.refused(c.planCrew, { body: { ...body, people: noRigger } })).toBe(
      'CREW_SKILL_MISSING',
    );
    const hurried = await done((await planner.ok(c.planCrew, { body: { ...body, days: 1 } })).id);
    expect(hurried).toMatchObject({ state: 'failed' });
    expect(hurried.failure?.zh).toContain('排不出方案');
    const list = await planner.ok(c.listStudies, { query: { kind: 'crew' } });
    expect(list.items.map((s) => s.state).sort()).toEqual(['done', 'failed']);
  });
});

test('another organisation sees neither checks nor balances', async () => {
  const { id: coreId } = await vehicle();
  const started = await dismantler.ok(c.startTeardown, { body: { coreId } });
  const stranger = await (await p.app.org('别家厂')).as('owner');
  const params = { coreId };
  expect(await stranger.refused(c.getCheckForm, { params })).toBe('CORE_NOT_FOUND');
  expect(await stranger.refused(c.listChecks, { params })).toBe('CORE_NOT_FOUND');
  const { body } = await answers(coreId);
  expect(await stranger.refused(c.recordCheck, { params, body })).toBe('CORE_NOT_FOUND');
  const teardown = { params: { teardownId: started.id } };
  expect(await stranger.refused(c.getBalance, teardown)).toBe('TEARDOWN_NOT_FOUND');
});
