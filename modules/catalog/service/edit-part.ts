/** Parts, their numbers and links, what they are made of and the steps that make them, edited by forms. */

import { normalizeGtin } from '@zaizao/gs1';
import { httpErrors } from '@zaizao/platform/contract';
import { lockName } from '@zaizao/platform/db';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { addPart, editPart, putLink, removeLink, setNumbers } from '../contract/part.ts';
import type { setBom, setRoute } from '../contract.ts';
import { normaliseNumber } from '../domain/number.ts';
import { catalogErrors } from '../errors.ts';
import * as parts from '../repo/part.ts';
import type { Row, Value } from '../workbook/sheets.ts';
import { type Body, cny, find, follows, inList, optional, writeRows } from './write-rows.ts';

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
