import { findCandidates } from '@zaizao/modules/catalog/contract';
import { getCoreView, gradeCore, receiveWalkIn } from '@zaizao/modules/cores/contract';
import {
  decidePlan,
  finishTeardown,
  getBalance,
  getCheckForm,
  getTeardownPlan,
  planCrew,
  recordCheck,
  recordLine,
  recordOutflow,
  startTeardown,
} from '@zaizao/modules/dismantling/contract';
import { addPartner, getOrganisation, recordLicence } from '@zaizao/modules/parties/contract';
import { uploadFile } from '@zaizao/platform/files/contract';
import { type Person, signIn } from './client.ts';
import { drawnStarter } from './picture.ts';
import { enterCatalogue } from './world.ts';

/** Cars of the demonstration: end-of-life, with VINs that check and are nobody’s. */
const CARS = [
  { vin: 'LSVAM4186C2184841', massG: 1_380_000, mileageKm: 186_000, modelYear: 2012 },
  { vin: 'LSVAM4187C2184847', massG: 1_372_000, mileageKm: 243_000, modelYear: 2012 },
] as const;

const WHERE = {
  assemblies: ['remanufactured', '河间发动机再制造厂（演示）'],
  battery: ['hazardous', '沧州危废处置中心（演示）'],
  parts: ['sold', '配件市场（演示）'],
  metal: ['metal', '邯郸钢厂（演示）'],
  fluids: ['hazardous', '沧州危废处置中心（演示）'],
  'other-materials': ['shredded', '破碎厂（演示）'],
  residue: ['residue', '填埋场（演示）'],
} as const;

/**
 * The vehicle dismantler of the demonstration: one car bought, checked, taken apart and closed to
 * 100 % of its mass; a second one checked and open, with a crew’s schedule.
 */
export async function dismantleVehicles(url: string): Promise<void> {
  const owner = await signIn(url, 'vehicle-dismantler');
  await owner.do(getOrganisation);
  const known = await owner.do(findCandidates, { query: { number: 'ELV-M1' } });
  if (known.items.length > 0) return;
  await enterCatalogue(owner, 'E');
  await owner.do(recordLicence, {
    body: {
      ...{ kind: 'vehicle-dismantling', number: 'SIM-CJ-001', issuer: '演示发证机关' },
      validFrom: '2025-01-01',
    },
  });
  const seller = await owner.do(addPartner, { body: { name: '车主（演示）', kind: 'other' } });
  const shot = await owner.do(uploadFile, {
    file: { name: 'car.png', bytes: drawnStarter('nameplate', 7) },
  });
  for (const [n, car] of CARS.entries()) {
    await takeApart(owner, { ...car, sellerId: seller.id, photo: shot.sha256, isLast: n === 1 });
  }
  console.log(`${CARS.length} 辆车已拆解或在拆 / vehicles dismantled or under way`);
}

interface Car {
  readonly vin: string;
  readonly massG: number;
  readonly mileageKm: number;
  readonly modelYear: number;
  readonly sellerId: string;
  readonly photo: string;
  readonly isLast: boolean;
}

async function takeApart(owner: Person, car: Car): Promise<void> {
  const { vin, mileageKm, modelYear, massG, photo } = car;
  const core = await owner.do(receiveWalkIn, {
    body: {
      ...{ number: 'ELV-M1', supplierId: car.sellerId, channel: 'direct', massG },
      donor: { vin, mileageKm, modelYear },
    },
  });
  const params = { coreId: core.id };
  const { criteria } = await owner.do(getCoreView, { params });
  await owner.do(gradeCore, {
    params,
    body: {
      answers: criteria.map((c) => ({ criterion: c.code, met: c.code !== 'BODY' })),
      photos: { front: photo, side: photo, nameplate: photo },
    },
  });
  const { zones } = await owner.do(getCheckForm, { params });
  const BENT: Readonly<Record<string, 'missing' | 'worn' | 'broken'>> = {
    ...{ 'W-HV': 'missing', 'W-CRASH': 'worn', '160': 'broken', '120': 'missing' },
  };
  await owner.do(recordCheck, {
    params,
    body: {
      answers: zones.flatMap((z) =>
        z.items.map((i) => ({
          item: i.item,
          state: BENT[i.item] ?? ('good' as const),
          photos: i.needsPhoto ? [photo] : [],
        })),
      ),
      mileageKm,
    },
  });
  const teardown = await owner.do(startTeardown, { body: { coreId: core.id } });
  const at = { teardownId: teardown.id };
  const { plan } = await owner.do(getTeardownPlan, { params: at });
  if (plan) {
    await owner.do(decidePlan, { params: { planId: plan.id }, body: { decision: 'follow' } });
  }
  if (car.isLast) return scheduleCrew(owner, core.id, teardown.core.part.id);
  for (const { pos } of teardown.lines) {
    const weighed = pos === 190 ? { massG: 738_000 } : {};
    const outcome = pos === 120 ? 'missing' : 'found';
    await owner.do(recordLine, { params: at, body: { pos, outcome, ...weighed } });
  }
  await owner.do(finishTeardown, { params: at, body: { residueG: 41_000 } });
  const { streams } = await owner.do(getBalance, { params: at });
  for (const [n, { stream, massG: mass }] of streams.entries()) {
    const [kind, receiver] = WHERE[stream];
    await owner.do(recordOutflow, {
      params: at,
      body: { stream, kind, receiver, massG: mass, document: `SIM-LD-${n + 1}` },
    });
  }
}

/** The second car’s days: four people, two half days each. */
async function scheduleCrew(owner: Person, coreId: string, partId: string): Promise<void> {
  await owner.do(planCrew, {
    body: {
      ...{ partId, coreId, from: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) },
      ...{ days: 2, slotMinutes: 15, zones: [] },
      shifts: [
        { fromHour: 8, toHour: 12 },
        { fromHour: 13, toHour: 17 },
      ],
      people: [
        { name: '孙拆车', skills: ['lifting', 'cutting'] },
        { name: '李电工', skills: ['electric', 'airbag', 'refrigerant'] },
        { name: '王师傅', skills: ['lifting'] },
      ],
    },
  });
}
