import { bizStep, disposition } from '@zaizao/epcis';
import type { Ctx } from '@zaizao/platform/http';
import type { Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { moveCoreTo } from '../contract.ts';
import type { CoreRow } from '../repo.ts';
import { moveCore, recordCore } from './door.ts';

type Move = z.output<(typeof moveCoreTo)['body']>;

/** Puts a core into stock, keeps it for an order, sends it back or scraps it; the ledger is told. */
export async function moveStock(ctx: Ctx, coreId: string, move: Move): Promise<Result<CoreRow>> {
  const ends = move.to === 'return' || move.to === 'scrap';
  const moved = await moveCore(ctx, coreId, move.to, {
    ...(move.place === undefined ? {} : { place: move.place }),
    ...(ends ? { ended_at: ctx.now } : {}),
  });
  if (!moved.ok) return moved;
  const zz = {
    place: move.place,
    reason: move.reason,
    massKilogram: move.massKg,
  };
  const recorded =
    move.to === 'stock'
      ? await recordCore(ctx, moved.value, 'OBSERVE', {
          bizStep: bizStep.storing,
          disposition: disposition.inProgress,
          zz,
        })
      : move.to === 'scrap'
        ? await recordCore(ctx, moved.value, 'DELETE', {
            bizStep: bizStep.destroying,
            disposition: disposition.destroyed,
            zz,
          })
        : move.to === 'return'
          ? await recordCore(ctx, moved.value, 'OBSERVE', {
              bizStep: bizStep.shipping,
              disposition: disposition.returned,
              zz,
            })
          : undefined;
  if (recorded && !recorded.ok) return recorded;
  await ctx.publish(`cores.core-${moved.value.state}`, coreId, { coreId });
  return moved;
}
