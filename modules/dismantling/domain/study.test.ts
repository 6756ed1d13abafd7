import { checkLinePlan, checkMachinePlan, solveLine, solveMachine } from '@zaizao/disassembly';
import { expect, test } from 'vitest';
import { vehicleBalance } from './balance.ts';
import { checkForm } from './check-form.ts';
import { crewProblem, freeingJoint, lineProblem, offDuty, withoutJoints } from './study.ts';

const joint = (code: string, after: string[], seconds: number, more: object = {}) => ({
  ...{ code, after, seconds, parts: [10, 20], tool: '', hazard: 0, crew: 1, zone: '' },
  ...more,
});
const JOINTS = [
  joint('A', [], 40, { parts: [10, 30], hazard: 5 }),
  joint('B', ['A'], 30, { parts: [10, 20] }),
  joint('C', ['B'], 50, { parts: [20, 40], direction: '+x' }),
  joint('D', ['A'], 20, { parts: [30, 50], skill: 'lifting', crew: 2, zone: 'Z' }),
];

test('a left-out joint hands its waiting on', () => {
  const kept = withoutJoints(JOINTS, ['B']);
  expect(kept.map((j) => j.code)).toEqual(['A', 'C', 'D']);
  expect(kept.find((j) => j.code === 'C')?.after).toEqual(['A']);
});

test('a part comes loose with the deepest joint that holds it', () => {
  expect([...freeingJoint(JOINTS)].sort()).toEqual([
    [10, 'B'],
    [20, 'C'],
    [30, 'D'],
    [40, 'C'],
    [50, 'D'],
  ]);
});

test('a line keeps its takt, its order, and has hazards early', () => {
  const problem = lineProblem(JOINTS, new Map([[50, 7]]), 80);
  expect(problem.tasks.find((t) => t.id === 'D')?.demand).toBe(7);
  const solved = solveLine(problem, { seed: 1, iterations: 2000 });
  if (!solved.ok) throw new Error(solved.problem.message);
  expect(checkLinePlan(problem, solved.value.stations).faults).toEqual([]);
  expect(solved.value.status).toBe('optimal');
  expect(solved.value.stations).toHaveLength(2);
});

test('nobody works outside the shifts; skills, people and room are kept', () => {
  const input = {
    ...{ days: 2, slotMinutes: 60, zones: [{ zone: 'Z', people: 2 }] },
    shifts: [
      { fromHour: 8, toHour: 12 },
      { fromHour: 13, toHour: 17 },
    ],
    people: [
      { name: '甲', skills: ['lifting'], fenPerHour: 6000 },
      { name: '乙', skills: [], fenPerHour: 4000 },
    ],
  };
  expect(offDuty(input)).toEqual([
    { start: 0, end: 8 },
    { start: 12, end: 13 },
    { start: 17, end: 24 },
    { start: 24, end: 32 },
    { start: 36, end: 37 },
    { start: 41, end: 48 },
  ]);
  const hours = JOINTS.map((j) => ({ ...j, seconds: j.seconds * 180 }));
  const problem = crewProblem(hours, input);
  const solved = solveMachine(problem, { seed: 1, iterations: 500 });
  if (!solved.ok) throw new Error(solved.problem.message);
  expect(checkMachinePlan(problem, solved.value.operations).faults).toEqual([]);
  const first = Math.min(...solved.value.operations.map((o) => o.start));
  expect(first).toBe(8);
});

test('the shares of a vehicle and its difference add up to the whole', () => {
  const masses = [
    { stream: 'assemblies', massG: 330_000 },
    { stream: 'metal', massG: 770_000 },
    { stream: 'fluids', massG: 24_000 },
    { stream: 'residue', massG: 40_000 },
  ];
  const b = vehicleBalance(1_200_000, masses, [
    { stream: 'metal', kind: 'metal', massG: 770_000 },
    { stream: 'fluids', kind: 'hazardous', massG: 24_000 },
    { stream: 'residue', kind: 'residue', massG: 40_000 },
  ]);
  expect(b.streams.reduce((sum, s) => sum + s.pct, 0) + b.differencePct).toBeCloseTo(100, 9);
  expect(b.differenceG).toBe(36_000);
  expect(b.recoveredPct).toBeCloseTo((100 * 1_100_000) / 1_200_000, 9);
  expect(b.allLeft).toBe(false);
  const all = vehicleBalance(1_200_000, masses, [
    ...masses.map((m) => ({ ...m, kind: 'sold', massG: m.massG - 100 })),
  ]);
  expect(all.allLeft).toBe(true);
});

test('a form asks for the whole first, then zone by zone in both languages', () => {
  const form = checkForm('vehicle', [
    { pos: 10, name: { zh: '发动机', en: 'Engine' }, zone: '机舱 engine bay' },
    { pos: 20, name: { zh: '玻璃', en: 'Glass' }, zone: '' },
  ]);
  expect(form.map((z) => z.name.en)).toEqual(['The whole', 'engine bay', 'Other']);
  expect(form[1]).toMatchObject({ name: { zh: '机舱' }, items: [{ item: '10', pos: 10 }] });
  expect(checkForm('starter', []).length).toBe(0);
});
