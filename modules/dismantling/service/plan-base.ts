import { bomOf, defectsOf, dismantleOf, pricesOfAll } from '@zaizao/modules/catalog';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { dismantlingErrors } from '../contract.ts';
import { type GroupData, type PositionData, problemOf } from '../domain/plan-problem.ts';
import { chances, DEFAULT_RATES, type Demand, type Odds, wantedShare } from '../domain/worth.ts';
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
  const defects = (await defectsOf(ctx, part.id)).filter((d) => d.mode === 'missing');
  const prices = await pricesOfAll(ctx, [part.id, ...ids]);
  const scrapFen = prices.get(part.id)?.scrap;
  const massG = items.reduce((sum, i) => sum + i.qty * (i.part.massG ?? 0), 0);
  const scrapFenPerG =
    scrapFen === undefined || massG === 0 ? rates.scrapFenPerKg / 1000 : Number(scrapFen) / massG;
  const removal = new Map(data.value.removal.map((r) => [r.item, r]));
  const groups = data.value.removal
    .filter((r) => r.members.length > 0)
    .map(
      (r): GroupData => ({
        code: r.item,
        members: r.members,
        wholeFen: fenOf(r.wholeFen),
        goodPct: r.goodPct,
        lookFen: fenOf(r.lookFen),
      }),
    );
  const groupOf = new Map(groups.flatMap((g) => g.members.map((m) => [m, g.code])));
  const shown: ItemShown[] = groups.map((g) => ({
    item: g.code,
    name: removal.get(g.code)?.name ?? { zh: g.code, en: g.code },
    seen: 0,
  }));
  const positions: PositionData[] = [];
  for (const i of items) {
    const known = experience.get(i.part.id);
    const said = demands.get(i.part.id);
    const demand: Demand = {
      stock: known?.stock ?? 0,
      used90Days: known?.used ?? 0,
      ...(said?.wanted == null ? {} : { wanted: said.wanted }),
    };
    const missingPct =
      defects.find((d) => d.componentPos === i.pos)?.ratePct ??
      (defects.find((d) => d.componentPos === undefined)?.ratePct ?? 0) / items.length;
    const { odds, n } = chances(
      priorOf(i, missingPct || NO_MISSING_PCT),
      foundOf(known),
      rates.priorWeight,
    );
    const used = prices.get(i.part.id)?.used;
    positions.push({
      pos: i.pos,
      qty: i.qty,
      massG: i.part.massG ?? 0,
      goodFen: Number(said?.good_fen ?? used ?? i.part.newPriceFen ?? 0n),
      demand,
      replaced: i.policy === 'replace',
      odds,
      mustOut: removal.get(String(i.pos))?.mustOut === true,
      lookFen: fenOf(removal.get(String(i.pos))?.lookFen),
    });
    const group = groupOf.get(i.pos);
    shown.push({
      item: String(i.pos),
      pos: i.pos,
      name:
        i.qty > 1
          ? { zh: `${i.part.name.zh} ×${i.qty}`, en: `${i.part.name.en} ×${i.qty}` }
          : i.part.name,
      ...(group ? { group } : {}),
      ...(i.policy === 'replace' ? {} : { chances: odds }),
      seen: n,
      demand: { ...demand, share: wantedShare(demand, rates) },
    });
  }
  const joints = data.value.joins.map((j) => ({ ...j, forceFen: fenOf(j.forceFen) }));
  return ok({
    problem: problemOf(positions, groups, joints, scrapFenPerG, rates),
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
    items: shown,
    versions: {
      bom: bom.value.version,
      joints: data.value.joinsVersion,
      removal: data.value.removalVersion,
      rates: stated?.version ?? 0,
    },
  });
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
