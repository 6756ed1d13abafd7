import { bomOf, getPart } from '@zaizao/modules/catalog';
import { httpErrors } from '@zaizao/platform/contract';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { getRates, listDemand, setDemand, setRates } from '../contract.ts';
import { DEFAULT_RATES } from '../domain/worth.ts';
import * as repo from '../repo/rates.ts';

type RatesJson = z.input<(typeof getRates)['response']>;

/** The rates in force: the plant’s own, or the assumptions as version 0. */
export async function ratesView(ctx: Ctx): Promise<RatesJson> {
  const row = await repo.newestRates(ctx);
  return row
    ? { ...row.figures, version: row.version, note: row.note, at: row.made_at.toISOString() }
    : { ...DEFAULT_RATES, version: 0, note: '' };
}

export async function issueRates(
  ctx: Ctx,
  version: number,
  { note, ...figures }: z.output<(typeof setRates)['body']>,
): Promise<Result<RatesJson>> {
  const now = (await repo.newestRates(ctx))?.version ?? 0;
  if (now !== version || !(await repo.insertRates(ctx, version + 1, figures, note))) {
    return err(httpErrors.STALE_VERSION());
  }
  return ok(await ratesView(ctx));
}

type DemandJson = z.input<(typeof listDemand)['response']>['items'][number];

async function demandViews(
  ctx: Ctx,
  parts: readonly { id: string; number: string; name: DemandJson['part']['name'] }[],
): Promise<DemandJson[]> {
  const ids = parts.map((p) => p.id);
  const said = await repo.demandOf(ctx, ids);
  const known = await repo.experienceOf(ctx, ids);
  return parts.map(({ id, number, name }) => {
    const row = said.get(id);
    return {
      part: { id, number, name },
      stock: known.get(id)?.stock ?? 0,
      used90Days: known.get(id)?.used ?? 0,
      ...(row?.wanted == null ? {} : { wanted: row.wanted }),
      ...(row?.good_fen == null ? {} : { goodFen: String(row.good_fen) }),
      note: row?.note ?? '',
      version: row?.version ?? 0,
    };
  });
}

/** The parts of a product with their demand. */
export async function demandOfProduct(ctx: Ctx, partId: string): Promise<Result<DemandJson[]>> {
  const bom = await bomOf(ctx, partId);
  if (!bom.ok) return bom;
  const items = bom.value.items.filter((i) => i.policy !== 'consumable');
  const parts = new Map(items.map((i) => [i.part.id, i.part]));
  return ok(await demandViews(ctx, [...parts.values()]));
}

export async function sayDemand(
  ctx: Ctx,
  partId: string,
  version: number,
  input: z.output<(typeof setDemand)['body']>,
): Promise<Result<DemandJson>> {
  const part = await getPart(ctx, partId);
  if (!part.ok) return part;
  const { id, number, name } = part.value;
  const done = await repo.putDemand(ctx, {
    part: { id, number, name },
    wanted: input.wanted ?? null,
    goodFen: input.goodFen === undefined ? null : BigInt(input.goodFen),
    note: input.note,
    version,
  });
  if (!done) return err(httpErrors.STALE_VERSION());
  const [view] = await demandViews(ctx, [{ id, number, name }]);
  if (!view) throw new Error('one part gives one view');
  return ok(view);
}
