import { DEFAULT_ZONE, type Lang } from '@zaizao/platform/kernel';
import { formatInstant } from '@zaizao/platform/ui';
import { addDays, dayOf, midnightOf } from '../domain/calendar.ts';

/** Hours and minutes of an instant, in the plant's zone. */
export function clockOf(at: number, withSeconds = false): string {
  const local = at - midnightOf(DEFAULT_ZONE, dayOf(DEFAULT_ZONE, at));
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const s = local / 1000;
  const short = `${two(s / 3600)}:${two((s % 3600) / 60)}`;
  return withSeconds ? `${short}:${two(s % 60)}` : short;
}

export const dayOfPlant = (at: number) => dayOf(DEFAULT_ZONE, at);
export const midnightOfPlant = (day: string) => midnightOf(DEFAULT_ZONE, day);
export const nextDay = (day: string) => addDays(day, 1);

/** "03-02 09:30": a moment of a plan, short. */
export function momentOf(at: number, lang: Lang): string {
  const full = formatInstant(new Date(at), lang);
  return lang === 'zh' ? full.slice(5) : full;
}

export const clockMinutes = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Minutes from midnight of `HH:MM`, or undefined. */
export function minutesOf(clock: string | undefined): number | undefined {
  const m = /^(\d{1,2}):(\d{2})$/.exec(clock ?? '');
  if (!m) return undefined;
  const minutes = Number(m[1]) * 60 + Number(m[2]);
  return Number(m[2]) < 60 && minutes <= 2880 ? minutes : undefined;
}
