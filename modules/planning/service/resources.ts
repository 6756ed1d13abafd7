import { organisationOf, siteOf } from '@zaizao/modules/parties';
import { type Station, stationsOf } from '@zaizao/modules/production';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor } from '@zaizao/platform/db';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  type addCalendar,
  type addClosure,
  type addPerson,
  type editStationRule,
  planningErrors,
  type StationRuleView,
} from '../contract.ts';
import {
  openSpans,
  type Span,
  USUAL_WEEK,
  type WeekCalendar,
  without,
} from '../domain/calendar.ts';
import * as repo from '../repo/resource.ts';

type CalendarBody = z.output<(typeof addCalendar)['body']>;
type CalendarView = z.input<(typeof addCalendar)['response']>;
type PersonBody = z.output<(typeof addPerson)['body']>;
type PersonView = z.input<(typeof addPerson)['response']>;
type RuleView = z.input<typeof StationRuleView>;
type ClosureView = z.input<(typeof addClosure)['response']>;
interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const calendarView = (c: repo.CalendarRow): CalendarView => ({
  id: c.id,
  name: c.name,
  ...(c.site_id ? { siteId: c.site_id } : {}),
  isDefault: c.is_default,
  shifts: c.shifts.map((s) => ({ ...s, weekdays: [...s.weekdays] })),
  days: c.days.map((d) => ({ ...d, shifts: [...d.shifts] })),
  version: c.version,
});

function calendarFields(
  body: CalendarBody,
): Result<Omit<repo.CalendarRow, 'org_id' | 'id' | 'version'>> {
  const shifts = [...body.shifts, ...body.days.flatMap((d) => d.shifts)];
  if (shifts.some((s) => s.to <= s.from || s.to - s.from > 1440)) {
    return err(planningErrors.CALENDAR_SHIFT());
  }
  return ok({
    name: body.name,
    site_id: body.siteId ?? null,
    shifts: body.shifts,
    days: body.days,
    is_default: body.isDefault,
  });
}

export async function calendarsPage(ctx: Ctx, query: Page) {
  const cut = cutPage(await repo.calendarRows(ctx, query), query.limit, (c) => [c.id]);
  return ok({ ...cut, items: cut.items.map(calendarView) });
}

export async function recordCalendar(ctx: Ctx, body: CalendarBody): Promise<Result<CalendarView>> {
  const fields = calendarFields(body);
  if (!fields.ok) return fields;
  const site = body.siteId ? await siteOf(ctx, body.siteId) : ok();
  if (!site.ok) return site;
  const id = newId('shift', ctx.now.getTime());
  return ok(calendarView(await repo.insertCalendar(ctx, id, fields.value)));
}

export async function changeCalendar(
  ctx: Ctx,
  id: string,
  version: number,
  body: CalendarBody,
): Promise<Result<CalendarView>> {
  const fields = calendarFields(body);
  if (!fields.ok) return fields;
  const site = body.siteId ? await siteOf(ctx, body.siteId) : ok();
  if (!site.ok) return site;
  if (!(await repo.findCalendar(ctx, id))) return err(planningErrors.CALENDAR_NOT_FOUND());
  const row = await repo.updateCalendar(ctx, id, version, fields.value);
  return row ? ok(calendarView(row)) : err(httpErrors.STALE_VERSION());
}

async function knownCalendar(ctx: Ctx, id: string | undefined): Promise<Result<unknown>> {
  if (id === undefined || (await repo.findCalendar(ctx, id))) return ok();
  return err(planningErrors.CALENDAR_NOT_FOUND());
}

function ruleView(s: Station, r: repo.RuleRow | undefined): RuleView {
  return {
    stationId: s.id,
    code: s.code,
    name: s.name,
    kind: s.kind,
    line: s.line,
    ...(r?.calendar_id ? { calendarId: r.calendar_id } : {}),
    steps: r?.steps ?? [],
    attended: r?.attended ?? true,
    ...(r?.batch_capacity ? { batchCapacity: r.batch_capacity } : {}),
    setupSeconds: r?.setup_seconds ?? 0,
    inUse: r?.in_use ?? true,
    version: r?.version ?? 0,
  };
}

export async function stationsPage(ctx: Ctx, query: Page) {
  const rules = new Map((await repo.ruleRows(ctx)).map((r) => [r.station_id, r]));
  const after = cursorOf(query);
  const stations = (await stationsOf(ctx)).filter((s) => after === undefined || s.id > after);
  const cut = cutPage(stations.slice(0, query.limit + 1), query.limit, (s) => [s.id]);
  return ok({ ...cut, items: cut.items.map((s) => ruleView(s, rules.get(s.id))) });
}

function cursorOf(query: Page): string | undefined {
  if (query.cursor === undefined) return undefined;
  const key = decodeCursor(query.cursor)?.[0];
  return key === undefined ? undefined : String(key);
}

export async function changeStation(
  ctx: Ctx,
  stationId: string,
  version: number,
  body: z.output<(typeof editStationRule)['body']>,
): Promise<Result<RuleView>> {
  const station = (await stationsOf(ctx)).find((s) => s.id === stationId);
  if (!station) return err(planningErrors.STATION_UNKNOWN());
  const calendar = await knownCalendar(ctx, body.calendarId);
  if (!calendar.ok) return calendar;
  const row = await repo.writeRule(ctx, version, {
    station_id: stationId,
    calendar_id: body.calendarId ?? null,
    steps: body.steps,
    attended: body.attended,
    batch_capacity: body.batchCapacity ?? null,
    setup_seconds: body.setupSeconds,
    in_use: body.inUse,
  });
  return row ? ok(ruleView(station, row)) : err(httpErrors.STALE_VERSION());
}

const personView = (p: repo.PersonRow): PersonView => ({
  id: p.id,
  name: p.name,
  skills: p.skills,
  ...(p.calendar_id ? { calendarId: p.calendar_id } : {}),
  active: p.active,
  version: p.version,
});

const personFields = (b: PersonBody) => ({
  name: b.name,
  skills: b.skills,
  calendar_id: b.calendarId ?? null,
  active: b.active,
});

export async function peoplePage(ctx: Ctx, query: Page) {
  const cut = cutPage(await repo.personRows(ctx, query), query.limit, (p) => [p.id]);
  return ok({ ...cut, items: cut.items.map(personView) });
}

export async function recordPerson(ctx: Ctx, body: PersonBody): Promise<Result<PersonView>> {
  const calendar = await knownCalendar(ctx, body.calendarId);
  if (!calendar.ok) return calendar;
  const id = newId('person', ctx.now.getTime());
  return ok(personView(await repo.insertPerson(ctx, id, personFields(body))));
}

export async function changePerson(
  ctx: Ctx,
  id: string,
  version: number,
  body: PersonBody,
): Promise<Result<PersonView>> {
  const calendar = await knownCalendar(ctx, body.calendarId);
  if (!calendar.ok) return calendar;
  if (!(await repo.findPerson(ctx, id))) return err(planningErrors.PERSON_NOT_FOUND());
  const row = await repo.updatePerson(ctx, id, version, personFields(body));
  return row ? ok(personView(row)) : err(httpErrors.STALE_VERSION());
}

async function subjectNames(ctx: Ctx): Promise<ReadonlyMap<string, string>> {
  const stations = await stationsOf(ctx);
  const people = await repo.personRows(ctx);
  return new Map([...stations, ...people].map((x) => [x.id, x.name]));
}

const closureView = (c: repo.ClosureRow, names: ReadonlyMap<string, string>): ClosureView => ({
  id: c.id,
  kind: c.kind,
  subjectId: c.subject_id,
  subject: names.get(c.subject_id) ?? '',
  from: c.from_at.toISOString(),
  to: c.to_at.toISOString(),
  reason: c.reason,
  ...(c.request_id ? { requestId: c.request_id } : {}),
});

export async function closuresPage(ctx: Ctx, query: Page) {
  const names = await subjectNames(ctx);
  const cut = cutPage(await repo.closureRows(ctx, query), query.limit, (c) => [c.id]);
  return ok({ ...cut, items: cut.items.map((c) => closureView(c, names)) });
}

export async function recordClosure(
  ctx: Ctx,
  body: z.output<(typeof addClosure)['body']>,
): Promise<Result<ClosureView>> {
  const [from, to] = [new Date(body.from), new Date(body.to)];
  if (to <= from) return err(planningErrors.CLOSURE_SPAN());
  const names = await subjectNames(ctx);
  const prefix = body.kind === 'station' ? 'station_' : 'person_';
  if (!names.has(body.subjectId) || !body.subjectId.startsWith(prefix)) {
    return err(
      body.kind === 'station'
        ? planningErrors.STATION_UNKNOWN()
        : planningErrors.PERSON_NOT_FOUND(),
    );
  }
  const row = await repo.insertClosure(ctx, {
    id: newId('clo', ctx.now.getTime()),
    kind: body.kind,
    subject_id: body.subjectId,
    from_at: from,
    to_at: to,
    reason: body.reason,
    request_id: null,
  });
  await ctx.publish('planning.closure-recorded', row.id, { closureId: row.id });
  return ok(closureView(row, names));
}

export async function removeClosure(ctx: Ctx, id: string): Promise<Result<{ id: string }>> {
  if (!(await repo.deleteClosure(ctx, id))) return err(planningErrors.CLOSURE_NOT_FOUND());
  return ok({ id });
}

/** A closure that is only imagined: a what-if. */
export interface Outage {
  readonly kind: 'station' | 'person';
  readonly subjectId: string;
  readonly from: number;
  readonly to: number;
}

/** Stations in use and people at work, each with its open spans between two instants. */
export async function openResources(
  ctx: Ctx,
  from: number,
  to: number,
  outages: readonly Outage[],
) {
  const { zone } = await organisationOf(ctx);
  const calendars = await repo.calendarRows(ctx);
  const usual: WeekCalendar = calendars.find((c) => c.is_default) ?? USUAL_WEEK;
  const spansBy = new Map<string, readonly Span[]>();
  const spansOf = (id: string | null): readonly Span[] => {
    const calendar = calendars.find((c) => c.id === id);
    const key = calendar?.id ?? '';
    let spans = spansBy.get(key);
    if (!spans) {
      spans = openSpans(calendar ?? usual, zone, from, to);
      spansBy.set(key, spans);
    }
    return spans;
  };
  const closures = [
    ...(await repo.closuresFrom(ctx, new Date(from))).map((c) => ({
      id: c.subject_id,
      start: c.from_at.getTime(),
      end: c.to_at.getTime(),
    })),
    ...outages.map((o) => ({ id: o.subjectId, start: o.from, end: o.to })),
  ];
  const openOf = (subject: string, calendar: string | null) =>
    without(
      spansOf(calendar),
      closures.filter((c) => c.id === subject),
    );
  const rules = new Map((await repo.ruleRows(ctx)).map((r) => [r.station_id, r]));
  const stations = (await stationsOf(ctx)).flatMap((s) => {
    const r = rules.get(s.id);
    if (r && !r.in_use) return [];
    return {
      ...{ id: s.id, code: s.code, name: s.name, kind: s.kind },
      open: openOf(s.id, r?.calendar_id ?? null),
      steps: r?.steps ?? [],
      attended: r?.attended ?? true,
      batchCapacity: r?.batch_capacity ?? undefined,
      setupSeconds: r?.setup_seconds ?? 0,
    };
  });
  const people = (await repo.personRows(ctx))
    .filter((p) => p.active)
    .map((p) => ({ id: p.id, name: p.name, skills: p.skills, open: openOf(p.id, p.calendar_id) }));
  return { zone, stations, people, usual: spansOf(null) };
}
