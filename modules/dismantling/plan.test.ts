import { createKey } from '@zaizao/platform/identity/contract';
import { newId } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getDismantle, setJoins } from '../catalog/contract.ts';
import { type Plant, photo, startPlant, stockedCore } from '../testing-plant.ts';
import * as c from './contract.ts';

let p: Plant;
let dismantler: Actor;
let planner: Actor;

beforeAll(async () => {
  p = await startPlant();
  dismantler = await p.org.as('dismantler');
  planner = await p.org.as('planner');
});
afterAll(() => p.app.stop());

async function opened() {
  const core = await stockedCore(p);
  const teardown = await dismantler.ok(c.startTeardown, { body: { coreId: core.id } });
  const params = { teardownId: teardown.id };
  const now = () => dismantler.ok(c.getTeardownPlan, { params });
  const record = (pos: number, body: object) =>
    dismantler.ok(c.recordLine, { params, body: { pos, outcome: 'found', ...body } });
  const { plan } = await now();
  if (!plan) throw new Error('a starter comes apart by plan');
  return { core, teardown, params, now, record, plan };
}

const jointsOf = (plan: { steps: readonly { joint: string }[] }) => plan.steps.map((s) => s.joint);

describe('the plan', () => {
  test('a teardown begins with one: steps in order, tools, hazards, chances, worth, margins', async () => {
    const { plan, core } = await opened();
    expect(plan).toMatchObject({ no: 1, core: { id: core.id }, status: 'feasible' });
    const joints = jointsOf(plan);
    expect(joints).toHaveLength(25);
    // what waits for another comes after it
    const data = await planner.ok(getDismantle, { params: { partId: p.starterId } });
    for (const j of data.joins) {
      for (const before of j.after) {
        expect(joints.indexOf(before), `${before} before ${j.code}`).toBeLessThan(
          joints.indexOf(j.code),
        );
      }
    }
    expect(plan.steps.find((s) => s.joint === 'J050')).toMatchObject({
      tool: '烙铁 80 W | soldering iron 80 W',
      hazard: 2,
      hazardNote: { en: 'burns and fumes: use the extractor' },
    });
    const armature = plan.items.find((i) => i.pos === 30);
    expect(armature?.fate).toBe('inspect');
    expect(armature?.chances?.mended).toBeCloseTo(0.77, 1);
    const chances = Object.values(armature?.chances ?? {});
    expect(chances.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 9);
    expect(plan.worthFen).toBeGreaterThan(10_000);
    expect(plan.boundFen).toBeGreaterThanOrEqual(plan.worthFen);
    expect(plan.boundFen - plan.worthFen).toBeLessThanOrEqual(plan.setupsFen + 0.01);
    expect(plan.marginFen).toBeGreaterThan(0);
    expect(plan.second).toBeDefined();
    expect(plan.steps.every((s) => s.marginFen === undefined || s.marginFen >= 0)).toBe(true);
  });

  test('a part found missing changes it: no step is for that part alone, and it says what changed', async () => {
    const { params, now, record, plan } = await opened();
    await record(30, { outcome: 'missing' });
    const after = (await now()).plan;
    expect(after).toMatchObject({ no: 2, cause: { kind: 'missing', at: '30' } });
    expect(after?.cause?.name?.zh).toBe('电枢总成');
    expect(after?.worthFen).toBeLessThan(plan.worthFen);
    expect(after?.change?.fates).toContainEqual(
      expect.objectContaining({ item: '30', from: 'inspect', to: 'missing' }),
    );
    const data = await planner.ok(getDismantle, { params: { partId: p.starterId } });
    const gone = data.joins.filter((j) => j.parts.filter((x) => x !== 30).length < 2);
    expect(gone.length).toBeGreaterThan(3);
    expect(after?.change?.dropped.map((d) => d.joint)).toEqual(
      expect.arrayContaining(gone.map((j) => j.code)),
    );
    for (const j of gone) expect(jointsOf(after ?? plan)).not.toContain(j.code);
    expect(after?.steps.flatMap((s) => s.frees)).not.toContain('30');
    // found after all: a third plan, worth what the first was
    await dismantler.ok(c.recordLine, { params, body: { pos: 30, outcome: 'unknown' } });
    expect((await now()).plan).toMatchObject({ no: 3, cause: { kind: 'found', at: '30' } });
  });

  test('a broken housing and a seized joint change it; what is expected does not', async () => {
    const { params, now, record, plan } = await opened();
    await record(200, {});
    expect((await now()).plan?.no).toBe(1);
    expect((await now()).done).toContain('J080');
    await record(10, { outcome: 'broken', damages: [{ mode: 'fracture', cause: 'before' }] });
    const broken = (await now()).plan;
    expect(broken).toMatchObject({ no: 2, cause: { kind: 'broken' } });
    expect(broken?.items.find((i) => i.pos === 10)?.premiumFen).toBeLessThan(
      plan.items.find((i) => i.pos === 10)?.premiumFen ?? 0,
    );
    const stuck = await dismantler.ok(c.recordJoint, {
      params,
      body: { joint: 'J240', outcome: 'seized', seconds: 40, note: '锈死' },
    });
    expect(stuck.plan).toMatchObject({ no: 3, cause: { kind: 'seized', at: 'J240' } });
    expect(stuck.plan?.steps.find((s) => s.joint === 'J240')?.seized).toBe(true);
    const forced = await dismantler.ok(c.recordJoint, {
      params,
      body: { joint: 'J240', outcome: 'destroyed', photo: await photo(dismantler) },
    });
    expect(forced.done).toContain('J240');
    const again = { params, body: { joint: 'J240', outcome: 'undone' as const } };
    expect(await dismantler.refused(c.recordJoint, again)).toBe('JOINT_DONE');
    const unknown = { params, body: { joint: 'J999', outcome: 'undone' as const } };
    expect(await dismantler.refused(c.recordJoint, unknown)).toBe('JOINT_UNKNOWN');
    const kpi = await planner.ok(c.nonDestructive, { query: { days: 30 } });
    expect(kpi.joints.of - kpi.joints.whole).toBe(1);
    expect(kpi.plans.replanned).toBeGreaterThanOrEqual(2);
  });

  test('a person follows it or says why not; only the plan in force is decided on', async () => {
    const { plan, now, record } = await opened();
    const params = { planId: plan.id };
    const deviate = { params, body: { decision: 'deviate' as const } };
    expect(await dismantler.refused(c.decidePlan, deviate)).toBe('PLAN_REASON_MISSING');
    const followed = await dismantler.ok(c.decidePlan, { params, body: { decision: 'follow' } });
    expect(followed.decision).toMatchObject({ decision: 'follow' });
    const turned = await dismantler.ok(c.decidePlan, {
      params,
      body: { decision: 'deviate', reason: '客户要整套电磁开关' },
    });
    expect(turned.decision).toMatchObject({ decision: 'deviate', reason: '客户要整套电磁开关' });
    await record(80, { outcome: 'missing' });
    const old = { params, body: { decision: 'follow' as const } };
    expect(await dismantler.refused(c.decidePlan, old)).toBe('PLAN_REPLACED');
    const newest = (await now()).plan?.id ?? '';
    const list = await planner.ok(c.listPlans, { query: { decision: 'none', replanned: 'yes' } });
    expect(list.items.map((x) => x.id)).toContain(newest);
    const turnedDown = await planner.ok(c.listPlans, { query: { decision: 'deviate' } });
    expect(turnedDown.items.map((x) => x.id)).toContain(plan.id);
  });

  test('stored plans repeat, and a judge that shares nothing with the engine agrees', async () => {
    const { now, record, plan } = await opened();
    await record(90, { outcome: 'missing' });
    const second = (await now()).plan;
    for (const id of [plan.id, second?.id ?? '']) {
      const checked = await planner.ok(c.checkPlan, { params: { planId: id } });
      expect(checked).toMatchObject({ digestAgrees: true, repeats: true, faults: [] });
      expect(checked.checkedFen).toBeCloseTo(checked.worthFen, 4);
    }
  });

  test('demand and rates change what a core is worth; each edit follows the last', async () => {
    const core = await stockedCore(p);
    const first = await dismantler.ok(c.makePlan, { body: { coreId: core.id } });
    expect(first.teardownId).toBeUndefined();
    const { items } = await planner.ok(c.listDemand, { query: { partId: p.starterId } });
    const armature = items.find((i) => i.part.number.endsWith('-030'));
    const params = { partId: armature?.part.id ?? '' };
    const said = await planner.ok(c.setDemand, {
      params,
      version: 0,
      body: { wanted: 40, goodFen: '20000', note: '大修厂订单' },
    });
    expect(said).toMatchObject({ wanted: 40, goodFen: '20000', version: 1 });
    expect(await planner.refused(c.setDemand, { params, version: 0, body: { wanted: 1 } })).toBe(
      'STALE_VERSION',
    );
    const dearer = await dismantler.ok(c.makePlan, { body: { coreId: core.id } });
    expect(dearer.no).toBe(2);
    expect(dearer.worthFen).toBeGreaterThan(first.worthFen + 5000);
    const { version, at: _, ...rates } = await planner.ok(c.getRates);
    expect(version).toBe(0);
    const issued = await planner.ok(c.setRates, {
      version: 0,
      body: { ...rates, labourFenPerHour: 90_000, note: '夜班' },
    });
    expect(issued).toMatchObject({ version: 1, labourFenPerHour: 90_000 });
    const costly = await dismantler.ok(c.makePlan, { body: { coreId: core.id } });
    expect(costly.worthFen).toBeLessThan(dearer.worthFen);
    expect(costly.basis.rates).toBe(1);
    // dear work leaves parts that do not pay for it, alone or in an assembly that is kept whole
    const left = costly.items.filter((i) => i.fate === 'leave');
    expect(left.length).toBeGreaterThan(0);
    for (const i of left) {
      const whole = costly.items.find((g) => g.item === i.group);
      if (whole?.fate === 'inspect') continue;
      expect(i.furtherFen ?? 0).toBeGreaterThanOrEqual(i.premiumFen);
    }
    await planner.ok(c.setRates, { version: 1, body: rates });
    await planner.ok(c.setDemand, { params, version: 1, body: {} });
  });

  test('what the plan leaves may be left: it weighs with the residue', async () => {
    const { params, teardown, record } = await opened();
    for (const l of teardown.lines) if (l.pos !== 190) await record(l.pos, {});
    const left = await record(190, { outcome: 'left' });
    expect(left.lines.find((l) => l.pos === 190)).toMatchObject({ foundQty: 0, massG: 0 });
    const done = await dismantler.ok(c.finishTeardown, { params, body: { residueG: 45 } });
    expect(done.balance.closes).toBe(true);
    expect(done.lines.find((l) => l.pos === 190)?.components).toEqual([]);
  });

  test('joints are edited in versions, by the checks of the importer', async () => {
    const params = { partId: p.starterId };
    const { joins, joinsVersion } = await p.owner.ok(getDismantle, { params });
    const edit = (bent: object, version = joinsVersion) => ({
      ...{ params, version },
      body: { joins: joins.map((j) => (j.code === 'J010' ? { ...j, ...bent } : j)), note: '' },
    });
    const refuse = (bent: object) => p.owner.refused(setJoins, edit(bent));
    expect(await refuse({ parts: [10, 77_777] })).toBe('CATALOG_REFUSED');
    expect(await refuse({ after: ['J999'] })).toBe('CATALOG_REFUSED');
    expect(await refuse({ after: ['J030'] })).toBe('CATALOG_REFUSED'); // a ring
    expect(await p.owner.refused(setJoins, edit({}, 0))).toBe('STALE_VERSION');
    const next = await p.owner.ok(setJoins, edit({ seconds: 6 }));
    expect(next.joinsVersion).toBe(joinsVersion + 1);
    const { plan } = await opened();
    expect(plan.basis.joints).toBe(joinsVersion + 1);
    expect(plan.steps.find((s) => s.joint === 'J010')?.seconds).toBe(6);
  });
});

describe('a tool station', () => {
  test('posts torque, angle, tool and time per joint with its key; a seized one changes the plan', async () => {
    const { core, params, now } = await opened();
    const made = await p.owner.ok(createKey, {
      body: { name: 'DS-01', scopes: ['dismantling.joint:record'] },
    });
    const key = p.app.byKey(made.secret);
    const send = (records: object[], code = core.code) => ({
      body: { station: 'DS-01', core: code, records: records as never },
    });
    const first = await key.ok(
      c.captureJoints,
      send([
        {
          ...{ joint: 'J080', outcome: 'undone', tool: '套筒 8 mm', torqueNm: 7.4, angleDeg: 820 },
          ...{
            seconds: 6.2,
            curve: [
              [0, 0],
              [30, 7.4],
              [820, 0.3],
            ],
          },
        },
        { joint: 'J090', outcome: 'undone', torqueNm: 1.1, angleDeg: 1440, seconds: 4 },
      ]),
    );
    expect(first).toMatchObject({ accepted: 2, replanned: false });
    const stuck = await key.ok(
      c.captureJoints,
      send([{ joint: 'J030', outcome: 'seized', torqueNm: 24, angleDeg: 3, seconds: 12 }]),
    );
    expect(stuck.replanned).toBe(true);
    const { joints, done, plan } = await now();
    expect(plan).toMatchObject({ id: stuck.planId, cause: { kind: 'seized', at: 'J030' } });
    expect(done).toEqual(expect.arrayContaining(['J080', 'J090']));
    expect(joints[0]).toMatchObject({
      ...{ joint: 'J080', source: 'station', station: 'DS-01', torqueNm: 7.4, angleDeg: 820 },
      curve: [
        [0, 0],
        [30, 7.4],
        [820, 0.3],
      ],
    });
    const joint = [{ joint: 'J010', outcome: 'undone' }];
    expect(await key.refused(c.captureJoints, send(joint, 'C9999999'))).toBe('JOINT_NO_TEARDOWN');
    expect(await key.refused(c.getTeardownPlan, { params })).toBe('PERMISSION_DENIED');
    const receiver = await p.org.as('receiver');
    expect(await receiver.refused(c.captureJoints, send(joint))).toBe('PERMISSION_DENIED');
  });
});

test('the damage log lists every hurt with who did it; the rate counts only dismantling’s', async () => {
  const { params, teardown, record } = await opened();
  for (const l of teardown.lines) await record(l.pos, {});
  const shot = await photo(dismantler);
  await record(20, {
    outcome: 'broken',
    damages: [{ mode: 'fracture', cause: 'dismantling', photo: shot }],
  });
  await record(60, { damages: [{ mode: 'wear', cause: 'before' }] });
  const before = await planner.ok(c.nonDestructive, { query: { days: 30 } });
  await dismantler.ok(c.finishTeardown, { params, body: { residueG: 20 } });
  const kpi = await planner.ok(c.nonDestructive, { query: { days: 30 } });
  expect(kpi.parts.of - before.parts.of).toBe(21);
  expect(kpi.parts.whole - before.parts.whole).toBe(20);
  expect(kpi.worst.some((w) => w.part.number.endsWith('-020'))).toBe(true);
  const log = await planner.ok(c.listDamage, { query: { cause: 'dismantling', limit: 1 } });
  expect(log.items[0]).toMatchObject({ pos: 20, mode: 'fracture', photo: shot });
  const all = await planner.ok(c.listDamage, { query: { limit: 1 } });
  const rest = await planner.ok(c.listDamage, { query: { limit: 200, cursor: all.next } });
  const ids = [...all.items, ...rest.items].map((i) => i.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('another organisation’s plans, joints and studies are not there', async () => {
  const { core, plan, params } = await opened();
  const stranger = await (await p.app.org('别家厂')).as('owner');
  const planId = { planId: plan.id };
  expect(await stranger.refused(c.getPlan, { params: planId })).toBe('PLAN_NOT_FOUND');
  expect(await stranger.refused(c.checkPlan, { params: planId })).toBe('PLAN_NOT_FOUND');
  const follow = { params: planId, body: { decision: 'follow' as const } };
  expect(await stranger.refused(c.decidePlan, follow)).toBe('PLAN_NOT_FOUND');
  expect(await stranger.refused(c.makePlan, { body: { coreId: core.id } })).toBe('CORE_NOT_FOUND');
  expect(await stranger.refused(c.getTeardownPlan, { params })).toBe('TEARDOWN_NOT_FOUND');
  const joint = { params, body: { joint: 'J010', outcome: 'undone' as const } };
  expect(await stranger.refused(c.recordJoint, joint)).toBe('TEARDOWN_NOT_FOUND');
  const studyId = { params: { studyId: newId('study') } };
  expect(await stranger.refused(c.getStudy, studyId)).toBe('STUDY_NOT_FOUND');
  expect((await stranger.ok(c.listPlans, { query: {} })).items).toEqual([]);
});
