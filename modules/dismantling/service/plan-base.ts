import {
  type BomItem,
  bomOf,
  type Defect,
  defectsOf,
  dismantleOf,
  pricesOfAll,
} from '@zaizao/modules/catalog';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { dismantlingErrors } from '../contract.ts';
import { type GroupData, type PositionData, problemOf } from '../domain/plan-problem.ts';
import {
  chances,
  DEFAULT_RATES,
  type Demand,
  type Odds,
  type Rates,
  wantedShare,
} from '../domain/worth.ts';
import { demandOf, type ExperienceRow, experienceOf, newestRates } from '../repo/rates.ts';
import type { ItemShown, PlanBase } from '../repo/tables.ts';

/** Shares where the bill of material names none (assumption). */
const NO_SHARES = { reuse: 40, restore: 30, replace: 30 };
/** How often a part is missing where nothing is known (assumption), percent. */
const NO_MISSING_PCT = 0.5;

export const fenOf = (amount: string | bigint | undefined): number | undefined =>
  amount === undefined ? undefined : Number(amount);

/**
 * Gathers what a plan for a product rests on: how it comes apart (catalogue), what its parts bring
 * (prices, demand, stock), how they are found (the plant’s own teardowns, the bill’s shares as a
 * prior), what work costs (rates).
 */
export async function planBase(
  ctx: Ctx,
  part: { id: string; number: string },
): Promise<Result<PlanBase>> {
  const data = await dismantleOf(ctx, part.id);
  if (!data.ok) return data;
  if (data.value.joins.length === 0) {
    return err(dismantlingErrors.PLAN_NO_JOINTS({ number: part.number }));
  }
  const bom = await bomOf(ctx, part.id);
  if (!bom.ok) return bom;
  const items = bom.value.items.filter((i) => i.policy !== 'consumable');
  const ids = [...new Set(items.map((i) => i.part.id))];
  const experience = await experienceOf(ctx, ids);
  const demands = await demandOf(ctx, ids);
  const stated = await newestRates(ctx);
  const rates = stated?.figures ?? DEFAULT_RATES;
  const missingPct = missingOf(await defectsOf(ctx, part.id), items.length);
  const prices = await pricesOfAll(ctx, [part.id, ...ids]);
  const removal = new Map(data.value.removal.map((r) => [r.item, r]));
  const groups = groupsOf(data.value.removal);
  const facts = { experience, demands, rates, missingPct, prices, removal, groups };
  const weighed = items.map((i) => weigh(i, facts));
  const joints = data.value.joins.map((j) => ({ ...j, forceFen: fenOf(j.forceFen) }));
  return ok({
    problem: problemOf(
      weighed.map((w) => w.position),
      groups,
      joints,
      scrapPerG(prices.get(part.id)?.scrap, items, rates),
      rates,
    ),
    joints: data.value.joins.map((j) => ({
      code: j.code,
      name: j.name,
      tool: j.tool,
      ...(j.direction ? { direction: j.direction } : {}),
      hazard: j.hazard,
      hazardNote: j.hazardNote,
      destructive: j.destructive,
      seconds: j.seconds,
    })),
    items: [
      ...groups.map((g) => ({
        item: g.code,
        name: removal.get(g.code)?.name ?? { zh: g.code, en: g.code },
        seen: 0,
      })),
      ...weighed.map((w) => w.shown),
    ],
    versions: {
      bom: bom.value.version,
      joints: data.value.joinsVersion,
      removal: data.value.removalVersion,
      rates: stated?.version ?? 0,
    },
  });
}

type Removal = Extract<Awaited<ReturnType<typeof dismantleOf>>, { ok: true }>['value']['removal'];

interface Facts {
  readonly experience: Awaited<ReturnType<typeof experienceOf>>;
  readonly demands: Awaited<ReturnType<typeof demandOf>>;
  readonly rates: Rates;
  /** How often a position is missing. */
  readonly missingPct: (pos: number) => number;
  readonly prices: Awaited<ReturnType<typeof pricesOfAll>>;
  readonly removal: ReadonlyMap<string, Removal[number]>;
  readonly groups: readonly GroupData[];
}

/** What a position brings and how it is found: for the engine, and to be shown. */
function weigh(i: BomItem, facts: Facts): { position: PositionData; shown: ItemShown } {
  const { rates } = facts;
  const known = facts.experience.get(i.part.id);
  const said = facts.demands.get(i.part.id);
  const demand: Demand = {
    stock: known?.stock ?? 0,
    used90Days: known?.used ?? 0,
    ...(said?.wanted == null ? {} : { wanted: said.wanted }),
  };
  const prior = priorOf(i, facts.missingPct(i.pos));
  const { odds, n } = chances(prior, foundOf(known), rates.priorWeight);
  const used = facts.prices.get(i.part.id)?.used;
  const removal = facts.removal.get(String(i.pos));
  const group = facts.groups.findLast((g) => g.members.includes(i.pos));
  const { zh, en } = i.part.name;
  return {
    position: {
      pos: i.pos,
      qty: i.qty,
      massG: i.part.massG ?? 0,
      goodFen: Number(said?.good_fen ?? used ?? i.part.newPriceFen ?? 0n),
      demand,
      replaced: i.policy === 'replace',
      odds,
      mustOut: removal?.mustOut === true,
      lookFen: fenOf(removal?.lookFen),
    },
    shown: {
      item: String(i.pos),
      pos: i.pos,
      name: i.qty > 1 ? { zh: `${zh} ×${i.qty}`, en: `${en} ×${i.qty}` } : i.part.name,
      ...(group ? { group: group.code } : {}),
      ...(i.policy === 'replace' ? {} : { chances: odds }),
      seen: n,
      demand: { ...demand, share: wantedShare(demand, rates) },
    },
  };
}

function groupsOf(removal: Removal): GroupData[] {
  return removal
    .filter((r) => r.members.length > 0)
    .map((r) => ({
      code: r.item,
      members: r.members,
      wholeFen: fenOf(r.wholeFen),
      goodPct: r.goodPct,
      lookFen: fenOf(r.lookFen),
    }));
}

/** What a gram of the product brings as scrap: by the product’s own price, else by the plant’s rate. */
function scrapPerG(price: bigint | undefined, items: readonly BomItem[], rates: Rates): number {
  const massG = items.reduce((sum, i) => sum + i.qty * (i.part.massG ?? 0), 0);
  return price === undefined || massG === 0 ? rates.scrapFenPerKg / 1000 : Number(price) / massG;
}

/** How often a position is missing, percent: as the catalogue says of it, else its share of the whole. */
function missingOf(defects: readonly Defect[], positions: number): (pos: number) => number {
  const missing = defects.filter((d) => d.mode === 'missing');
  const whole = missing.find((d) => d.componentPos === undefined)?.ratePct ?? 0;
  return (pos) =>
    (missing.find((d) => d.componentPos === pos)?.ratePct ?? whole / positions) || NO_MISSING_PCT;
}

function priorOf(
  i: {
    reusePct?: number | undefined;
    restorePct?: number | undefined;
    replacePct?: number | undefined;
  },
  missingPct: number,
): Odds {
  const there = 1 - missingPct / 100;
  return {
    good: (there * (i.reusePct ?? NO_SHARES.reuse)) / 100,
    mended: (there * (i.restorePct ?? NO_SHARES.restore)) / 100,
    scrap: (there * (i.replacePct ?? NO_SHARES.replace)) / 100,
    missing: missingPct / 100,
  };
}

/** Missing is counted by lines, conditions by pieces: scaled to the pieces that would have been there. */
function foundOf(known: ExperienceRow | undefined): Odds {
  if (!known) return { good: 0, mended: 0, scrap: 0, missing: 0 };
  const judged = known.good + known.mended + known.scrap;
  const share = known.lines > 0 ? known.missing / known.lines : 0;
  const missing = share < 1 ? Math.round((judged * share) / (1 - share)) : known.missing;
  return { good: known.good, mended: known.mended, scrap: known.scrap, missing };
}
