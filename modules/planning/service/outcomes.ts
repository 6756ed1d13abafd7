import { organisationOf } from '@zaizao/modules/parties';
import { type Outcome, outcomeOf } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { DAY_MS, midnightOf } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { getOutcomes } from '../contract.ts';
import { firstPublication, publishedHistory } from '../repo/plan.ts';

type View = z.input<(typeof getOutcomes)['response']>;
type Period = NonNullable<View['before']>;

const MOST_PLANS = 20;

/**
 * What planning brought: the floor's own figures before and after the first published plan (or a day of
 * the reader's choice), and each published plan against first come, first served on the same work.
 */
export async function outcomesOf(
  ctx: Ctx,
  query: z.output<(typeof getOutcomes)['query']>,
): Promise<View> {
  const { zone } = await organisationOf(ctx);
  const first = await firstPublication(ctx);
  const since = query.since ? new Date(midnightOf(zone, query.since)) : first;
  const plans = (await publishedHistory(ctx, MOST_PLANS)).flatMap((p) =>
    p.published_at && p.figures && p.baseline
      ? {
          id: p.id,
          code: p.code,
          publishedAt: p.published_at.toISOString(),
          figures: { ...p.figures, utilisation: [...p.figures.utilisation] },
          baseline: { ...p.baseline, utilisation: [...p.baseline.utilisation] },
        }
      : [],
  );
  if (!since) return { plans };
  const span = query.days * DAY_MS;
  const from = new Date(since.getTime() - span);
  const to = new Date(Math.min(since.getTime() + span, ctx.now.getTime() + 1));
  return {
    since: since.toISOString(),
    before: period(from, since, await outcomeOf(ctx, from, since)),
    after: period(since, to, await outcomeOf(ctx, since, to)),
    plans,
  };
}

function period(from: Date, to: Date, o: Outcome): Period {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    ended: o.ended,
    failed: o.failed,
    due: o.due,
    onTime: o.on_time,
    ...(o.lead_seconds === null ? {} : { leadSeconds: o.lead_seconds }),
    operations: o.operations,
    operationsFailed: o.operations_failed,
    ...(o.ended > 0
      ? { workSecondsEach: o.work_seconds / o.ended, energyKwhEach: o.energy_kwh / o.ended }
      : {}),
  };
}
