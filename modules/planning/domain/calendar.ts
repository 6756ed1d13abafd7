/** Opening times: shifts of the week with the days that differ, in the plant's own zone. */
import { addDays, dayIn, midnightOf } from '@zaizao/platform/kernel';

export { addDays, dayIn as dayOf, midnightOf };

/** One shift: weekdays (1 Monday … 7 Sunday), minutes from midnight; `to` beyond 1440 ends next day. */
export interface Shift {
  readonly name: string;
  readonly weekdays: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** A day that differs: closed, or open by its own shifts. */
export interface SpecialDay {
  readonly day: string;
  readonly name: string;
  readonly shifts: readonly { readonly from: number; readonly to: number }[];
}

export interface WeekCalendar {
  readonly shifts: readonly Shift[];
  readonly days: readonly SpecialDay[];
}

/** A half-open span of instants, in milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const MINUTE_MS = 60_000;

/** Spans in which a calendar is open between two instants, in order, none touching the next. */
export function openSpans(calendar: WeekCalendar, zone: string, from: number, to: number): Span[] {
  const special = new Map(calendar.days.map((d) => [d.day, d.shifts]));
  const spans: Span[] = [];
  // The day before may have a shift that ends after midnight.
  for (let day = addDays(dayIn(zone, from), -1); ; day = addDays(day, 1)) {
    const midnight = midnightOf(zone, day);
    if (midnight >= to) break;
    const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
    const shifts = special.get(day) ?? calendar.shifts.filter((s) => s.weekdays.includes(weekday));
    for (const s of shifts) {
      const start = Math.max(from, midnight + s.from * MINUTE_MS);
      const end = Math.min(to, midnight + s.to * MINUTE_MS);
      if (start < end) spans.push({ start, end });
    }
  }
  return merged(spans);
}

/** The same spans in order, overlapping and touching ones made one. */
export function merged(spans: readonly Span[]): Span[] {
  const out: { start: number; end: number }[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else out.push({ ...span });
  }
  return out;
}

/** What is left of open spans when closed ones are taken out. */
export function without(open: readonly Span[], closed: readonly Span[]): Span[] {
  const holes = merged(closed);
  const out: Span[] = [];
  for (const span of open) {
    let { start } = span;
    for (const hole of holes) {
      if (hole.end <= start || hole.start >= span.end) continue;
      if (hole.start > start) out.push({ start, end: hole.start });
      start = Math.max(start, hole.end);
    }
    if (start < span.end) out.push({ start, end: span.end });
  }
  return out;
}

/** Open time between two instants, in milliseconds. */
export function openTime(spans: readonly Span[], from: number, to: number): number {
  return spans.reduce((n, s) => n + Math.max(0, Math.min(to, s.end) - Math.max(from, s.start)), 0);
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** What a plant has until it says otherwise: one day shift from Monday to Saturday. */
export const USUAL_WEEK: WeekCalendar = {
  shifts: [
    { name: '上午', weekdays: [1, 2, 3, 4, 5, 6], from: 480, to: 720 },
    { name: '下午', weekdays: [1, 2, 3, 4, 5, 6], from: 780, to: 1020 },
  ],
  days: [],
};
