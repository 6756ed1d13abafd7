import type { BomPart, BomPrices, Finding, Join, NodeValue } from '@zaizao/disassembly';
import { type Odds, type PartFigures, partWorth, type Rates } from './worth.ts';

/** The product itself in a problem. */
export const WHOLE = 'product';

/** A joint as the catalogue has it. */
export interface JointData {
  readonly code: string;
  readonly parts: readonly number[];
  readonly after: readonly string[];
  readonly seconds: number;
  readonly tool: string;
  readonly direction?: string | undefined;
  readonly hazard: number;
  readonly forceFen?: number | undefined;
}

export interface PositionData extends PartFigures {
  readonly pos: number;
  readonly odds: Odds;
  readonly mustOut: boolean;
  readonly lookFen?: number | undefined;
}

export interface GroupData {
  readonly code: string;
  readonly members: readonly number[];
  readonly wholeFen?: number | undefined;
  readonly goodPct?: number | undefined;
  readonly lookFen?: number | undefined;
}

/** Everything that decides a plan but what is found; money in fen. Stored, so that it can be solved again. */
export interface PlanProblem {
  readonly bom: readonly BomPart[];
  readonly joins: readonly Join[];
  readonly values: readonly NodeValue[];
  readonly prices: BomPrices;
  /** What forcing each joint would cost beyond its work. */
  readonly force: Readonly<Record<string, number>>;
}

/** Turns the data of a product into the engine’s problem. Joints of unknown positions are left out. */
export function problemOf(
  positions: readonly PositionData[],
  groups: readonly GroupData[],
  joints: readonly JointData[],
  scrapFenPerG: number,
  rates: Rates,
): PlanProblem {
  const known = new Set(positions.map((p) => p.pos));
  const groupOf = new Map<number, string>();
  const used = groups.filter((g) => g.members.some((m) => known.has(m)));
  for (const g of used) for (const m of g.members) groupOf.set(m, g.code);
  const bom: BomPart[] = [
    { id: WHOLE },
    ...used.map((g) => ({ id: g.code, parent: WHOLE })),
    ...positions.map((p) => ({
      id: String(p.pos),
      parent: groupOf.get(p.pos) ?? WHOLE,
      ...(p.mustOut ? { mandatory: true } : {}),
    })),
  ];
  const values: NodeValue[] = [];
  const scrapOf = new Map<number, number>();
  for (const p of positions) {
    const { recovered, residual } = partWorth(p, scrapFenPerG, rates);
    scrapOf.set(p.pos, recovered.scrap ?? 0);
    const unsure = Object.keys(recovered).length > 1;
    values.push({
      part: String(p.pos),
      recovered,
      residual,
      // Nothing is used that nobody has looked at: unseen it is worth its metal.
      ...(unsure
        ? {
            odds: p.odds,
            unseen: recovered.scrap ?? 0,
            benchInspection: p.lookFen ?? rates.lookFen,
          }
        : {}),
    });
  }
  const kept = joints.filter((j) => new Set(j.parts.filter((p) => known.has(p))).size >= 2);
  const codes = new Set(kept.map((j) => j.code));
  const joins = kept.map(
    (j): Join => ({
      id: j.code,
      parts: [...new Set(j.parts.filter((p) => known.has(p)))].map(String),
      cost: 0,
      seconds: j.seconds,
      hazard: j.hazard,
      ...(j.tool ? { tool: j.tool } : {}),
      ...(j.direction ? { direction: j.direction } : {}),
      after: j.after.filter((a) => codes.has(a)),
    }),
  );
  const first: string[][] = [];
  for (const g of used) {
    if (g.wholeFen === undefined || g.goodPct === undefined) continue;
    if (!comesOutWhole(g, joins, first)) continue;
    const bad = g.members.reduce((sum, m) => sum + (scrapOf.get(m) ?? 0), 0);
    const good = g.goodPct / 100;
    values.push({
      part: g.code,
      recovered: { good: Math.max(g.wholeFen, bad), bad },
      odds: { good, bad: 1 - good },
      unseen: bad,
      benchInspection: g.lookFen ?? rates.lookFen,
    });
  }
  const price = new Map(positions.map((p) => [p.pos, p.goodFen * p.qty]));
  const force = kept.map((j): [string, number] => [
    j.code,
    // Force is presumed to break half of the dearest thing it holds, where nobody has said.
    j.forceFen ?? Math.round(Math.max(0, ...j.parts.map((p) => price.get(p) ?? 0)) / 2),
  ]);
  const second = rates.labourFenPerHour / 3600;
  return {
    bom,
    joins,
    values,
    prices: {
      labourPerHour: rates.labourFenPerHour,
      perHazard: rates.fenPerHazard,
      toolChange: Math.round(rates.toolChangeSeconds * second),
      directionChange: Math.round(rates.turnSeconds * second),
    },
    force: Object.fromEntries(force),
  };
}

/**
 * Whether a group can come out before it is opened: what holds it must not wait for what is inside it, nor for the
 * inside of groups taken before it. `first` gathers pairs [joint, joint before it].
 */
function comesOutWhole(g: GroupData, joins: readonly Join[], first: string[][]): boolean {
  const inside = new Set(g.members.map(String));
  const count = (j: Join) => j.parts.filter((p) => inside.has(p)).length;
  const holding = joins.filter((j) => count(j) > 0 && count(j) < j.parts.length);
  const within = joins.filter((j) => count(j) === j.parts.length);
  const more = within.flatMap((j) => holding.map((h) => [j.id, h.id]));
  if (hasRing(joins, [...first, ...more])) return false;
  first.push(...more);
  return true;
}

/** Whether joints wait for each other in a ring. */
function hasRing(joins: readonly Join[], more: readonly (readonly string[])[]): boolean {
  const before = new Map(joins.map((j) => [j.id, new Set(j.after)]));
  for (const [id = '', first = ''] of more) before.get(id)?.add(first);
  let waiting = [...before.keys()];
  const done = new Set<string>();
  for (;;) {
    const rest = waiting.filter((id) => {
      if ([...(before.get(id) ?? [])].some((b) => !done.has(b))) return true;
      done.add(id);
      return false;
    });
    if (rest.length === 0) return false;
    if (rest.length === waiting.length) return true;
    waiting = rest;
  }
}

/** What is known of a teardown under way. */
export interface Seen {
  readonly lines: readonly {
    readonly pos: number;
    readonly outcome: 'pending' | 'found' | 'missing' | 'broken' | 'unknown' | 'left';
  }[];
  /** Joints that were worked on, in order. */
  readonly joints: readonly {
    readonly code: string;
    readonly outcome: 'undone' | 'seized' | 'destroyed';
  }[];
  /** What was seen before the teardown, by position. */
  readonly before?: readonly {
    readonly pos: number;
    readonly state: 'good' | 'scrap' | 'missing';
  }[];
}

/** Findings as the engine takes them, and positions that a person chose to leave. */
export interface Known {
  readonly findings: readonly Finding[];
  readonly left: readonly string[];
}

/**
 * What was seen, as findings. A part that lies on the table has come loose: its joints and what was
 * in their way are undone. A joint that has lost all but one of its parts is no more.
 */
export function knownFrom(problem: PlanProblem, seen: Seen): Known {
  const ids = new Set(problem.bom.map((p) => p.id));
  const byId = new Map(problem.joins.map((j) => [j.id, j]));
  const missing = new Set<string>();
  const condition = new Map<string, string>();
  const undone = new Set<string>();
  const left: string[] = [];
  const conditionsOf = new Map(problem.values.map((v) => [v.part, Object.keys(v.recovered)]));
  const judge = (part: string, found: string) => {
    if (conditionsOf.get(part)?.includes(found)) condition.set(part, found);
  };
  for (const b of seen.before ?? []) {
    const part = String(b.pos);
    if (!ids.has(part)) continue;
    if (b.state === 'missing') missing.add(part);
    else judge(part, b.state);
  }
  for (const l of seen.lines) {
    const part = String(l.pos);
    if (!ids.has(part) || l.outcome === 'pending') continue;
    missing.delete(part);
    if (l.outcome === 'missing') missing.add(part);
    else if (l.outcome === 'broken') judge(part, 'scrap');
    else if (l.outcome === 'left') left.push(part);
    else for (const j of problem.joins) if (j.parts.includes(part)) undone.add(j.id);
  }
  const last = new Map(seen.joints.map((j) => [j.code, j.outcome]));
  for (const [code, outcome] of last) if (outcome !== 'seized') undone.add(code);
  for (const id of undone) for (const before of byId.get(id)?.after ?? []) undone.add(before);
  // After that: what is gone holds nothing, but what was in its way is still there.
  for (const j of problem.joins) {
    if (j.parts.filter((p) => !missing.has(p)).length < 2) undone.add(j.id);
  }
  const broken = new Set(
    [...condition].flatMap(([part, c]) => (c === 'scrap' || c === 'bad' ? [part] : [])),
  );
  for (const p of problem.bom) {
    if (p.parent && p.parent !== WHOLE && broken.has(p.id)) judge(p.parent, 'bad');
  }
  return {
    findings: [
      ...[...missing].map((part): Finding => ({ kind: 'missing', part })),
      ...[...condition].map(([part, c]): Finding => ({ kind: 'condition', part, condition: c })),
      ...[...undone]
        .filter((id) => byId.has(id))
        .map((join): Finding => ({ kind: 'undone', join })),
      ...[...last].flatMap(([join, outcome]): Finding[] => {
        const known = byId.get(join);
        if (outcome !== 'seized' || !known || undone.has(join)) return [];
        const cost = problem.force[join] ?? 0;
        return [{ kind: 'seized', join, cost, seconds: known.seconds * 2 }];
      }),
    ],
    left,
  };
}
