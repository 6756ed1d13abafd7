import { DEFAULT_ZONE, dayIn, type Lang } from '../../kernel/index.ts';
import { localeOf } from './number.ts';

function make(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang} ${JSON.stringify(options)}`;
  let made = cache.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(localeOf(lang), options);
    cache.set(key, made);
  }
  return made;
}
const cache = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-22 09:05` in zh, `22 Nov 2026, 09:05` in en; the plant's zone, not the reader's. */
export function formatInstant(at: string | Date, lang: Lang, zone = DEFAULT_ZONE): string {
  const date = new Date(at);
  const time = make(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
  const day = dayIn(zone, date);
  return lang === 'zh'
    ? `${day} ${time.format(date)}`
    : `${formatDay(day, lang)}, ${time.format(date)}`;
}

/** The calendar day of an instant in the plant's zone, `YYYY-MM-DD`. */
export function dayOf(at: string | number | Date): string {
  return dayIn(DEFAULT_ZONE, new Date(at));
}

/** A calendar day, `YYYY-MM-DD`, as the reader writes it. */
export function formatDay(day: string, lang: Lang): string {
  if (lang === 'zh') return day;
  const date = new Date(`${day}T00:00:00Z`);
  return make(lang, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    date,
  );
}

const steps = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
] as const;

/** "3 minutes ago", "in 2 days". */
export function formatAgo(at: string | Date, now: Date, lang: Lang): string {
  let distance = (new Date(at).getTime() - now.getTime()) / 1000;
  const words = new Intl.RelativeTimeFormat(localeOf(lang), { numeric: 'auto' });
  for (const [unit, size] of steps) {
    if (Math.abs(distance) < size) return words.format(Math.trunc(distance), unit);
    distance /= size;
  }
  return words.format(Math.trunc(distance), 'year');
}

/** A length of time in the two largest units that matter: `1 h 05 min`. */
export function formatDuration(seconds: number, lang: Lang): string {
  const s = Math.max(0, Math.round(seconds));
  const [d, h, m] = [
    Math.floor(s / 86_400),
    Math.floor((s % 86_400) / 3600),
    Math.floor((s % 3600) / 60),
  ];
  const zh = lang === 'zh';
  const two = (n: number) => String(n).padStart(2, '0');
  if (d > 0) return zh ? `${d} 天 ${h} 小时` : `${d} d ${h} h`;
  if (h > 0) return zh ? `${h} 小时 ${two(m)} 分` : `${h} h ${two(m)} min`;
  if (m > 0) return zh ? `${m} 分 ${two(s % 60)} 秒` : `${m} min ${two(s % 60)} s`;
  return zh ? `${s} 秒` : `${s} s`;
}
