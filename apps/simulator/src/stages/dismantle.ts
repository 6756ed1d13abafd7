import {
  finishCleaning,
  finishTeardown,
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
