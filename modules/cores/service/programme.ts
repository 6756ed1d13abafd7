import { type Programme, programmeFor } from '@zaizao/modules/catalog';
import { todayOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';

/** The programme in force today for a part, when there is one. */
export async function programmeToday(ctx: Ctx, partId: string): Promise<Programme | undefined> {
  const found = await programmeFor(ctx, partId, await todayOf(ctx));
  return found.ok ? found.value : undefined;
}
