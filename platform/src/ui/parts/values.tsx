import { useEffect, useState } from 'react';
import { formatMoney, formatNumber, formatQuantity } from '../format/number.ts';
import { formatAgo, formatDay, formatInstant } from '../format/time.ts';
import { useLang } from '../i18n/language.ts';

/** An amount in whole fen. */
export function Money({ fen, currency = 'CNY' }: { fen: string | bigint; currency?: string }) {
  return <span className="z-num">{formatMoney(fen, useLang(), currency)}</span>;
}

/** A number alone. */
export function Num({ value, digits }: { value: number | string | bigint; digits?: number }) {
  return <span className="z-num">{formatNumber(value, useLang(), digits)}</span>;
}

/** A number with its unit (UN/CEFACT code). */
export function Quantity({ value, unit }: { value: number | string; unit: string }) {
  return <span className="z-num">{formatQuantity(value, unit, useLang())}</span>;
}

/** An instant in the plant's zone; `ago` says the distance and keeps the instant as its title. */
export function Time({ at, ago = false }: { at: string | Date; ago?: boolean }) {
  const lang = useLang();
  const now = useNow(ago ? 30_000 : undefined);
  const full = formatInstant(at, lang);
  return (
    <time className="z-num" dateTime={new Date(at).toISOString()} title={full}>
      {ago ? formatAgo(at, now, lang) : full}
    </time>
  );
}

export function Day({ day }: { day: string }) {
  return (
    <time className="z-num" dateTime={day}>
      {formatDay(day, useLang())}
    </time>
  );
}

/** The present, moving in steps of `every` milliseconds; still when left out. */
export function useNow(every?: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (every === undefined) return;
    const timer = setInterval(() => setNow(new Date()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** A number, serial or identifier in fixed width: its shape can be compared with the label's. */
export function Code({ children }: { children: string }) {
  return <code className="z-code">{children}</code>;
}
