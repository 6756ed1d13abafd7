import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { getDismantle, setJoins, setRemoval } from '../contract/dismantle.ts';
import { catalogErrors } from '../errors.ts';
import * as repo from '../repo/dismantle.ts';
import { findPart } from '../repo/part.ts';
import { revisionOf, revisionsOf } from '../repo/plan.ts';
import { yuan } from '../repo/snapshot.ts';
import type { JoinRow, RemovalRow } from '../repo/tables.ts';
import type { Row } from '../workbook/sheets.ts';
import { follows, inList, writeRows } from './write-rows.ts';

type View = z.input<(typeof getDismantle)['response']>;
type JoinView = View['joins'][number];
type RemovalView = View['removal'][number];

/** How a product comes apart, as far as the catalogue says; versions are 0 where it says nothing. */
export async function dismantleOf(ctx: Ctx, partId: string): Promise<Result<View>> {
  const part = await findPart(ctx, partId);
  if (!part) return err(catalogErrors.PART_NOT_FOUND());
  const joins = await revisionOf(ctx, partId, 'joins');
  const removal = await revisionOf(ctx, partId, 'removal');
  const revisions = joins || removal ? await revisionsOf(ctx, partId) : [];
  const history = (doc: 'joins' | 'removal') =>
    revisions
      .filter((r) => r.doc === doc)
      .map((r) => ({ version: r.version, createdAt: r.created_at.toISOString(), note: r.note }));
  return ok({
    partId,
    joins: joins ? (await repo.joinItems(ctx, partId, joins.version)).map(joinView) : [],
    removal: removal
      ? (await repo.removalItems(ctx, partId, removal.version)).map(removalView)
      : [],
    joinsVersion: joins?.version ?? 0,
    removalVersion: removal?.version ?? 0,
    revisions: { joins: history('joins'), removal: history('removal') },
  });
}

// The words of lists were checked against the lists when they were written.
function joinView(r: JoinRow): JoinView {
  return {
    code: r.code,
    name: text(r.name_zh, r.name_en),
    kind: r.kind as JoinView['kind'],
    parts: r.parts,
    after: r.after,
    seconds: r.seconds,
    tool: r.tool,
    ...(r.direction ? { direction: r.direction as NonNullable<JoinView['direction']> } : {}),
    hazard: r.hazard,
    hazardNote: text(r.hazard_zh, r.hazard_en),
    destructive: r.destructive,
    ...(r.seized_pct === null ? {} : { seizedPct: Number(r.seized_pct) }),
    ...(r.force_fen === null ? {} : { forceFen: String(r.force_fen) }),
    crew: r.crew,
    ...(r.skill ? { skill: r.skill as NonNullable<JoinView['skill']> } : {}),
    zone: r.zone,
    basis: r.basis,
  };
}

function removalView(r: RemovalRow): RemovalView {
  return {
    item: r.item,
    name: text(r.name_zh, r.name_en),
    members: r.members,
    mustOut: r.must_out,
    ...(r.stream ? { stream: r.stream as NonNullable<RemovalView['stream']> } : {}),
    zone: r.zone,
    ...(r.whole_fen === null ? {} : { wholeFen: String(r.whole_fen) }),
    ...(r.good_pct === null ? {} : { goodPct: Number(r.good_pct) }),
    ...(r.look_fen === null ? {} : { lookFen: String(r.look_fen) }),
    basis: r.basis,
  };
}

const optional = (value: string | undefined) => (value === '' ? undefined : value);
const share = (n: number | undefined) => (n === undefined ? undefined : String(n));
const cny = (fen: string | undefined) => (fen === undefined ? undefined : yuan(fen));

export async function setJoinsOf(
  ctx: Ctx,
  partId: string,
  version: number,
  b: z.output<(typeof setJoins)['body']>,
): Promise<Result<undefined>> {
  const part = await follows(ctx, partId, 'joins', version);
  if (!part.ok) return part;
  const rows = b.joins.map(
    (j): Row => ({
      product: part.value.number,
      ...{ code: j.code, name_zh: j.name.zh, name_en: j.name.en, kind: j.kind },
      ...{ parts: j.parts.join(' '), after: optional(j.after.join(' ')), seconds: j.seconds },
      ...{ tool: optional(j.tool), direction: j.direction, hazard: j.hazard },
      ...{ hazard_zh: optional(j.hazardNote.zh), hazard_en: optional(j.hazardNote.en) },
      ...{ destructive: j.destructive, seized_pct: share(j.seizedPct) },
      ...{ force_cny: cny(j.forceFen), crew: j.crew, skill: j.skill, zone: optional(j.zone) },
      basis: optional(j.basis),
    }),
  );
  return writeRows(ctx, new Map([['joins', rows]]), b.note || 'form', inList('joins'));
}

export async function setRemovalOf(
  ctx: Ctx,
  partId: string,
  version: number,
  b: z.output<(typeof setRemoval)['body']>,
): Promise<Result<undefined>> {
  const part = await follows(ctx, partId, 'removal', version);
  if (!part.ok) return part;
  const rows = b.removal.map(
    (x): Row => ({
      product: part.value.number,
      ...{ item: x.item, name_zh: optional(x.name.zh), name_en: optional(x.name.en) },
      ...{ members: optional(x.members.join(' ')), must_out: x.mustOut, stream: x.stream },
      ...{ zone: optional(x.zone), whole_cny: cny(x.wholeFen), good_pct: share(x.goodPct) },
      ...{ look_cny: cny(x.lookFen), basis: optional(x.basis) },
    }),
  );
  return writeRows(ctx, new Map([['removal', rows]]), b.note || 'form', inList('removal'));
}
