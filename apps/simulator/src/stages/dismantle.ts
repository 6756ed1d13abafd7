import {
  captureJoints,
  decidePlan,
  finishCleaning,
  finishTeardown,
  getTeardownPlan,
  listComponents,
  recordLine,
  scrapComponent,
  startCleaning,
  startTeardown,
} from '@zaizao/modules/dismantling/contract';
import type { Round } from '../round.ts';

export async function tearDown(r: Round, coreId: string): Promise<void> {
  const { dismantler } = r.people;
  r.pass(15);
  const t = await dismantler.do(startTeardown, { body: { coreId } });
  const params = { teardownId: t.id };
  await followPlan(r, t.id);
  if (!r.o.smooth && r.rng.chance(25)) await byStation(r, t.id, t.core.code);
  // One part is missing on some cores; in the tour always the same small one.
  const spare = t.lines.filter((l) => l.policy === 'replace' && l.expectedQty === 1);
  const missing = r.o.smooth || r.rng.chance(5) ? spare.at(-1)?.pos : undefined;
  for (const l of t.lines) {
    await dismantler.do(recordLine, {
      params,
      body:
        l.pos === missing
          ? { pos: l.pos, outcome: 'missing' }
          : {
              pos: l.pos,
              outcome: 'found',
              ...(l.policy === 'replace' ? { damages: [{ mode: 'wear' }] } : {}),
            },
    });
  }
  if (missing !== undefined) await followPlan(r, t.id);
  r.pass(2);
  const residueG = Math.round((await r.w.massOf(r.o.product.product)) * 0.006);
  const done = await dismantler.do(finishTeardown, {
    params,
    body: { residueG, explanation: '铭牌质量与实测之差' },
  });
  await r.tell(
    'dismantle',
    `拆解完成：${done.lines.length} 个位置${missing ? '，缺 1 件' : ''}，质量差 ${done.balance.differencePct.toFixed(1)} %`,
    `torn down: ${done.lines.length} positions${missing ? ', one missing' : ''}, mass difference ${done.balance.differencePct.toFixed(1)} %`,
    done.core.epc,
  );
  const policy = new Map(done.lines.map((l) => [l.part.id, l.policy]));
  for (const c of await componentsOf(r, coreId, 'found')) {
    if (policy.get(c.part.id) !== 'replace') continue;
    await dismantler.do(scrapComponent, {
      params: { componentId: c.id },
      body: { reason: '必换件' },
    });
  }
}

/** The dismantler does what the plan in force says; now and then there is a reason not to. */
async function followPlan(r: Round, teardownId: string): Promise<void> {
  const { dismantler } = r.people;
  const { plan } = await dismantler.do(getTeardownPlan, { params: { teardownId } });
  if (!plan || plan.decision) return;
  const isFollowed = r.o.smooth || !r.rng.chance(6);
  await dismantler.do(decidePlan, {
    params: { planId: plan.id },
    body: isFollowed
      ? { decision: 'follow' }
      : { decision: 'deviate', reason: '工位占用，先拆电磁开关' },
  });
}

/** Screws loosen at what they were tightened with, roughly; the curve falls as the thread runs free. */
function loosening(r: Round): { torqueNm: number; angleDeg: number; curve: [number, number][] } {
  const torqueNm = Number(r.rng.between(6, 13).toFixed(1));
  const angleDeg = Math.round(r.rng.between(600, 1500));
  const curve = Array.from({ length: 30 }, (_, i): [number, number] => {
    const angle = Math.round((angleDeg * i) / 29);
    return [angle, Number((torqueNm * Math.exp(-angle / 90) + r.rng.between(0, 0.2)).toFixed(2))];
  });
  return { torqueNm, angleDeg, curve };
}

/** A tool station undoes the screws and posts what it measured; one of them may be seized. */
async function byStation(r: Round, teardownId: string, core: string): Promise<void> {
  const { dismantler } = r.people;
  const { plan } = await dismantler.do(getTeardownPlan, { params: { teardownId } });
  const screws = plan?.steps.filter((s) => /^(T|PH|套筒)/.test(s.tool)).slice(0, 4) ?? [];
  if (screws.length === 0) return;
  const seized = r.rng.chance(40) ? screws.at(-1)?.joint : undefined;
  await dismantler.do(captureJoints, {
    body: {
      station: 'DS-01',
      core,
      records: screws.map((s) => ({
        joint: s.joint,
        outcome: s.joint === seized ? ('seized' as const) : ('undone' as const),
        tool: s.tool,
        seconds: Number((s.seconds * r.rng.between(0.8, 1.3)).toFixed(1)),
        ...(s.joint === seized
          ? { torqueNm: Number(r.rng.between(22, 30).toFixed(1)), angleDeg: 4 }
          : loosening(r)),
      })),
    },
  });
  if (seized) await followPlan(r, teardownId);
}

export async function componentsOf(
  r: Round,
  coreId: string,
  state: 'found' | 'cleaned' | 'restore' | 'reuse',
) {
  const page = await r.people.dismantler.do(listComponents, {
    query: { coreId, state, limit: 200 },
  });
  return page.items;
}

export async function clean(r: Round, coreId: string): Promise<void> {
  const { dismantler } = r.people;
  const components = await componentsOf(r, coreId, 'found');
  r.pass(5);
  const { method, machine, parameters } = r.o.product.cleaning;
  const batch = await dismantler.do(startCleaning, {
    body: { method, machine, componentIds: components.map((c) => c.id), parameters },
  });
  r.pass(8);
  await dismantler.do(finishCleaning, {
    params: { batchId: batch.id },
    body: { result: 'good', consumption: { waterL: '1.8', energyKwh: '0.6' } },
  });
  await r.tell(
    'clean',
    `清洗 ${components.length} 批件合格`,
    `${components.length} parts and lots cleaned`,
    components[0]?.epc,
  );
}
