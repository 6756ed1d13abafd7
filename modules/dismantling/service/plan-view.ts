import type { Ctx } from '@zaizao/platform/http';
import { type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { listPlans, PlanView } from '../contract.ts';
import { WHOLE } from '../domain/plan-problem.ts';
import { type DecisionRow, decisionsOf, type PlanRow } from '../repo/plan.ts';
import type { PlanBase } from '../repo/tables.ts';

type View = z.input<typeof PlanView>;
type Head = z.input<(typeof listPlans)['response']>['items'][number];

/** Reckoned money to hundredths of a fen: no more is meant. */
const cents = (n: number) => Math.round(n * 100) / 100;

export function planHead(p: PlanRow, decision: DecisionRow | undefined): Head {
  const [second] = p.alternatives;
  return {
    id: p.id,
    no: p.no,
    core: { id: p.core_id, code: p.core_code },
    part: p.part,
    ...(p.teardown_id ? { teardownId: p.teardown_id } : {}),
    worthFen: Number(p.worth),
    asIsFen: Number(p.as_is),
    boundFen: Number(p.bound),
    status: p.result.status,
    ...(second ? { marginFen: cents(second.margin) } : {}),
    ...(p.cause ? { cause: p.cause } : {}),
    ...(decision
      ? {
          decision: {
            decision: decision.decision,
            reason: decision.reason,
            by: decision.decided_by,
            at: decision.decided_at.toISOString(),
          },
        }
      : {}),
    madeBy: p.made_by,
    madeAt: p.made_at.toISOString(),
  };
}

/** A plan in words: steps with their tools and reasons, items with their chances, what changed. */
export async function planView(ctx: Ctx, p: PlanRow, base: PlanBase): Promise<View> {
  const decision = (await decisionsOf(ctx, [p.id])).get(p.id);
  const names = namesIn(base);
  const [second] = p.alternatives;
  const { result } = p;
  return {
    ...planHead(p, decision),
    steps: stepsOf(p, base),
    items: itemsOf(p, base),
    seconds: result.seconds,
    setupsFen: cents(result.setups),
    ...(p.change ? { change: changeView(p.change, names) } : {}),
    lookFirst: result.inspectFirst.map((l) => ({
      item: l.part,
      name: names.item(l.part),
      gainFen: cents(l.gain),
    })),
    ...(second
      ? {
          second: {
            kind: second.kind,
            at: second.at,
            name: second.kind === 'without' ? names.joint(second.at) : names.item(second.at),
          },
        }
      : {}),
    basis: { ...base.versions, engine: p.engine, digest: p.digest },
  };
}

interface Names {
  readonly joint: (code: string) => Text;
  readonly item: (item: string) => Text;
}

/** What joints and items are called; one that has left the catalogue, by its code. */
function namesIn(base: PlanBase): Names {
  const joints = new Map(base.joints.map((j) => [j.code, j.name]));
  const items = new Map(base.items.map((i) => [i.item, i.name]));
  return {
    joint: (code) => joints.get(code) ?? text(code, code),
    item: (item) => items.get(item) ?? text(item, item),
  };
}

/** By how much the best plan without a joint, or with another item, is worse. */
const marginsOf = (p: PlanRow) =>
  new Map(p.alternatives.map((a) => [`${a.kind} ${a.at}`, a.margin]));

function stepsOf(p: PlanRow, base: PlanBase): View['steps'] {
  const joints = new Map(base.joints.map((j) => [j.code, j]));
  const names = namesIn(base);
  const margins = marginsOf(p);
  const seized = new Set(p.known.findings.flatMap((f) => (f.kind === 'seized' ? [f.join] : [])));
  return p.result.steps.map((s, at) => {
    const joint = joints.get(s.join);
    const lost = margins.get(`without ${s.join}`);
    return {
      no: at + 1,
      joint: s.join,
      name: names.joint(s.join),
      tool: joint?.tool ?? '',
      ...(joint?.direction ? { direction: joint.direction } : {}),
      hazard: joint?.hazard ?? 0,
      hazardNote: joint?.hazardNote ?? text('', ''),
      destructive: joint?.destructive ?? false,
      seconds: s.seconds,
      costFen: cents(s.cost),
      setupFen: cents(s.setup),
      frees: s.frees.filter((f) => f !== WHOLE),
      ...(lost === undefined ? {} : { marginFen: cents(lost) }),
      seized: seized.has(s.join),
    };
  });
}

function itemsOf(p: PlanRow, base: PlanBase): View['items'] {
  const items = new Map(base.items.map((i) => [i.item, i]));
  const names = namesIn(base);
  const values = new Map(base.problem.values.map((v) => [v.part, v.recovered]));
  const margins = marginsOf(p);
  return p.result.fates.map((f) => {
    const item = items.get(f.part);
    const more = margins.get(`also ${f.part}`);
    return {
      item: f.part,
      ...(item?.pos === undefined ? {} : { pos: item.pos }),
      name: names.item(f.part),
      ...(item?.group ? { group: item.group } : {}),
      fate: f.fate,
      mandatory: f.mandatory,
      premiumFen: cents(f.premium),
      ...(f.furtherCost === null ? {} : { furtherFen: cents(f.furtherCost) }),
      ...(more === undefined ? {} : { marginFen: cents(more) }),
      worth: { ...values.get(f.part) },
      ...(item?.chances ? { chances: item.chances } : {}),
      seen: item?.seen ?? 0,
      ...(item?.demand ? { demand: item.demand } : {}),
    };
  });
}

function changeView(change: NonNullable<PlanRow['change']>, names: Names): View['change'] {
  const named = (code: string) => ({ joint: code, name: names.joint(code) });
  return {
    dropped: change.dropped.map(named),
    added: change.added.map(named),
    fates: change.fates.map((f) => ({
      item: f.item,
      name: names.item(f.item),
      // fates of stored plans are the engine’s own words
      from: f.from as View['items'][number]['fate'],
      to: f.to as View['items'][number]['fate'],
    })),
    worthFen: cents(change.worth),
  };
}
