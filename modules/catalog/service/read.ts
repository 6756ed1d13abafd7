import { normalizeGtin } from '@zaizao/gs1';
import { todayOf } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result, text } from '@zaizao/platform/kernel';
import { canonicalDecimal } from '../domain/decimal.ts';
import { reachNumbers } from '../domain/interchange.ts';
import { type Limit, limitsOn } from '../domain/judge.ts';
import { normaliseNumber } from '../domain/number.ts';
import { catalogErrors } from '../errors.ts';
import * as parts from '../repo/part.ts';
import * as plan from '../repo/plan.ts';
import { findProgramme, programmeOn } from '../repo/programme.ts';
import type { CharacteristicRow, LimitRow, PartRow, ProgrammeRow } from '../repo/tables.ts';
import type {
  Bom,
  Candidate,
  Characteristic,
  Defect,
  PartType,
  Price,
  Programme,
  ProgrammeGrade,
  Route,
} from '../types.ts';

export function partType(r: PartRow): PartType {
  return {
    id: r.id,
    number: r.number,
    kind: r.kind,
    family: r.family,
    name: text(r.name_zh, r.name_en),
    ...(r.gtin === null ? {} : { gtin: r.gtin }),
    ...(r.mass_g === null ? {} : { massG: Number(r.mass_g) }),
    ...(r.new_price_fen === null ? {} : { newPriceFen: r.new_price_fen }),
    ...(r.photo === null ? {} : { photo: r.photo }),
    needsCoding: r.needs_coding,
    vinBound: r.vin_bound,
    restricted: r.restricted,
    active: r.active,
    basis: r.basis,
    version: r.version,
  };
}

export async function getPart(ctx: Ctx, partId: string): Promise<Result<PartType>> {
  const row = await parts.findPart(ctx, partId);
  return row ? ok(partType(row)) : err(catalogErrors.PART_NOT_FOUND());
}

/** Many parts at once, by id; unknown ids are absent. */
export async function getParts(
  ctx: Ctx,
  partIds: readonly string[],
): Promise<Map<string, PartType>> {
  const rows = await parts.partsByIds(ctx, [...new Set(partIds)]);
  return new Map(rows.map((r) => [r.id, partType(r)]));
}

/**
 * The parts that a number may mean, nearest first: the part’s own number or GTIN, a number others
 * use for it, then numbers reached by supersession and interchange. Case, spaces, dashes, dots and
 * slashes do not count. Products come before their components.
 */
export async function candidatesFor(ctx: Ctx, number: string): Promise<Candidate[]> {
  const norm = normaliseNumber(number);
  if (norm === '') return [];
  const links = async (norms: readonly string[]) =>
    (await parts.linksTouching(ctx, norms)).map(parts.asNumberLink);
  const reached = await reachNumbers(norm, links);
  const byNorm = new Map(reached.map((r) => [r.norm, r]));
  const own = await parts.partsByNorms(ctx, [...byNorm.keys()]);
  const carried = await parts.carriersOf(ctx, [...byNorm.keys()]);
  const gtin = normalizeGtin(norm);
  const byGtin = gtin.ok ? await parts.partByGtin(ctx, gtin.value) : undefined;
  const carriers = await getParts(
    ctx,
    carried.map((n) => n.part_id),
  );
  const found: (Candidate & { distance: number })[] = [];
  const add = (
    part: PartType | undefined,
    via: Candidate['via'],
    met: string,
    at: (typeof reached)[number] | undefined,
  ) => {
    if (!part?.active || found.some((c) => c.part.id === part.id)) return;
    found.push({
      part,
      via: at?.via ?? via,
      number: met,
      needsCoding: part.needsCoding || (at?.needsCoding ?? false),
      vinBound: part.vinBound || (at?.vinBound ?? false),
      distance: at?.steps ?? 0,
    });
  };
  const nearestFirst = <T extends { norm: string }>(rows: readonly T[]) =>
    rows.toSorted((a, b) => (byNorm.get(a.norm)?.steps ?? 0) - (byNorm.get(b.norm)?.steps ?? 0));
  for (const r of nearestFirst(own)) add(partType(r), 'number', r.number, byNorm.get(r.norm));
  if (byGtin) add(partType(byGtin), 'gtin', number, undefined);
  for (const n of nearestFirst(carried)) {
    const via = n.kind === 'internal' ? 'number' : n.kind;
    add(carriers.get(n.part_id), via, n.number, byNorm.get(n.norm));
  }
  const rank = (c: { part: PartType }) => (c.part.kind === 'product' ? 0 : 1);
  return found
    .toSorted((a, b) => a.distance - b.distance || rank(a) - rank(b))
    .map(({ distance: _, ...candidate }) => candidate);
}

/** The newest bill of material of a part, or a named version. */
export async function bomOf(ctx: Ctx, partId: string, version?: number): Promise<Result<Bom>> {
  const part = await parts.findPart(ctx, partId);
  if (!part) return err(catalogErrors.PART_NOT_FOUND());
  const revision = await plan.revisionOf(ctx, partId, 'bom', version);
  if (!revision) return err(catalogErrors.BOM_NOT_FOUND({ number: part.number }));
  const rows = await plan.bomItems(ctx, partId, revision.version);
  const components = await getParts(
    ctx,
    rows.map((r) => r.component_id),
  );
  const items = rows.flatMap((r) => {
    const component = components.get(r.component_id);
    return component
      ? [
          {
            pos: r.pos,
            part: component,
            qty: r.qty,
            policy: r.policy,
            ...(r.reuse_pct === null ? {} : { reusePct: Number(r.reuse_pct) }),
            ...(r.restore_pct === null ? {} : { restorePct: Number(r.restore_pct) }),
            ...(r.replace_pct === null ? {} : { replacePct: Number(r.replace_pct) }),
            critical: r.critical,
            serialised: r.serialised,
            basis: r.basis,
          },
        ]
      : [];
  });
  return ok({ partId, version: revision.version, items });
}

/** The newest route of a part, or a named version. */
export async function routeOf(ctx: Ctx, partId: string, version?: number): Promise<Result<Route>> {
  const part = await parts.findPart(ctx, partId);
  if (!part) return err(catalogErrors.PART_NOT_FOUND());
  const revision = await plan.revisionOf(ctx, partId, 'route', version);
  if (!revision) return err(catalogErrors.ROUTE_NOT_FOUND({ number: part.number }));
  const rows = await plan.routeSteps(ctx, partId, revision.version);
  const steps = rows.map((r) => ({
    seq: r.seq,
    code: r.code,
    name: text(r.name_zh, r.name_en),
    stationKind: r.station_kind,
    station: r.station,
    ...(r.std_seconds === null ? {} : { stdSeconds: r.std_seconds }),
    when: r.condition,
    ...(r.on_fail === null ? {} : { onFail: r.on_fail }),
    ...(r.max_rework === null ? {} : { maxRework: r.max_rework }),
    method: r.method,
    instruction: text(r.instruction_zh, r.instruction_en),
    records: r.records,
    basis: r.basis,
  }));
  return ok({ partId, version: revision.version, steps });
}

function limitOf(r: LimitRow): Limit {
  return {
    level: r.level,
    ...(r.customer === '' ? {} : { customer: r.customer }),
    ...(r.min === null ? {} : { min: canonicalDecimal(r.min) }),
    ...(r.max === null ? {} : { max: canonicalDecimal(r.max) }),
    version: r.version,
    validFrom: r.valid_from,
    source: r.source,
  };
}

function characteristicOf(r: CharacteristicRow, limits: readonly Limit[]): Characteristic {
  return {
    id: r.id,
    partId: r.part_id,
    code: r.code,
    purpose: r.purpose,
    seq: r.seq,
    name: text(r.name_zh, r.name_en),
    ...(r.component_pos === null ? {} : { componentPos: r.component_pos }),
    ...(r.component_id === null ? {} : { componentId: r.component_id }),
    unit: r.unit,
    method: r.method,
    ...(r.instrument_kind === '' ? {} : { instrumentKind: r.instrument_kind }),
    condition: r.condition,
    severity: r.severity,
    active: r.active,
    basis: r.basis,
    limits,
    version: r.version,
  };
}

/** All characteristics of a part with the limits in force on a day, or every version of them. */
export async function characteristicsWith(
  ctx: Ctx,
  rows: readonly CharacteristicRow[],
  day: string | 'every version',
): Promise<Characteristic[]> {
  const limits = Map.groupBy(
    await plan.limitsOf(
      ctx,
      rows.map((r) => r.id),
    ),
    (l) => l.characteristic_id,
  );
  return rows.map((r) => {
    const all = (limits.get(r.id) ?? []).map(limitOf);
    return characteristicOf(r, day === 'every version' ? all : limitsOn(all, day));
  });
}

async function activeOf(
  ctx: Ctx,
  partId: string,
  purpose: 'inspection' | 'test',
  day: string | undefined,
): Promise<Result<Characteristic[]>> {
  if (!(await parts.findPart(ctx, partId))) return err(catalogErrors.PART_NOT_FOUND());
  const rows = (await plan.characteristics(ctx, partId)).filter(
    (r) => r.active && (r.purpose === purpose || r.purpose === 'both'),
  );
  return ok(await characteristicsWith(ctx, rows, day ?? (await todayOf(ctx))));
}

/**
 * What is inspected on a part, with the limits in force on a day (today by default). For a
 * component: the characteristics that any product asks of it.
 */
export function characteristicsOf(
  ctx: Ctx,
  partId: string,
  day?: string,
): Promise<Result<Characteristic[]>> {
  return activeOf(ctx, partId, 'inspection', day);
}

/** What is tested on a product, in order, with the limits in force on a day (today by default). */
export function testPlanOf(
  ctx: Ctx,
  partId: string,
  day?: string,
): Promise<Result<Characteristic[]>> {
  return activeOf(ctx, partId, 'test', day);
}

/** One characteristic with the limits in force on a day (today by default). */
export async function getCharacteristic(
  ctx: Ctx,
  characteristicId: string,
  day?: string,
): Promise<Result<Characteristic>> {
  const row = await plan.findCharacteristic(ctx, characteristicId);
  if (!row) return err(catalogErrors.CHARACTERISTIC_NOT_FOUND());
  const [one] = await characteristicsWith(ctx, [row], day ?? (await todayOf(ctx)));
  return one ? ok(one) : err(catalogErrors.CHARACTERISTIC_NOT_FOUND());
}

const NO_GRADE: ProgrammeGrade = { text: text('', ''), pct: 0, creditFen: 0n, basis: '' };

export function programmeOf(r: ProgrammeRow): Programme {
  const grade = (g: 'A' | 'B' | 'C' | 'R'): ProgrammeGrade => {
    const found = r.grades.find((x) => x.grade === g);
    if (!found) return NO_GRADE;
    const { zh, en, pct, creditFen, basis } = found;
    return { text: text(zh, en), pct, creditFen: BigInt(creditFen), basis };
  };
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
    depositFen: r.deposit_fen,
    criteria: r.criteria.map(({ code, zh, en, failsTo, basis }) => ({
      ...{ code, text: text(zh, en), failsTo, basis },
    })),
    grades: { A: grade('A'), B: grade('B'), C: grade('C'), R: grade('R') },
    basis: r.basis,
  };
}

/** The programme of a part in force on a day `YYYY-MM-DD`. */
export async function programmeFor(
  ctx: Ctx,
  partId: string,
  day: string,
): Promise<Result<Programme>> {
  const part = await parts.findPart(ctx, partId);
  if (!part) return err(catalogErrors.PART_NOT_FOUND());
  const row = await programmeOn(ctx, partId, day);
  if (!row) return err(catalogErrors.PROGRAMME_NOT_FOUND({ number: part.number, day }));
  return ok(programmeOf(row));
}

/** A programme version by its id, in force or not: what an old document refers to. */
export async function getProgramme(ctx: Ctx, programmeId: string): Promise<Result<Programme>> {
  const row = await findProgramme(ctx, programmeId);
  return row
    ? ok(programmeOf(row))
    : err(catalogErrors.PROGRAMME_NOT_FOUND({ number: programmeId, day: '' }));
}

/** The defects that a plant expects on a part, with their rates. */
export async function defectsOf(ctx: Ctx, partId: string): Promise<Defect[]> {
  return (await plan.defectsOfPart(ctx, partId)).map((r) => ({
    code: r.code,
    name: text(r.name_zh, r.name_en),
    mode: r.mode,
    ...(r.component_pos === null ? {} : { componentPos: r.component_pos }),
    ...(r.rate_pct === null ? {} : { ratePct: Number(r.rate_pct) }),
    per: r.per,
    basis: r.basis,
  }));
}

type Prices = Partial<Record<Price['kind'], bigint>>;

/** What a part costs on a day (today by default), in fen, by kind of price. */
export async function pricesOf(ctx: Ctx, partId: string, day?: string): Promise<Prices> {
  return (await pricesOfAll(ctx, [partId], day)).get(partId) ?? {};
}

/** The same of some parts, in one statement. */
export async function pricesOfAll(
  ctx: Ctx,
  partIds: readonly string[],
  day?: string,
): Promise<Map<string, Prices>> {
  const on = day ?? (await todayOf(ctx));
  const out = new Map<string, Prices>();
  // Newest first: the first that has begun is the one in force.
  for (const p of await plan.pricesOfParts(ctx, partIds)) {
    if (p.valid_from > on) continue;
    const prices = out.get(p.part_id) ?? {};
    prices[p.kind] ??= p.fen;
    out.set(p.part_id, prices);
  }
  return out;
}

/** List prices of a part, newest first within a kind. */
export async function priceHistory(ctx: Ctx, partId: string): Promise<Price[]> {
  return (await plan.pricesOfParts(ctx, [partId])).map((r) => ({
    ...{ kind: r.kind, validFrom: r.valid_from, fen: r.fen, basis: r.basis },
  }));
}

/**
 * Every number under which others know a part, its own first: for search and shop windows. Numbers
 * that it supersedes or interchanges with belong to them; those that need coding or one VIN do not.
 */
export async function numbersOf(ctx: Ctx, partId: string): Promise<string[]> {
  const part = await parts.findPart(ctx, partId);
  if (!part) return [];
  const others = await parts.numbersOf(ctx, [partId]);
  const written = new Map<string, string>();
  const linked: string[] = [];
  for (const start of [part.norm, ...others.map((n) => n.norm)]) {
    const reached = await reachNumbers(start, async (norms) => {
      const links = await parts.linksTouching(ctx, norms);
      for (const l of links) written.set(l.from_norm, l.from_number).set(l.to_norm, l.to_number);
      return links.map(parts.asNumberLink);
    });
    for (const r of reached) if (!r.needsCoding && !r.vinBound) linked.push(r.norm);
  }
  const replaced = linked.flatMap((norm) => written.get(norm) ?? []);
  return [...new Set([part.number, ...others.map((n) => n.number), ...replaced])];
}
