import type { Ctx } from '@zaizao/platform/http';
import { lowerLevel, type ShareLevel } from '../domain/share-level.ts';
import * as repo from '../repo/share.ts';

/** Levels until the organisation says otherwise. */
export const DIRECT: ShareLevel = 'steps';
export const LATER: ShareLevel = 'summary';

/**
 * What a custody opens: the holder's own level, or the one for those handed a thing directly, or for
 * later holders; these never see more than the one who passed it on.
 */
export async function levelFor(
  ctx: Ctx,
  thing: string,
  holder: number,
  givenBy: number,
): Promise<ShareLevel> {
  const rows = await repo.policies(ctx.tx, ctx.org.no);
  const set = (scope: 'direct' | 'later') => rows.find((p) => p.scope === scope)?.level;
  const chain = await repo.custodiesOf(ctx.tx, ctx.org.no, [thing]);
  let level: ShareLevel = 'full';
  let [who, from] = [holder, givenBy];
  for (let depth = 0; depth <= chain.length; depth++) {
    const named = rows.find((p) => p.scope === 'partner' && p.holder === who)?.level;
    if (named) return lowerLevel(level, named);
    if (from === ctx.org.no) return lowerLevel(level, set('direct') ?? DIRECT);
    level = lowerLevel(level, set('later') ?? LATER);
    const before = chain.findLast((c) => c.holder === from);
    if (!before) return level;
    [who, from] = [before.holder, before.given_by];
  }
  return level;
}
