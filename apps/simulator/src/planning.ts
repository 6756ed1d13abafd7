import {
  addCalendar,
  addPerson,
  editStationRule,
  getPlan,
  listCalendars,
  listStationRules,
  makeBalance,
  makeOffer,
  makePlan,
  publishPlan,
  runPlan,
} from '@zaizao/modules/planning/contract';
import {
  addProgramme,
  addProgrammeVersion,
  releaseAssembly,
} from '@zaizao/modules/production/contract';
import type { World } from './world.ts';

/** Operators of the demonstration and the kinds of stations they work at. */
const OPERATORS = [
  ['赵师傅', 'forming'],
  ['陈装配', 'assembly'],
  ['高装配', 'assembly', 'forming'],
  ['孙试验', 'test'],
  ['马师傅', 'coating', 'labelling', 'packing'],
  ['田师傅', 'packing', 'labelling'],
] as const;

/** Stations that are meant for some steps, hold several pieces, or need time to change over. */
const RULES: Readonly<Record<string, { steps?: string[]; batch?: number; setup?: number }>> = {
  红外线精车机: { steps: ['OP60', 'OP61'], setup: 300 },
  单向器修复台: { steps: ['OP62'] },
  电磁开关修复台: { steps: ['OP63'] },
  涂装线: { batch: 4, setup: 600 },
};

/** Shifts, operators, what stations can do, and a machining programme that follows the measure. */
export async function setUpPlanning(w: World): Promise<void> {
  const { planner } = w.people;
  if ((await planner.do(listCalendars, { query: { limit: 1 } })).items.length > 0) return;
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  await planner.do(addCalendar, {
    body: {
      name: '两班',
      isDefault: true,
      shifts: [
        { name: '早班', weekdays, from: 6 * 60, to: 14 * 60 },
        { name: '中班', weekdays, from: 14 * 60 + 30, to: 22 * 60 },
      ],
      days: [{ day: '2027-01-01', name: '元旦', shifts: [] }],
    },
  });
  for (const [name, ...skills] of OPERATORS) {
    await planner.do(addPerson, { body: { name, skills: [...skills] } });
  }
  for (const s of (await planner.do(listStationRules, { query: { limit: 200 } })).items) {
    const rule = RULES[s.name];
    if (!rule) continue;
    await planner.do(editStationRule, {
      params: { stationId: s.stationId },
      version: s.version,
      body: {
        steps: rule.steps ?? [],
        attended: true,
        setupSeconds: rule.setup ?? 0,
        ...(rule.batch ? { batchCapacity: rule.batch } : {}),
      },
    });
  }
  const programme = await planner.do(addProgramme, {
    body: {
      code: 'NC-TURN-30',
      stepCode: 'OP60',
      name: '换向器精车',
      dimension: '换向器外径',
      unit: 'mm',
    },
  });
  const windows = [
    ['29.20', '29.60', '0.10', '1200'],
    ['29.60', '29.90', '0.15', '1400'],
    ['29.90', '30.20', '0.20', '1600'],
  ] as const;
  for (const [low, high, depth, speed] of windows) {
    await planner.do(addProgrammeVersion, {
      params: { programmeId: programme.id },
      body: {
        low,
        high,
        parameters: [
          { name: '切深', value: depth, unit: 'mm' },
          { name: '转速', value: speed, unit: 'r/min' },
        ],
      },
    });
  }
}

/** Orders of the coming days: due so many hours after their cores are there; 0 has no date. */
const COMING = [
  ...[0.4, 0.5, 0.5, 0.7, 0.8, 1, 1.2, 0, 2, 4, 6].map((dueHours, n) => ({
    ...{ day: 0, dueHours },
    urgent: n < 2,
  })),
  ...[0.5, 1, 3, 8, 0].map((dueHours) => ({ day: 1, dueHours, urgent: false })),
  ...[2, 4, 9].map((dueHours, n) => ({ day: 2, dueHours, urgent: n === 0 })),
];

const HOUR = 3_600_000;
const CUSTOMERS = ['冀运物流车队', '沧州顺达汽修', '', '保定公交', ''] as const;

/** Orders of the coming days, a plan of them in force, and what the planner looks at beside it. */
export async function planAhead(w: World, product: string): Promise<void> {
  const { planner } = w.people;
  const partId = await w.partId(product);
  const now = Date.now();
  const at = (hours: number) => new Date(now + hours * HOUR).toISOString();
  for (const [n, o] of COMING.entries()) {
    const [from, due] = [o.day * 24, o.day * 24 + o.dueHours];
    await planner.do(releaseAssembly, {
      body: {
        partId,
        priority: o.urgent ? 4 : 2,
        customer: CUSTOMERS[n % CUSTOMERS.length] ?? '',
        ...(o.dueHours > 0 ? { dueAt: at(due) } : {}),
        ...(o.day > 0 ? { notBefore: at(from) } : {}),
        ...(n % 5 === 1
          ? { extraSteps: [{ name: '刻车队编号', stationKind: 'labelling', stdSeconds: 240 }] }
          : {}),
      },
    });
  }
  const plan = await planner.do(makePlan, {
    body: { name: '本周', iterations: 12_000, deadlineSeconds: 20 },
  });
  const params = { planId: plan.id };
  for (const deadline = Date.now() + 90_000; ; ) {
    const seen = await planner.do(getPlan, { params });
    if (seen.state === 'proposed') break;
    if (seen.state !== 'solving' || Date.now() > deadline) {
      throw new Error(`plan ${seen.code}: ${seen.state} ${JSON.stringify(seen.conflict ?? {})}`);
    }
    await new Promise((r) => setTimeout(r, 200));
  }
  await planner.do(publishPlan, { params, body: { reason: '交期可行，负荷均匀' } });
  await planner.do(runPlan, { params, body: { kind: 'simulation', seed: 7, scenarios: 200 } });
  await planner.do(makeBalance, {
    body: { name: '起动机八线', partId, unitsPerDay: 4000, workMinutes: 864, lines: 8 },
  });
  await planner.do(makeOffer, {
    body: {
      stationKind: 'forming',
      title: '红外线精车机夜间空闲',
      capability: '换向器精车 φ25–φ40，径跳 ≤ 0.05 mm',
      region: '河北 河间',
      from: at(0),
      to: at(24 * 14),
      minutes: 2400,
      priceFen: '9000',
    },
  });
}
