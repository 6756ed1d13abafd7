import { organisationOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { dayIn, weeksTo } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { onTime } from '../contract.ts';
import { onTimeRows } from '../repo/order.ts';

/**
 * Orders whose due date lies in the last weeks and has passed, and how many were finished by it. One
 * that failed, was finished late or is still open was not; one called off does not count.
 */
export async function onTimeOf(
  ctx: Ctx,
  count: number,
): Promise<z.input<(typeof onTime)['response']>> {
  const { zone } = await organisationOf(ctx);
  const today = dayIn(zone, ctx.now);
  const spans = weeksTo(today, count);
  const from = spans[0]?.from ?? today;
  const rows = await onTimeRows(ctx, { from, to: today, zone });
  const weeks = spans.map((span) => {
    const row = rows.find((r) => r.week === span.from);
    return { ...span, due: row?.due ?? 0, kept: row?.kept ?? 0 };
  });
  return {
    ...{ from, to: today, weeks },
    due: weeks.reduce((n, w) => n + w.due, 0),
    kept: weeks.reduce((n, w) => n + w.kept, 0),
  };
}
