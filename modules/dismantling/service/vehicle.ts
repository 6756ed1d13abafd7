import { bomOf, dismantleOf, getPart } from '@zaizao/modules/catalog';
import { type CoreRow, getCore } from '@zaizao/modules/cores';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type BalanceView,
  dismantlingErrors,
  type getCheckForm,
  type listChecks,
  type recordCheck,
  type recordOutflow,
} from '../contract.ts';
import { type StreamMass, vehicleBalance } from '../domain/balance.ts';
import { checkForm, type FormZone } from '../domain/check-form.ts';
import { findTeardown, linesOf, teardownOfCore } from '../repo/teardown.ts';
import * as repo from '../repo/vehicle.ts';
import { replan } from './plan.ts';

type Form = z.input<(typeof getCheckForm)['response']>;
type CheckJson = z.input<(typeof listChecks)['response']>['items'][number];
type Balance = z.input<typeof BalanceView>;

async function formOf(ctx: Ctx, core: CoreRow): Promise<Result<FormZone[]>> {
  if (!core.part_id) return err(dismantlingErrors.PLAN_NO_JOINTS({ number: core.number_seen }));
  const part = await getPart(ctx, core.part_id);
  if (!part.ok) return part;
  const bom = await bomOf(ctx, core.part_id);
  if (!bom.ok) return bom;
  const data = await dismantleOf(ctx, core.part_id);
  if (!data.ok) return data;
  const zones = new Map(data.value.removal.map((r) => [r.item, r.zone]));
  return ok(
    checkForm(
      part.value.family,
      bom.value.items
        .filter((i) => i.policy !== 'consumable')
        .map((i) => ({
          pos: i.pos,
          name: i.part.name,
          zone: zones.get(String(i.pos)) ?? '',
        })),
    ),
  );
}

/** The form for the check of one vehicle or machine: what concerns the whole, then zone by zone. */
export async function formFor(ctx: Ctx, coreId: string): Promise<Result<Form>> {
  const core = await getCore(ctx, coreId);
  if (!core.ok) return core;
  const zones = await formOf(ctx, core.value);
  if (!zones.ok) return zones;
  const { id, code, part, donor } = core.value;
  return ok({
    core: {
      id,
      code,
      ...(donor?.vin ? { vin: donor.vin } : {}),
      part: part ?? { id: '', number: '', name: text('', '') },
    },
    zones: zones.value.map((z) => ({ ...z, items: z.items.map((i) => ({ ...i })) })),
  });
}

/**
 * Keeps the check of a vehicle: every item answered, the pictures that the form asks for taken. What
 * is broken or missing is known to the plan from now on.
 */
export async function check(
  ctx: Ctx,
  coreId: string,
  input: z.output<(typeof recordCheck)['body']>,
): Promise<Result<CheckJson>> {
  const core = await getCore(ctx, coreId);
  if (!core.ok) return core;
  const zones = await formOf(ctx, core.value);
  if (!zones.ok) return zones;
  const known = new Map(
    zones.value.flatMap((z) => z.items.map((i) => [i.item, { ...i, zone: z.name }] as const)),
  );
  const given = new Map(input.answers.map((a) => [a.item, a]));
  for (const a of input.answers) {
    if (!known.has(a.item)) {
      return err(dismantlingErrors.VEHICLE_ANSWER_UNKNOWN({ item: a.item }));
    }
    for (const sha of a.photos) {
      const file = await requireFile(ctx, sha, { image: true });
      if (!file.ok) return file;
    }
  }
  const open = [...known.values()].filter((i) => !given.has(i.item));
  if (open.length > 0) {
    const items = open
      .slice(0, 5)
      .map((i) => i.name[ctx.lang])
      .join('、');
    return err(dismantlingErrors.VEHICLE_ANSWERS_OPEN({ n: open.length, items }));
  }
  const bare = [...known.values()].find(
    (i) => i.needsPhoto && given.get(i.item)?.photos.length === 0,
  );
  if (bare) return err(dismantlingErrors.VEHICLE_PHOTO_MISSING({ item: bare.name[ctx.lang] }));
  const { id, code, part } = core.value;
  const row = await repo.insertCheck(ctx, {
    core_id: id,
    core_code: code,
    part: part ?? { id: '', number: '', name: text('', '') },
    answers: [...known.values()].flatMap((i) => {
      const a = given.get(i.item);
      return a ? [{ ...a, name: i.name, zone: i.zone }] : [];
    }),
    mileage_km: input.mileageKm ?? null,
    note: input.note,
  });
  const teardown = await teardownOfCore(ctx, coreId);
  if (teardown?.state === 'open') await replan(ctx, teardown, { kind: 'checked' });
  await ctx.publish('dismantling.vehicle-checked', coreId, { coreId, checkId: row.id });
  return ok(checkView(row));
}

export function checkView(c: repo.CheckRow): CheckJson {
  return {
    id: c.id,
    coreId: c.core_id,
    coreCode: c.core_code,
    answers: c.answers.map((a) => ({ ...a, photos: [...a.photos] })),
    ...(c.mileage_km === null ? {} : { mileageKm: c.mileage_km }),
    note: c.note,
    by: c.made_by,
    at: c.made_at.toISOString(),
  };
}

export async function checksFor(ctx: Ctx, coreId: string): Promise<Result<CheckJson[]>> {
  const core = await getCore(ctx, coreId);
  return core.ok ? ok((await repo.checksOf(ctx, coreId)).map(checkView)) : core;
}

/** Where the mass of a teardown went, stream by stream, to 100 % of what was weighed. */
export async function balanceFor(ctx: Ctx, teardownId: string): Promise<Result<Balance>> {
  const t = await findTeardown(ctx, teardownId);
  if (!t) return err(dismantlingErrors.TEARDOWN_NOT_FOUND());
  const core = await getCore(ctx, t.core_id);
  const streams = new Map<string, number>();
  for (const l of await linesOf(ctx, teardownId)) {
    if (l.found_qty > 0) streams.set(l.stream, (streams.get(l.stream) ?? 0) + Number(l.mass_g));
  }
  const residue = Number(t.residue_g);
  if (residue > 0) streams.set('residue', residue);
  const masses: StreamMass[] = [...streams].map(([stream, massG]) => ({ stream, massG }));
  const rows = await repo.outflowsOf(ctx, teardownId);
  const b = vehicleBalance(
    t.core_mass_g,
    masses,
    rows.map((o) => ({ stream: o.stream, kind: o.kind, massG: Number(o.mass_g) })),
  );
  const tolerancePct = Number(t.tolerance_pct);
  const closes =
    t.state === 'finished' &&
    (Math.abs(b.differencePct) <= tolerancePct + 1e-9 || t.explanation !== null);
  const donor = core.ok ? core.value.donor : null;
  return ok({
    teardown: { id: t.id, code: t.code, state: t.state },
    core: { id: t.core_id, code: t.core_code, ...(donor?.vin ? { vin: donor.vin } : {}) },
    part: t.part,
    wholeG: b.wholeG,
    // streams are written from the contract’s own list, `residue` just above
    streams: b.streams.map((s) => ({ ...s, stream: s.stream as Balance['streams'][0]['stream'] })),
    differenceG: b.differenceG,
    differencePct: b.differencePct,
    ...(t.explanation ? { explanation: t.explanation } : {}),
    tolerancePct,
    closes,
    closed: closes && b.allLeft,
    recoveredPct: b.recoveredPct,
    outflows: rows.map((o) => ({
      id: o.id,
      stream: o.stream as Balance['streams'][0]['stream'], // written from the contract’s own list
      kind: o.kind,
      massG: Number(o.mass_g),
      receiver: o.receiver,
      document: o.document,
      note: o.note,
      by: o.made_by,
      at: o.made_at.toISOString(),
    })),
  });
}

const NEEDS_DOCUMENT: ReadonlySet<string> = new Set(['hazardous', 'remanufactured']);
const KINDS = {
  sold: text('出售', 'A sale'),
  remanufactured: text('交再制造', 'A delivery to remanufacturing'),
  shredded: text('破碎', 'Shredding'),
  metal: text('金属回收', 'Metal recovery'),
  hazardous: text('危废转移', 'A hazardous-waste transfer'),
  residue: text('残余处置', 'Disposal of residue'),
  yard: text('自助拆件场', 'The self-service yard'),
};
const STREAM_NAMES = {
  assemblies: text('发动机与总成', 'engine and assemblies'),
  battery: text('蓄电池', 'battery'),
  parts: text('可用件', 'usable parts'),
  metal: text('金属框架车体', 'metal of body and frame'),
  fluids: text('油液', 'fluids'),
  'other-materials': text('其他材料', 'other materials'),
  residue: text('残余', 'residue'),
};

/**
 * Records mass that leaves. The five assemblies go to remanufacturing or are melted, with the number
 * of their certificate (State Council Decree 715, article 12); hazardous waste goes with its note;
 * nothing leaves twice.
 */
export async function letOut(
  ctx: Ctx,
  teardownId: string,
  input: z.output<(typeof recordOutflow)['body']>,
): Promise<Result<Balance>> {
  const t = await findTeardown(ctx, teardownId, true);
  if (!t) return err(dismantlingErrors.TEARDOWN_NOT_FOUND());
  if (t.state === 'open') return err(dismantlingErrors.TEARDOWN_OPEN({ code: t.code }));
  if (input.stream === 'assemblies' && ['sold', 'yard'].includes(input.kind)) {
    return err(dismantlingErrors.OUTFLOW_ASSEMBLIES());
  }
  if (NEEDS_DOCUMENT.has(input.kind) && input.document === '') {
    return err(dismantlingErrors.OUTFLOW_DOCUMENT({ kind: KINDS[input.kind][ctx.lang] }));
  }
  const before = await balanceFor(ctx, teardownId);
  if (!before.ok) return before;
  const here = before.value.streams.find((s) => s.stream === input.stream)?.hereG ?? 0;
  if (input.massG > here + 0.5) {
    const kg = (g: number) => (g / 1000).toFixed(3);
    return err(
      dismantlingErrors.OUTFLOW_TOO_MUCH({
        stream: STREAM_NAMES[input.stream][ctx.lang],
        left: kg(here),
        asked: kg(input.massG),
      }),
    );
  }
  await repo.insertOutflow(ctx, { teardown_id: teardownId, ...input });
  await ctx.publish('dismantling.stream-left', teardownId, {
    teardownId,
    stream: input.stream,
    kind: input.kind,
  });
  return balanceFor(ctx, teardownId);
}
