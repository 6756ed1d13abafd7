import type { LineProblem, LineTask, MachineProblem, Window } from '@zaizao/disassembly';
import type { JointData } from './plan-problem.ts';

/** A joint with whom it takes and where. */
export interface StudyJoint extends Omit<JointData, 'forceFen'> {
  readonly crew: number;
  readonly skill?: string | undefined;
  readonly zone: string;
}

/** Joints without some; what waited for a left-out joint waits for what that one waited for. */
export function withoutJoints(
  joints: readonly StudyJoint[],
  without: readonly string[],
): StudyJoint[] {
  const out = new Set(without);
  const by = new Map(joints.map((j) => [j.code, j]));
  const waits = (code: string, seen: ReadonlySet<string>): string[] => {
    if (!out.has(code)) return by.has(code) ? [code] : [];
    if (seen.has(code)) return [];
    return (by.get(code)?.after ?? []).flatMap((a) => waits(a, new Set([...seen, code])));
  };
  return joints
    .filter((j) => !out.has(j.code))
    .map((j) => ({ ...j, after: [...new Set(j.after.flatMap((a) => waits(a, new Set())))] }));
}

/** The joint with which each position comes loose: of those that hold it, the deepest in waiting. */
export function freeingJoint(joints: readonly StudyJoint[]): Map<number, string> {
  const by = new Map(joints.map((j) => [j.code, j]));
  const depth = new Map<string, number>();
  const depthOf = (code: string): number => {
    const known = depth.get(code);
    if (known !== undefined) return known;
    depth.set(code, 0); // a ring cannot be stored
    const before = (by.get(code)?.after ?? []).filter((a) => by.has(a));
    const own = before.length === 0 ? 0 : 1 + Math.max(...before.map(depthOf));
    depth.set(code, own);
    return own;
  };
  const last = new Map<number, string>();
  for (const j of joints) {
    for (const pos of j.parts) {
      const now = last.get(pos);
      if (now === undefined || depthOf(j.code) >= depthOf(now)) last.set(pos, j.code);
    }
  }
  return last;
}

/**
 * A paced dismantling line: each joint is one task, hazardous ones early, what is asked for early.
 * @param cycleSeconds time a station has for one product
 * @param demand pieces asked for, by position
 */
export function lineProblem(
  joints: readonly StudyJoint[],
  demand: ReadonlyMap<number, number>,
  cycleSeconds: number,
): LineProblem {
  const frees = freeingJoint(joints);
  const wanted = new Map<string, number>();
  for (const [pos, code] of frees) {
    wanted.set(code, (wanted.get(code) ?? 0) + (demand.get(pos) ?? 0));
  }
  const known = new Set(joints.map((j) => j.code));
  return {
    cycleTime: cycleSeconds,
    tasks: joints.map(
      (j): LineTask => ({
        id: j.code,
        time: j.seconds,
        hazardous: j.hazard > 0,
        demand: wanted.get(j.code) ?? 0,
        ...(j.direction ? { direction: j.direction } : {}),
        after: j.after.filter((a) => known.has(a)),
      }),
    ),
  };
}

export interface CrewInput {
  readonly days: number;
  readonly slotMinutes: number;
  readonly shifts: readonly { readonly fromHour: number; readonly toHour: number }[];
  readonly people: readonly {
    readonly name: string;
    readonly skills: readonly string[];
    readonly fenPerHour: number;
  }[];
  readonly zones: readonly { readonly zone: string; readonly people: number }[];
}

/** People at once in a zone nobody spoke of. */
const ROOM = 5;
export const NO_ZONE = '—';

/** Slots outside the shifts of every day, from midnight of the first. */
export function offDuty(input: CrewInput): Window[] {
  const perDay = Math.floor((24 * 60) / input.slotMinutes);
  const slot = (hour: number) => Math.round((hour * 60) / input.slotMinutes);
  const on = input.shifts
    .map((s) => ({ start: slot(s.fromHour), end: Math.min(perDay, slot(s.toHour)) }))
    .filter((s) => s.end > s.start)
    .sort((a, b) => a.start - b.start);
  const off: Window[] = [];
  for (let day = 0; day < input.days; day++) {
    let at = 0;
    for (const s of on) {
      if (s.start > at) off.push({ start: day * perDay + at, end: day * perDay + s.start });
      at = Math.max(at, s.end);
    }
    if (at < perDay) off.push({ start: day * perDay + at, end: (day + 1) * perDay });
  }
  return off;
}

/** A whole machine taken apart over days by a crew with skills, shifts and room in zones. */
export function crewProblem(joints: readonly StudyJoint[], input: CrewInput): MachineProblem {
  const perDay = Math.floor((24 * 60) / input.slotMinutes);
  const zones = [...new Set(joints.map((j) => j.zone || NO_ZONE))];
  const room = new Map(input.zones.map((z) => [z.zone, z.people]));
  const known = new Set(joints.map((j) => j.code));
  const away = offDuty(input);
  return {
    horizon: input.days * perDay,
    technicians: input.people.map((p, i) => ({
      id: `${i + 1} ${p.name}`,
      skills: [...new Set(p.skills)],
      unavailable: away,
      costPerSlot: Math.round((p.fenPerHour * input.slotMinutes) / 60),
    })),
    zones: zones.map((id) => ({ id, capacity: room.get(id) ?? ROOM })),
    balance: [],
    operations: joints.map((j) => ({
      id: j.code,
      duration: Math.max(1, Math.ceil(j.seconds / 60 / input.slotMinutes)),
      zone: j.zone || NO_ZONE,
      crew: j.crew,
      skills: j.skill && j.skill !== 'general' ? [{ skill: j.skill, quantity: 1 }] : [],
      mass: 0,
      after: j.after.filter((a) => known.has(a)),
    })),
  };
}
