import { organisationOf } from '@zaizao/modules/parties';
import { type ProductWork, productsMade, productWork } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { DAY_MS, mulDiv, ok, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { KpiRow, productKpis } from '../contract.ts';
import { quantile } from '../domain/quantile.ts';
import { type QualityRow, qualityRow } from '../repo/effect.ts';
import { lifeOf } from './life.ts';

type Row = z.input<typeof KpiRow>;
type Query = z.output<(typeof productKpis)['query']>;

/** Each figure as it is reckoned; shown beside the figures. */
const DEFINITIONS: readonly {
  figure: 'quality' | 'cost' | 'cycle' | 'life';
  name: Text;
  text: Text;
}[] = [
  {
    figure: 'quality',
    name: text('一次合格率；市场故障', 'First-pass yield; faults in service'),
    text: text(
      '一次合格率＝期内首次试验合格台数÷首次试验台数。市场故障＝期内装机产品中已确认故障的台数；保修申请按结论分为故障、无故障（NFF）和不在保修范围。',
      'First-pass yield: units passing their first test over units first tested in the days. Faults: units put in service in the days with a confirmed fault so far; claims by verdict: fault, no fault found, not covered.',
    ),
  },
  {
    figure: 'cost',
    name: text('单台直接成本', 'Direct cost of a unit'),
    text: text(
      '新件（目录新件价）＋旧件返款（一件旧件供多台时均摊）＋工时（装配、返工、修复工序的实测时间×小时费率）＋用电（实测电量×电价）＋期内保修费用，除以期内产出。费率可改，默认值为假设。不含厂房、折旧和管理费。',
      'New parts at the catalogue’s price, credits of the cores (shared where one serves several units), measured time of assembling, reworking and restoring at an hourly rate, measured electricity at a tariff, and the days’ warranty cost, over the units made. The rates are yours to change; the defaults are assumptions. No premises, depreciation or overhead.',
    ),
  },
  {
    figure: 'cycle',
    name: text('生产周期', 'Cycle time'),
    text: text(
      '从下达装配工单到完工的小时数（中位数、90 % 分位），以及从最早一件旧件收货到完工的天数（中位数）。',
      'Hours from the release of the assembly order to its finish (median and 90th percentile), and days from the receipt of its earliest core to it (median).',
    ),
  },
  {
    figure: 'life',
    name: text('寿命', 'Life'),
    text: text(
      '本厂产品从装机到确认故障或寿命终了的天数；仍在役的按右删失。无故障（NFF）不算失效。失效不足 5 件不作估计。',
      'Days from installation to a confirmed fault or the end of life of our own units; those still in service are censored, no fault found is no failure. Below five failures nothing is estimated.',
    ),
  },
];

const HOUR = 3600;
/** The four figures of every product made in the days, or of one. */
export async function kpis(ctx: Ctx, q: Query) {
  const { zone } = await organisationOf(ctx);
  const days = { from: q.from, to: q.to, zone };
  const made = (await productsMade(ctx, days)).filter((m) => !q.partId || m.part.id === q.partId);
  const items: Row[] = [];
  for (const { part, units } of made) {
    const work = await productWork(ctx, part.id, days);
    const row = await qualityRow(ctx, part.id, days);
    items.push({
      part,
      units,
      quality: {
        firstTested: row.first_tested,
        firstPassed: row.first_passed,
        inService: row.in_service,
        faulty: row.faulty,
        claims: row.claims,
        noFault: row.no_fault,
        excluded: row.excluded,
      },
      ...(units > 0 ? { cost: costOf(work, row, q) } : {}),
      cycle: cycleOf(work),
      life: await lifeOf(ctx, part.id),
    });
  }
  const { labourFenPerHour, energyFenPerKwh } = q;
  return ok({
    items,
    rates: { labourFenPerHour, energyFenPerKwh },
    definitions: DEFINITIONS.map((d) => ({ ...d })),
  });
}

function costOf(w: ProductWork, row: QualityRow, q: Query): NonNullable<Row['cost']> {
  const units = BigInt(Math.max(1, w.units));
  const each = (fen: bigint) => mulDiv(fen, 1n, units);
  const hours = w.seconds / HOUR / Math.max(1, w.units);
  const kwh = w.kwh / Math.max(1, w.units);
  const parts = {
    newPartsFen: each(w.newPartsFen),
    coresFen: each(w.coresFen),
    labourFen: BigInt(Math.round(hours * q.labourFenPerHour)),
    energyFen: BigInt(Math.round(kwh * q.energyFenPerKwh)),
    warrantyFen: each(row.warranty_fen),
  };
  const totalFen = Object.values(parts).reduce((n, fen) => n + fen, 0n);
  return {
    newPartsFen: String(parts.newPartsFen),
    coresFen: String(parts.coresFen),
    labourFen: String(parts.labourFen),
    energyFen: String(parts.energyFen),
    warrantyFen: String(parts.warrantyFen),
    totalFen: String(totalFen),
    hours,
    kwh,
    priced: w.priced,
    metered: w.operations > 0 ? w.measured / w.operations : 0,
  };
}

function cycleOf(w: ProductWork): Row['cycle'] {
  const ended = w.made.filter((m) => m.finishedAt);
  const hours = ended.map(
    (m) => ((m.finishedAt?.getTime() ?? 0) - m.releasedAt.getTime()) / 3_600_000,
  );
  const fromCore = ended.flatMap((m) =>
    m.coreReceivedAt && m.finishedAt
      ? (m.finishedAt.getTime() - m.coreReceivedAt.getTime()) / DAY_MS
      : [],
  );
  return {
    finished: ended.length,
    ...(hours.length > 0
      ? { medianHours: quantile(hours, 0.5), p90Hours: quantile(hours, 0.9) }
      : {}),
    ...(fromCore.length > 0 ? { medianDaysFromCore: quantile(fromCore, 0.5) } : {}),
  };
}
