import { adoptFile, requireFile, type StoredFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { DAY_MS, err, ok, type Result } from '@zaizao/platform/kernel';
import { coreErrors } from '../contract.ts';
import type { CoreEvent } from '../domain/core-machine.ts';
import { type CoreChanges, type CoreRow, findOffer } from '../repo.ts';
import { getCore, moveCore } from './door.ts';
import { askOnlyCollector } from './pick-ups.ts';
import { takeAlong } from './receiving.ts';
import { type CoreViewJson, coreView } from './views.ts';

const DISPUTE_DAYS = 7;
/** The supplier acts on its offer; the change is made in the buyer’s books, on its behalf. */
async function actOnOffer(
  ctx: Ctx,
  coreId: string,
  event: CoreEvent,
  reason: string,
  decide: (core: CoreRow) => Result<CoreChanges>,
  after: (there: Ctx, core: CoreRow) => Promise<void> = async () => {},
): Promise<Result<CoreViewJson>> {
  const offer = await findOffer(ctx, coreId);
  if (!offer) return err(coreErrors.CORE_NOT_FOUND());
  const buyer = await ctx.app.organisation(offer.owner);
  if (!buyer) return err(coreErrors.CORE_NOT_FOUND());
  const changes = decide(offer.core);
  if (!changes.ok) return changes;
  return ctx.inOrg(buyer, reason, async (there) => {
    const moved = await moveCore(there, coreId, event, changes.value);
    if (!moved.ok) return moved;
    await after(there, moved.value);
    await there.publish(`cores.core-${moved.value.state}`, coreId, { coreId });
    return ok(await coreView(there, moved.value));
  });
}

export function answerQuote(
  ctx: Ctx,
  coreId: string,
  answer: { accept: boolean; pickUpAddress?: string | undefined },
): Promise<Result<CoreViewJson>> {
  const event = answer.accept ? 'accept' : 'decline';
  return actOnOffer(
    ctx,
    coreId,
    event,
    `cores.${event}-quote`,
    () => ok({ pick_up_address: answer.pickUpAddress ?? null }),
    (there, core) => (answer.accept ? askOnlyCollector(there, core) : Promise.resolve()),
  );
}

/** The supplier hands the core to whoever carries it; the photos go with it. */
export async function handOverOffer(
  ctx: Ctx,
  coreId: string,
  photos: readonly string[],
): Promise<Result<CoreViewJson>> {
  const files: StoredFile[] = [];
  for (const sha of photos) {
    const file = await requireFile(ctx, sha, { image: true });
    if (!file.ok) return file;
    files.push(file.value);
  }
  const offer = await findOffer(ctx, coreId);
  const buyer = offer ? await ctx.app.organisation(offer.owner) : undefined;
  if (!buyer) return err(coreErrors.CORE_NOT_FOUND());
  return ctx.inOrg(buyer, 'cores.hand-over', async (there) => {
    for (const file of files) await adoptFile(there, file);
    const core = await getCore(there, coreId, true);
    const moved = core.ok ? await takeAlong(there, core.value, photos) : core;
    return moved.ok ? ok(await coreView(there, moved.value)) : moved;
  });
}

/** A grade may be disputed for a week, while the credit has not been given. */
export function dispute(ctx: Ctx, coreId: string, reason: string): Promise<Result<CoreViewJson>> {
  return actOnOffer(ctx, coreId, 'dispute', 'cores.dispute-grade', (core) => {
    if (core.credited_at) return err(coreErrors.CORE_CREDIT_GIVEN());
    const age = core.graded_at ? ctx.now.getTime() - core.graded_at.getTime() : 0;
    if (age > DISPUTE_DAYS * DAY_MS)
      return err(coreErrors.CORE_DISPUTE_LATE({ days: DISPUTE_DAYS }));
    return ok({ dispute_reason: reason, disputed_at: ctx.now });
  });
}
