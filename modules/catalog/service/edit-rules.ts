/** What a product is judged by, edited by forms: characteristics, limits, programmes, defects, prices. */

import { httpErrors } from '@zaizao/platform/contract';
import { lockName } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type {
  addCharacteristic,
  addLimit,
  editCharacteristic,
  publishProgramme,
  putDefect,
  setPrice,
} from '../contract.ts';
import { catalogErrors } from '../errors.ts';
import * as plan from '../repo/plan.ts';
import { programmesOf } from '../repo/programme.ts';
import { yuan } from '../repo/snapshot.ts';
import type { Row, SheetKey } from '../workbook/sheets.ts';
import { type Body, cny, find, newestOf, optional, writeRows } from './write-rows.ts';

type CharacteristicFields = Omit<Body<typeof addCharacteristic>, 'limits'>;

function characteristicRow(product: string, c: CharacteristicFields): Row {
  return {
    product,
    code: c.code,
    seq: c.seq || undefined,
    name_zh: c.name.zh,
    name_en: c.name.en,
    component_pos: c.componentPos,
    unit: c.unit,
    method: optional(c.method),
    instrument_kind: c.instrumentKind,
    condition: optional(c.condition),
    severity: c.severity,
    active: c.active,
    basis: optional(c.basis),
    ...(c.purpose === 'inspection' ? {} : { also_inspection: c.purpose === 'both' }),
  };
}

const sheetOf = (purpose: CharacteristicFields['purpose']) =>
  purpose === 'inspection' ? 'characteristics' : 'tests';

type LimitFields = Omit<Body<typeof addLimit>, 'follows'>;

function limitRow(product: string, code: string, version: number, l: LimitFields): Row {
  return {
    ...{ product, code, level: l.level, customer: l.customer, version },
    ...{ min: l.min, max: l.max, valid_from: l.validFrom, source: l.source },
  };
}

export async function addCharacteristicOf(
  ctx: Ctx,
  partId: string,
  c: Body<typeof addCharacteristic>,
): Promise<Result<string>> {
  const part = await find(ctx, partId);
  if (!part.ok) return part;
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const own = async () =>
    (await plan.characteristics(ctx, partId)).find(
      (r) => r.part_id === partId && r.code === c.code,
    );
  if (await own()) return err(httpErrors.ALREADY_EXISTS());
  const { number } = part.value;
  const limits = c.limits.map((l) => limitRow(number, c.code, 1, l));
  const rows = new Map<SheetKey, Row[]>([[sheetOf(c.purpose), [characteristicRow(number, c)]]]);
  if (limits.length > 0) rows.set('limits', limits);
  const written = await writeRows(ctx, rows, 'form');
  if (!written.ok) return written;
  const made = await own();
  return made ? ok(made.id) : err(catalogErrors.CHARACTERISTIC_NOT_FOUND());
}

export async function editCharacteristicOf(
  ctx: Ctx,
  characteristicId: string,
  version: number,
  c: Body<typeof editCharacteristic>,
): Promise<Result<string>> {
  const row = await plan.findCharacteristic(ctx, characteristicId);
  if (!row) return err(catalogErrors.CHARACTERISTIC_NOT_FOUND());
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const now = await plan.findCharacteristic(ctx, characteristicId);
  if (now?.version !== version) return err(httpErrors.STALE_VERSION());
  const part = await find(ctx, row.part_id);
  if (!part.ok) return part;
  const fields = { ...c, code: row.code, purpose: row.purpose };
  const values = characteristicRow(part.value.number, fields);
  const written = await writeRows(ctx, new Map([[sheetOf(row.purpose), [values]]]), 'form');
  return written.ok ? ok(characteristicId) : written;
}

export async function addLimitOf(
  ctx: Ctx,
  characteristicId: string,
  { follows: seen, ...l }: Body<typeof addLimit>,
): Promise<Result<string>> {
  const row = await plan.findCharacteristic(ctx, characteristicId);
  if (!row) return err(catalogErrors.CHARACTERISTIC_NOT_FOUND());
  const part = await find(ctx, row.part_id);
  if (!part.ok) return part;
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const before = (await plan.limitsOf(ctx, [characteristicId])).filter(
    (x) => x.level === l.level && x.customer === (l.customer ?? ''),
  );
  const newest = newestOf(before);
  if (seen !== undefined && seen !== newest) return err(httpErrors.STALE_VERSION());
  const values = limitRow(part.value.number, row.code, newest + 1, l);
  const written = await writeRows(ctx, new Map([['limits', [values]]]), 'form');
  return written.ok ? ok(characteristicId) : written;
}

export async function publishProgrammeOf(
  ctx: Ctx,
  partId: string,
  p: Body<typeof publishProgramme>,
): Promise<Result<string>> {
  const part = await find(ctx, partId);
  if (!part.ok) return part;
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const same = (await programmesOf(ctx, partId)).filter((x) => x.code === p.code);
  const newest = newestOf(same);
  if (p.follows !== undefined && p.follows !== newest) return err(httpErrors.STALE_VERSION());
  const version = newest + 1;
  const product = part.value.number;
  const key = { product, programme: p.code, version };
  const rows = new Map<SheetKey, Row[]>([
    [
      'programmes',
      [
        {
          ...{ product, code: p.code, version, valid_from: p.validFrom, valid_to: p.validTo },
          ...{ window_days: p.windowDays, start_event: p.startEvent },
          ...{ deposit_cny: cny(p.depositFen), quota_full_pct: p.quota.fullPct },
          ...{ quota_half_pct: p.quota.halfPct, quota_months: p.quota.months },
          basis: optional(p.basis),
        },
      ],
    ],
    [
      'criteria',
      p.criteria.map((c) => ({
        ...{ ...key, code: c.code, text_zh: c.text.zh, text_en: c.text.en },
        ...{ fails_to: c.failsTo, basis: optional(c.basis) },
      })),
    ],
    [
      'grades',
      p.grades.map((g) => ({
        ...{ ...key, grade: g.grade, text_zh: g.text.zh, text_en: g.text.en },
        ...{ deposit_pct: g.pct, credit_cny: cny(g.creditFen), basis: optional(g.basis) },
      })),
    ],
  ]);
  const written = await writeRows(ctx, rows, 'form');
  if (!written.ok) return written;
  const made = (await programmesOf(ctx, partId)).find(
    (x) => x.code === p.code && x.version === version,
  );
  return made ? ok(made.id) : err(catalogErrors.PART_NOT_FOUND());
}

export async function putDefectOf(
  ctx: Ctx,
  partId: string,
  d: Body<typeof putDefect>,
): Promise<Result<Body<typeof putDefect>>> {
  const part = await find(ctx, partId);
  if (!part.ok) return part;
  const row: Row = {
    ...{ product: part.value.number, code: d.code, name_zh: d.name.zh, name_en: d.name.en },
    ...{ mode: d.mode, component_pos: d.componentPos, per: d.per, basis: optional(d.basis) },
    rate_pct: d.ratePct === undefined ? undefined : String(d.ratePct),
  };
  const written = await writeRows(ctx, new Map([['defects', [row]]]), 'form');
  return written.ok ? ok(d) : written;
}

export async function setPriceOf(
  ctx: Ctx,
  partId: string,
  p: Body<typeof setPrice>,
): Promise<Result<Body<typeof setPrice>>> {
  const part = await find(ctx, partId);
  if (!part.ok) return part;
  const row: Row = {
    ...{ product: part.value.number, kind: p.kind, valid_from: p.validFrom },
    ...{ amount_cny: yuan(p.fen), basis: optional(p.basis) },
  };
  const written = await writeRows(ctx, new Map([['prices', [row]]]), 'form');
  return written.ok ? ok(p) : written;
}
