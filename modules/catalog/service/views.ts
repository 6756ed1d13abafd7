import { todayOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { getInterchange, PartView } from '../contract/part.ts';
import type * as c from '../contract.ts';
import { remanufacturingRates } from '../domain/bom-rates.ts';
import { reachNumbers } from '../domain/interchange.ts';
import { limitsOn } from '../domain/judge.ts';
import { catalogErrors } from '../errors.ts';
import * as parts from '../repo/part.ts';
import * as plan from '../repo/plan.ts';
import { programmesOf } from '../repo/programme.ts';
import type { NoticeRow, ProgrammeRow, RevisionRow } from '../repo/tables.ts';
import type { Bom, Characteristic, PartType, Route } from '../types.ts';
import { characteristicsWith, getParts } from './read.ts';

export type PartJson = z.input<typeof PartView>;
type Answer<E extends { response: z.ZodType }> = z.input<E['response']>;

export function partView(p: PartType): PartJson {
  const { massG, newPriceFen, ...rest } = p;
  return {
    ...rest,
    ...(massG === undefined ? {} : { massG: String(massG) }),
    ...(newPriceFen === undefined ? {} : { newPriceFen: String(newPriceFen) }),
  };
}

function revisionViews(rows: readonly RevisionRow[], doc: RevisionRow['doc']) {
  return rows
    .filter((r) => r.doc === doc)
    .map((r) => ({ version: r.version, createdAt: r.created_at.toISOString(), note: r.note }));
}

export async function bomView(ctx: Ctx, bom: Bom): Promise<Answer<typeof c.getBom>> {
  const { totalNewValueFen, ...rates } = remanufacturingRates(
    bom.items.map((i) => ({ ...i, ...massAndPrice(i.part) })),
  );
  return {
    partId: bom.partId,
    version: bom.version,
    items: bom.items.map((i) => ({ ...i, part: partView(i.part) })),
    rates: {
      ...rates,
      ...(totalNewValueFen === undefined ? {} : { totalNewValueFen: String(totalNewValueFen) }),
    },
    revisions: revisionViews(await plan.revisionsOf(ctx, bom.partId), 'bom'),
  };
}

function massAndPrice(p: PartType) {
  return {
    ...(p.massG === undefined ? {} : { massG: p.massG }),
    ...(p.newPriceFen === undefined ? {} : { newPriceFen: p.newPriceFen }),
  };
}

export async function routeView(ctx: Ctx, route: Route): Promise<Answer<typeof c.getRoute>> {
  const revisions = revisionViews(await plan.revisionsOf(ctx, route.partId), 'route');
  // The station kinds and methods were checked against the contract's own lists when written.
  const steps = route.steps as Answer<typeof c.getRoute>['steps'];
  return { partId: route.partId, version: route.version, steps, revisions };
}

type CharacteristicJson = Answer<typeof c.addCharacteristic>;

function characteristicView(x: Characteristic, day: string): CharacteristicJson {
  return { ...x, limits: [...x.limits], inForce: limitsOn(x.limits, day) };
}

export async function characteristicViews(
  ctx: Ctx,
  partId: string,
  day: string | undefined,
): Promise<Result<CharacteristicJson[]>> {
  if (!(await parts.findPart(ctx, partId))) return err(catalogErrors.PART_NOT_FOUND());
  const on = day ?? (await todayOf(ctx));
  const rows = await plan.characteristics(ctx, partId);
  const all = await characteristicsWith(ctx, rows, 'every version');
  return ok(all.map((x) => characteristicView(x, on)));
}

export async function oneCharacteristic(
  ctx: Ctx,
  characteristicId: string,
): Promise<Result<CharacteristicJson>> {
  const row = await plan.findCharacteristic(ctx, characteristicId);
  if (!row) return err(catalogErrors.CHARACTERISTIC_NOT_FOUND());
  const [one] = await characteristicsWith(ctx, [row], 'every version');
  return one
    ? ok(characteristicView(one, await todayOf(ctx)))
    : err(catalogErrors.CHARACTERISTIC_NOT_FOUND());
}

function programmeView(r: ProgrammeRow, inForce: boolean): Answer<typeof c.publishProgramme> {
  return {
    id: r.id,
    partId: r.part_id,
    code: r.code,
    version: r.version,
    validFrom: r.valid_from,
    ...(r.valid_to === null ? {} : { validTo: r.valid_to }),
    windowDays: r.window_days,
    startEvent: r.start_event,
    quota: r.quota,
    depositFen: r.deposit_fen.toString(),
    criteria: criteriaView(r.criteria),
    grades: gradesView(r.grades),
    basis: r.basis,
    inForce,
  };
}

const criteriaView = (list: ProgrammeRow['criteria']) =>
  list.map(({ zh, en, ...rest }) => ({ ...rest, text: text(zh, en) }));
const gradesView = (list: ProgrammeRow['grades']) =>
  list.map(({ zh, en, ...rest }) => ({ ...rest, text: text(zh, en) }));

/** Versions of the programmes of a part; the one that would be used today is marked. */
export async function programmeViews(ctx: Ctx, partId: string) {
  const today = await todayOf(ctx);
  const rows = await programmesOf(ctx, partId);
  const running = rows
    .filter((r) => r.valid_from <= today && (r.valid_to === null || r.valid_to >= today))
    .toSorted((a, b) => b.valid_from.localeCompare(a.valid_from) || b.version - a.version)[0];
  return rows.map((r) => programmeView(r, r.id === running?.id));
}

/** The graph of numbers around a part. */
export async function interchangeView(
  ctx: Ctx,
  partId: string,
): Promise<Result<Answer<typeof getInterchange>>> {
  const part = await parts.findPart(ctx, partId);
  if (!part) return err(catalogErrors.PART_NOT_FOUND());
  const numbers = await parts.numbersOf(ctx, [partId]);
  const seen = new Map<string, Awaited<ReturnType<typeof parts.linksTouching>>[number]>();
  const reached = new Set<string>();
  for (const start of [part.norm, ...numbers.map((n) => n.norm)]) {
    const found = await reachNumbers(start, async (norms) => {
      const links = await parts.linksTouching(ctx, norms);
      for (const l of links) seen.set(`${l.from_norm} ${l.to_norm} ${l.relation}`, l);
      return links.map(parts.asNumberLink);
    });
    for (const r of found) reached.add(r.norm);
  }
  const carriers = await parts.carriersOf(ctx, [...reached]);
  const own = await parts.partsByNorms(ctx, [...reached]);
  const ids = [...carriers.map((n) => n.part_id), ...own.map((p) => p.id)];
  const others = [...(await getParts(ctx, ids)).values()].filter((p) => p.id !== partId);
  return ok({
    numbers: numbers.map(({ kind, number, maker, basis }) => ({ kind, number, maker, basis })),
    links: [...seen.values()].map((l) => ({
      from: l.from_number,
      to: l.to_number,
      relation: l.relation,
      needsCoding: l.needs_coding,
      vinBound: l.vin_bound,
      ...(l.valid_from === null ? {} : { validFrom: l.valid_from }),
      basis: l.basis,
    })),
    alsoFits: others.map((p) => ({ partId: p.id, number: p.number, name: p.name })),
    version: part.version,
  });
}

type Notice = Answer<typeof c.listNotices>['items'][number];

/** A published row as its reader sees it. The body was written by this module when it was published. */
export function noticeView(r: NoticeRow): Notice {
  const body = r.body as Omit<
    Notice,
    'programmeId' | 'organisation' | 'part' | 'criteria' | 'grades'
  > &
    Pick<ProgrammeRow, 'criteria' | 'grades'>;
  return {
    ...body,
    programmeId: r.programme_id,
    organisation: r.org_name,
    part: { number: r.part_number, name: text(r.part_zh, r.part_en), family: r.family },
    validFrom: r.valid_from,
    ...(r.valid_to === null ? {} : { validTo: r.valid_to }),
    criteria: criteriaView(body.criteria),
    grades: gradesView(body.grades),
  };
}
