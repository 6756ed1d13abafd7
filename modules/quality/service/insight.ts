import type { Ctx } from '@zaizao/platform/http';
import { addDays, dayIn, midnightOf, ok, type Text, text, weeksTo } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { nonconformancePareto, overlayCurves, valueTrend } from '../contract.ts';
import { controlLimits } from '../domain/control.ts';
import { pareto } from '../domain/pareto.ts';
import { countCertificates } from '../repo/certificate.ts';
import { countNonconformances, nonconformanceFigures } from '../repo/nonconformance.ts';
import {
  curveNames,
  firstTestsByWeek,
  newestCurves,
  newestValues,
  testFigures,
} from '../repo/test.ts';

/** The newest curves of one name over the units of a product; without a name, of the most used one. */
export async function overlay(ctx: Ctx, q: z.output<(typeof overlayCurves)['query']>) {
  const names = await curveNames(ctx, q.partId);
  const name = q.name ?? names[0] ?? '';
  const curves = await newestCurves(ctx, q.partId, name, q.limit);
  return ok({
    names,
    name,
    unit: curves[0]?.unit ?? '',
    curves: curves.map((c) => ({
      testId: c.test_id,
      testCode: c.code,
      serial: c.serial,
      state: c.state,
      points: c.points.map(([s, v]): [number, number] => [s, v]),
    })),
  });
}

/** Values of a characteristic in their order, with its newest limits and its control limits. */
export async function trend(ctx: Ctx, q: z.output<(typeof valueTrend)['query']>) {
  const rows = await newestValues(ctx, q.characteristicId, q.limit);
  const last = rows.at(-1);
  const control = controlLimits(rows.map((r) => Number(r.value)));
  return ok({
    unit: last?.unit ?? '',
    limits: (last?.judged ?? []).map(({ pass: _, ...limit }) => limit),
    values: rows.map((r) => ({
      testId: r.test_id,
      serial: r.serial,
      value: r.value,
      at: r.at.toISOString(),
    })),
    ...(control ? { control } : {}),
  });
}

const CAUSES: Readonly<Record<string, Text>> = {
  man: text('人员', 'People'),
  machine: text('设备', 'Machine'),
  material: text('材料', 'Material'),
  method: text('方法', 'Method'),
  measurement: text('测量', 'Measurement'),
  environment: text('环境', 'Environment'),
  design: text('设计', 'Design'),
  core: text('旧件', 'Core'),
};

const SOURCES: Readonly<Record<string, Text>> = {
  test: text('出厂试验', 'Test'),
  inspection: text('检测', 'Inspection'),
  production: text('生产过程', 'Production'),
  incoming: text('来料', 'Incoming'),
  customer: text('客户', 'Customer'),
  audit: text('审核', 'Audit'),
};

const NONE = text('未定', 'Not named');

export async function paretoOf(
  ctx: Ctx,
  zone: string,
  q: z.output<(typeof nonconformancePareto)['query']>,
) {
  const from = q.from === undefined ? undefined : new Date(midnightOf(zone, q.from));
  const to = q.to === undefined ? undefined : new Date(midnightOf(zone, addDays(q.to, 1)));
  const counts = await countNonconformances(ctx, q.by, { from, to, partId: q.partId });
  const nameOf = (key: string, name: Text): Text => {
    if (q.by === 'cause') return CAUSES[key] ?? NONE;
    if (q.by === 'source') return SOURCES[key] ?? NONE;
    return name.zh === '' ? NONE : name;
  };
  const rows = pareto(counts.map((c) => ({ key: { id: c.key, name: c.name }, count: c.count })));
  return ok({
    rows: rows.map(({ key, ...figures }) => ({
      key: key.id,
      name: nameOf(key.id, key.name),
      ...figures,
    })),
  });
}

const MONTH_DAYS = 30;

/** First-pass yield of the last weeks. */
export async function firstPassByWeek(ctx: Ctx, zone: string, count: number) {
  const today = dayIn(zone, ctx.now);
  const weeks = weeksTo(today, count);
  const rows = await firstTestsByWeek(ctx, { from: weeks[0]?.from, to: today, zone });
  return ok({
    weeks: weeks.map((w) => {
      const row = rows.find((r) => r.week === w.from);
      return { ...w, tested: row?.tested ?? 0, passed: row?.passed ?? 0 };
    }),
  });
}

export async function figures(ctx: Ctx, zone: string) {
  const to = dayIn(zone, ctx.now);
  const from = addDays(to, 1 - MONTH_DAYS);
  const since = new Date(midnightOf(zone, from));
  const tests = await testFigures(ctx, { from, to, zone });
  const open = await nonconformanceFigures(ctx);
  return ok({
    openTests: tests.open_tests,
    openNonconformances: open.open,
    awaitingDisposition: open.awaiting,
    certificates30Days: await countCertificates(ctx, since),
    firstPass: { from, to, tested: tests.first_tested, passed: tests.first_passed },
  });
}
