import { normalizeGtin } from '@zaizao/gs1';
import { httpErrors } from '@zaizao/platform/contract';
import { lockName } from '@zaizao/platform/db';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { type AppError, err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { addPart, editPart, putLink, removeLink, setNumbers } from '../contract/part.ts';
import type {
  addCharacteristic,
  addLimit,
  editCharacteristic,
  publishProgramme,
  putDefect,
  setBom,
  setPrice,
  setRoute,
} from '../contract/plan.ts';
import { normaliseNumber } from '../domain/number.ts';
import { catalogErrors } from '../errors.ts';
import * as parts from '../repo/part.ts';
import * as plan from '../repo/plan.ts';
import { programmesOf } from '../repo/programme.ts';
import { yuan } from '../repo/snapshot.ts';
import type { PartRow, RevisionRow } from '../repo/tables.ts';
import { type Fault, Faults } from '../workbook/faults.ts';
import { workbookOf } from '../workbook/read.ts';
import type { Row, SheetKey, Value } from '../workbook/sheets.ts';
import { applyPlan, planImport } from './apply.ts';

type Body<E extends { body: z.ZodType }> = z.output<E['body']>;

/**
 * Writes rows through the importer’s own checks, so that a form and a workbook obey one law.
 * @param pathOf where in the request a fault of a row belongs
 */
export async function writeRows(
  ctx: Ctx,
  rows: ReadonlyMap<SheetKey, readonly Row[]>,
  note: string,
  pathOf: (fault: Fault) => string = (f) => `body/${f.cell.split('/')[0]}`,
): Promise<Result<undefined>> {
  const faults = new Faults(50);
  const found = await planImport(ctx, workbookOf(rows), faults, 'write');
  if (faults.count > 0) return err(refusal(ctx, faults, pathOf));
  await applyPlan(ctx, found, note);
  return ok();
}

function refusal(ctx: Ctx, faults: Faults, pathOf: (fault: Fault) => string): AppError {
  const first = faults.kept[0]?.message[ctx.lang] ?? '';
  const details = faults.kept.map((f) => ({ path: pathOf(f), code: f.code, message: f.message }));
  return catalogErrors.CATALOG_REFUSED({ count: faults.count, first }, details);
}

/** Faults of the lines of a list: `body/items/2/pos`. */
export const inList = (list: string) => (f: Fault) => {
  const [column = '', line = '1'] = f.cell.split('/');
  return `body/${list}/${Number(line) - 1}/${column}`;
};

const optional = (text: string): Value => (text === '' ? undefined : text);
const cny = (fen: string | undefined): Value => (fen === undefined ? undefined : yuan(fen));

async function find(ctx: Ctx, partId: string): Promise<Result<PartRow>> {
  const row = await parts.findPart(ctx, partId);
  return row ? ok(row) : err(catalogErrors.PART_NOT_FOUND());
}

export async function addPartOf(ctx: Ctx, p: Body<typeof addPart>): Promise<Result<string>> {
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const norm = normaliseNumber(p.number);
  if (await parts.partByNorm(ctx, norm)) {
    return err(catalogErrors.PART_NUMBER_TAKEN({ number: p.number }));
  }
  const row: Row = {
    number: p.number,
    kind: p.kind,
    family: p.family,
    name_zh: p.name.zh,
    name_en: p.name.en,
    gtin: p.gtin,
    mass_g: p.massG,
    new_price_cny: cny(p.newPriceFen),
    needs_coding: p.needsCoding,
    vin_bound: p.vinBound,
    restricted: p.restricted,
    basis: optional(p.basis),
  };
  const written = await writeRows(ctx, new Map([['parts', [row]]]), 'form');
  if (!written.ok) return written;
  const made = await parts.partByNorm(ctx, norm);
  return made ? ok(made.id) : err(catalogErrors.PART_NOT_FOUND());
}

export async function editPartOf(
  ctx: Ctx,
  partId: string,
  version: number,
  p: Body<typeof editPart>,
): Promise<Result<string>> {
  const found = await find(ctx, partId);
  if (!found.ok) return found;
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const norm = normaliseNumber(p.number);
  const other = await parts.partByNorm(ctx, norm);
  if (other && other.id !== partId) {
    return err(catalogErrors.PART_NUMBER_TAKEN({ number: p.number }));
  }
  const gtin = p.gtin === undefined ? undefined : normalizeGtin(p.gtin);
  if (gtin && !gtin.ok) return err(catalogErrors.PART_GTIN_WRONG({ gtin: p.gtin ?? '' }));
  if (p.photo !== undefined) {
    const photo = await requireFile(ctx, p.photo, { image: true });
    if (!photo.ok) return photo;
  }
  const changed = await parts.updatePart(ctx, partId, version, {
    number: p.number,
    norm,
    kind: p.kind,
    family: p.family,
    name_zh: p.name.zh,
    name_en: p.name.en,
    gtin: gtin?.value ?? null,
    mass_g: p.massG ?? null,
    new_price_fen: p.newPriceFen === undefined ? null : BigInt(p.newPriceFen),
    photo: p.photo ?? null,
    needs_coding: p.needsCoding,
    vin_bound: p.vinBound,
    restricted: p.restricted,
    active: p.active,
    basis: p.basis,
  });
  return changed ? ok(partId) : err(httpErrors.STALE_VERSION());
}

export async function setNumbersOf(
  ctx: Ctx,
  partId: string,
  version: number,
  { numbers }: Body<typeof setNumbers>,
): Promise<Result<string>> {
  const found = await find(ctx, partId);
  if (!found.ok) return found;
  if (!(await parts.updatePart(ctx, partId, version, {}))) return err(httpErrors.STALE_VERSION());
  const rows = new Map(
    numbers.map((n) => {
      const norm = normaliseNumber(n.number);
      return [`${n.kind} ${norm}`, { org_id: ctx.org.no, part_id: partId, ...n, norm }];
    }),
  );
  await parts.replaceNumbers(ctx, partId, [...rows.values()]);
  await ctx.publish('catalog.numbers-changed', partId, { partId });
  return ok(partId);
}

export async function putLinkOf(ctx: Ctx, l: Body<typeof putLink>): Promise<Result<undefined>> {
  const row: Row = {
    from: l.from,
    to: l.to,
    relation: l.relation,
    needs_coding: l.needsCoding,
    vin_bound: l.vinBound,
    valid_from: l.validFrom,
    basis: optional(l.basis),
  };
  const written = await writeRows(ctx, new Map([['links', [row]]]), 'form');
  if (written.ok) await ctx.publish('catalog.numbers-changed', l.from, { from: l.from, to: l.to });
  return written;
}

export async function removeLinkOf(
  ctx: Ctx,
  l: Body<typeof removeLink>,
): Promise<Result<{ removed: boolean }>> {
  const removed = await parts.removeLink(ctx, {
    from_norm: normaliseNumber(l.from),
    to_norm: normaliseNumber(l.to),
    relation: l.relation,
  });
  if (removed) await ctx.publish('catalog.numbers-changed', l.from, { from: l.from, to: l.to });
  return ok({ removed });
}

/** Refuses when somebody issued a newer version since the caller looked. */
export async function follows(
  ctx: Ctx,
  partId: string,
  doc: RevisionRow['doc'],
  version: number,
): Promise<Result<PartRow>> {
  const part = await find(ctx, partId);
  if (!part.ok) return part;
  await lockName(ctx.tx, ctx.org.no, 'catalog');
  const now = await plan.revisionOf(ctx, partId, doc);
  return (now?.version ?? 0) === version ? part : err(httpErrors.STALE_VERSION());
}

export async function setBomOf(
  ctx: Ctx,
  partId: string,
  version: number,
  b: Body<typeof setBom>,
): Promise<Result<undefined>> {
  const part = await follows(ctx, partId, 'bom', version);
  if (!part.ok) return part;
  const share = (n: number | undefined): Value => (n === undefined ? undefined : String(n));
  const rows = b.items.map(
    (i): Row => ({
      product: part.value.number,
      pos: i.pos,
      component: i.component,
      qty: i.qty,
      policy: i.policy,
      reuse_pct: share(i.reusePct),
      restore_pct: share(i.restorePct),
      replace_pct: share(i.replacePct),
      critical: i.critical,
      serialised: i.serialised,
      basis: optional(i.basis),
    }),
  );
  return writeRows(ctx, new Map([['bom', rows]]), b.note || 'form', inList('items'));
}

export async function setRouteOf(
  ctx: Ctx,
  partId: string,
  version: number,
  r: Body<typeof setRoute>,
): Promise<Result<undefined>> {
  const part = await follows(ctx, partId, 'route', version);
  if (!part.ok) return part;
  const rows = r.steps.map(
    (s): Row => ({
      product: part.value.number,
      seq: s.seq,
      code: s.code,
      name_zh: s.name.zh,
      name_en: s.name.en,
      station_kind: s.stationKind,
      station: optional(s.station),
      std_seconds: s.stdSeconds,
      when: optional(s.when),
      on_fail: s.onFail,
      max_rework: s.maxRework,
      method: optional(s.method),
      instruction_zh: optional(s.instruction.zh),
      instruction_en: optional(s.instruction.en),
      records: optional(s.records),
      basis: optional(s.basis),
    }),
  );
  return writeRows(ctx, new Map([['route', rows]]), r.note || 'form', inList('steps'));
}

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

const newestOf = (versions: readonly { readonly version: number }[]) =>
  versions.reduce((most, x) => Math.max(most, x.version), 0);

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
