import type { Ctx } from '@zaizao/platform/http';
import { DAY_MS, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { LifeView } from '../contract.ts';
import { fitLife, LEAST_FAILURES, leastMeanLife, type Run } from '../domain/life.ts';
import { type RunRow, runsOf } from '../repo/effect.ts';

type View = z.input<typeof LifeView>;

/** Newest units of a product that are taken into account. */
const MOST_RUNS = 5000;
const YEAR = 365;

const FITTED = text(
  '威布尔分布极大似然估计，含未失效产品（右删失），双侧 90 % 区间；时间为装机到确认故障或寿命终了。',
  'Weibull by maximum likelihood over failed and still good units (right-censored), two-sided 90 % intervals; time from installation to a confirmed fault or the end of life.',
);
const TOO_FEW = text(
  `失效不足 ${LEAST_FAILURES} 件，不作寿命估计；只给出在恒定失效率假设下，以 90 % 置信度超过的平均寿命。`,
  `Fewer than ${LEAST_FAILURES} failures: no estimate of life. Only the mean life exceeded with 90 % confidence, assuming a constant failure rate.`,
);
const NOTHING = text(
  '还没有在役数据，不能作寿命估计。',
  'No unit is or was in service yet: nothing can be said about life.',
);

function runOf(r: RunRow, now: Date): Run {
  const end = r.ended_at ?? now;
  // a unit put in service today has run for a moment at least
  return {
    days: Math.max(1 / 24, (end.getTime() - r.began_at.getTime()) / DAY_MS),
    failed: r.failed,
  };
}

/** What the plant's own units in service say about the life of a product, with its basis. */
export async function lifeOf(ctx: Ctx, partId: string): Promise<View> {
  const runs = (await runsOf(ctx, partId, MOST_RUNS)).map((r) => runOf(r, ctx.now));
  const failures = runs.filter((r) => r.failed).length;
  const days = runs.reduce((n, r) => n + r.days, 0);
  const fit = fitLife(runs);
  const least = fit ? undefined : leastMeanLife(runs);
  return {
    units: runs.length,
    failures,
    days,
    ...(fit
      ? {
          fit: {
            shape: fit.shape,
            scale: fit.scale,
            b10: fit.b10,
            median: fit.median,
            survivalYear: fit.survivalAt(YEAR),
          },
        }
      : {}),
    ...(least === undefined ? {} : { leastMeanDays: least }),
    basis: fit ? FITTED : runs.length === 0 ? NOTHING : TOO_FEW,
  };
}
