import { characteristicsOf } from '@zaizao/modules/catalog';
import { newestValues } from '@zaizao/modules/inspection';
import { asBuiltOf, getUnit, type Unit } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { ok, type Result, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { TestView, UnitReport } from '../contract.ts';
import { aspectOf, marginOf } from '../domain/aspect.ts';
import { certificateOf } from './certificates.ts';
import { releaseView, shortfallView, standingOf } from './coverage.ts';
import { lifeOf } from './life.ts';
import { testsOf } from './test-views.ts';
import { unitRef } from './tests.ts';

type View = z.input<typeof UnitReport>;

function reported(rows: TestView['rows'], aspect: ReturnType<typeof aspectOf>): View['accuracy'] {
  return rows
    .filter((r) => aspectOf(r.unit) === aspect)
    .map((r) => {
      const margin =
        r.value === undefined ? undefined : marginOf(Number(r.value), r.unit, r.limits);
      return { ...r, ...(margin === undefined ? {} : { margin }) };
    });
}

/**
 * What is known of one finished unit: how exact it is, what it does, each against its limits and the new
 * product's plan; how far its kept parts are from their wear limits; and what the plant's own units in
 * service say about life, or that they say nothing yet.
 */
export async function reportOf(ctx: Ctx, unitId: string): Promise<Result<View>> {
  const unit = await getUnit(ctx, unitId);
  if (!unit.ok) return unit;
  const u = unit.value;
  const tests = await testsOf(ctx, unitId);
  const test = tests.find((t) => t.state !== 'aborted');
  const rows = test?.rows ?? [];
  const plan = test ? await standingOf(ctx, u.part_id, rows) : undefined;
  const certificate = await certificateOf(ctx, unitId);
  return ok({
    unit: { ...unitRef(u), state: u.state, assembledAt: u.assembled_at.toISOString() },
    maker: ctx.org.name,
    ...(test
      ? {
          test: {
            id: test.id,
            code: test.code,
            state: test.state,
            round: test.round,
            at: test.decidedAt ?? test.startedAt,
            by: test.decidedBy ?? test.startedBy,
            ...(test.runIn ? { runInMinutes: test.runIn.minutes } : {}),
            ...(test.concession ? { concession: test.concession.code } : {}),
          },
        }
      : {}),
    accuracy: reported(rows, 'accuracy'),
    function: reported(rows, 'function'),
    ...(plan
      ? {
          newProduct: {
            planVersion: plan.check.version,
            source: plan.check.source,
            asked: plan.check.tests,
            shortfalls: plan.check.shortfalls.map(shortfallView),
            ...(plan.release ? { release: releaseView(plan.release) } : {}),
          },
        }
      : {}),
    wear: await wearOf(ctx, u),
    life: await lifeOf(ctx, u.part_id),
    ...(certificate ? { certificateCode: certificate.code } : {}),
    at: ctx.now.toISOString(),
  });
}

/** The newest inspected values of the parts that were kept, nearest to their limits first. */
async function wearOf(ctx: Ctx, u: Unit): Promise<View['wear']> {
  const kept = (await asBuiltOf(ctx, u)).filter((a) => a.componentId && a.origin !== 'new');
  const values = await newestValues(
    ctx,
    kept.flatMap((a) => a.componentId ?? []),
  );
  const known = await characteristicsOf(ctx, u.part_id);
  const names = new Map(known.ok ? known.value.map((x) => [x.id, x.name]) : []);
  const rows = values.flatMap((v): View['wear'] => {
    const piece = kept.find((a) => a.componentId === v.componentId);
    const margin = marginOf(Number(v.value), v.unit, v.judged);
    if (!piece || piece.origin === 'new' || margin === undefined) return [];
    return [
      {
        componentId: v.componentId,
        componentCode: piece.componentCode ?? '',
        part: piece.part,
        origin: piece.origin,
        code: v.code,
        name: names.get(v.characteristicId) ?? text(v.code, v.code),
        value: v.value,
        unit: v.unit,
        limits: v.judged.map(({ level, customer, min, max, source, pass }) => ({
          ...{ level, source, pass },
          ...(customer === undefined ? {} : { customer }),
          ...(min === undefined ? {} : { min }),
          ...(max === undefined ? {} : { max }),
        })),
        margin,
        at: v.at.toISOString(),
      },
    ];
  });
  return rows.sort((a, b) => a.margin - b.margin);
}
