/** Steps of a planner, driven through the endpoints, for the tests of this module. */
import type { Actor } from '@zaizao/platform/testkit';
import type { z } from 'zod';
import { inspectionModule } from '../inspection/index.ts';
import { addStation, releaseAssembly } from '../production/contract.ts';
import { productionModule } from '../production/index.ts';
import { type Plant, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';
import { planningModule } from './index.ts';

export type PlanOf = z.output<typeof c.PlanView>;

export interface PlannedPlant extends Plant {
  readonly planner: Actor;
  readonly stations: ReadonlyMap<string, string>;
}

const STATIONS = [
  ['FM-07 压装', 'forming'],
  ['总装台 1', 'assembly'],
  ['总装台 2', 'assembly'],
  ['试验台', 'test'],
  ['涂装线', 'coating'],
  ['激光标识', 'labelling'],
  ['包装台', 'packing'],
] as const;

/** Monday 2026-03-02, 09:00 in Shanghai: the first shift is under way. */
export async function planningPlant(): Promise<PlannedPlant> {
  const p = await startPlant([inspectionModule, productionModule, planningModule], true);
  const planner = await p.org.as('planner');
  const stations = new Map<string, string>();
  for (const [name, kind] of STATIONS) {
    const s = await planner.ok(addStation, { body: { name, kind } });
    stations.set(name, s.id);
  }
  for (const [name, ...skills] of [
    ['赵师傅', 'forming', 'assembly'],
    ['陈装配', 'assembly', 'test'],
    ['孙试验', 'test', 'coating', 'labelling', 'packing'],
  ] as const) {
    await planner.ok(c.addPerson, { body: { name, skills: [...skills] } });
  }
  return { ...p, planner, stations };
}

/** Assembly orders, one after another, each with its dates. */
export async function orders(p: PlannedPlant, dates: readonly object[]) {
  const out = [];
  for (const more of dates) {
    out.push(await p.planner.ok(releaseAssembly, { body: { partId: p.starterId, ...more } }));
  }
  return out;
}

/** Waits until a plan is no longer being solved. */
export async function ended(who: Actor, planId: string): Promise<PlanOf> {
  for (let n = 0; n < 600; n++) {
    const plan = await who.ok(c.getPlan, { params: { planId } });
    if (plan.state !== 'solving') {
      return plan;
    }
    await new Promise((r) => setTimeout(r, 25));
  }
  throw new Error('the plan is still being solved after 15 s');
}

/** Makes a plan and waits for it. */
export async function planned(who: Actor, body: object = {}): Promise<PlanOf> {
  const made = await who.ok(c.makePlan, {
    body: { iterations: 600, deadlineSeconds: 30, ...body },
  });
  return ended(who, made.id);
}
