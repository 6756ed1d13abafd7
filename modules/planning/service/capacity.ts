import { measuredTimes, openWork } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { addDays, dayIn, midnightOf } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { getCapacity } from '../contract.ts';
import { mondayOf, openTime } from '../domain/calendar.ts';
import { publishedPlan } from '../repo/plan.ts';
import { openResources } from './resources.ts';

type View = z.input<(typeof getCapacity)['response']>;

const ASSUMED_SECONDS = 900;
const ENOUGH = 5;
const MEASURED_DAYS = 180;

/**
 * Open time of every station by week, against what the plan in force puts there and what waits without a
 * plan (shared by the stations of its kind).
 */
export async function capacityOf(ctx: Ctx, weeks: number): Promise<View> {
  const now = ctx.now.getTime();
  const probe = await openResources(ctx, now, now + 1000, []);
  const monday = mondayOf(dayIn(probe.zone, now));
  const starts = Array.from({ length: weeks + 1 }, (_, w) => addDays(monday, 7 * w));
  const edges = starts.map((d) => midnightOf(probe.zone, d));
  const until = edges.at(-1) ?? now;
  const { stations } = await openResources(ctx, now, until, []);
  const plan = await publishedPlan(ctx);
  const origin = plan?.origin.getTime() ?? 0;
  const { operations } = await openWork(ctx);
  const open = operations.filter((o) => o.state !== 'done' && o.state !== 'failed');
  const openIds = new Set(open.map((o) => o.id));
  const placed = (plan?.assignments ?? []).filter(
    (a) => openIds.has(a.operation) || a.operation.startsWith('test:'),
  );
  const known = new Set(placed.map((a) => a.operation));
  const measured = new Map((await measuredTimes(ctx, MEASURED_DAYS)).map((m) => [m.code, m]));
  const waiting = new Map<string, number>();
  for (const o of open) {
    if (known.has(o.id)) continue;
    const m = measured.get(o.code);
    const isMeasured = m !== undefined && m.attempts - m.failed >= ENOUGH;
    const seconds = isMeasured ? m.mean : (o.std_seconds ?? ASSUMED_SECONDS);
    waiting.set(o.station_kind, (waiting.get(o.station_kind) ?? 0) + seconds);
  }
  const ofKind = (kind: string) => stations.filter((s) => s.kind === kind).length;
  const within = (from: number, to: number, w: number) =>
    Math.max(0, Math.min(to, edges[w + 1] ?? to) - Math.max(from, edges[w] ?? from)) / 1000;
  return {
    weeks: starts.slice(0, weeks),
    stations: stations.map((s) => {
      const mine = placed.filter((a) => a.machine === s.id);
      const share = (waiting.get(s.kind) ?? 0) / Math.max(1, ofKind(s.kind));
      return {
        ...{ id: s.id, code: s.code, name: s.name, kind: s.kind },
        open: edges.slice(0, weeks).map((from, w) => {
          const to = edges[w + 1] ?? from;
          return openTime(s.open, Math.max(now, from), to) / 1000;
        }),
        planned: edges
          .slice(0, weeks)
          .map((_, w) =>
            mine.reduce(
              (n, a) =>
                n + within(Math.max(now, origin + a.start * 1000), origin + a.end * 1000, w),
              0,
            ),
          ),
        // What has no place yet is wanted as soon as possible.
        unplanned: edges.slice(0, weeks).map((_, w) => (w === 0 ? share : 0)),
      };
    }),
    homeless: [...waiting]
      .filter(([kind]) => ofKind(kind) === 0)
      .map(([kind, seconds]) => ({ kind, seconds })),
  };
}
