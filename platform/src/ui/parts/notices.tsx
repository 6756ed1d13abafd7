import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTexts } from '../i18n/language.ts';
import { Icon } from './icon.tsx';
import './notices.css';

/** A short message at the edge of the screen. */
export interface Notice {
  readonly kind: 'good' | 'bad' | 'wait' | 'info';
  readonly text: string;
  readonly requestId?: string | undefined;
  /** Offered for ten seconds. */
  readonly undo?: () => Promise<unknown>;
}

type Shown = Notice & { readonly id: number; readonly until: number };

const SECONDS = { good: 4, info: 5, wait: 5, bad: 12, undo: 10 } as const;

let shown: readonly Shown[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Shows a notice. At most three are on screen; the oldest leaves first. */
export function notify(notice: Notice): void {
  counter += 1;
  const seconds = notice.undo ? SECONDS.undo : SECONDS[notice.kind];
  set([...shown.slice(-2), { ...notice, id: counter, until: Date.now() + seconds * 1000 }]);
}

function dismiss(id: number): void {
  set(shown.filter((n) => n.id !== id));
}

/** Where notices appear; once, in the shell. */
export function Notices() {
  const list = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => shown,
  );
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // a popover shown last lies above every open dialog
    if (place.current?.matches(':popover-open')) place.current.hidePopover();
    if (list.length > 0) place.current?.showPopover();
  }, [list]);
  return (
    <div ref={place} popover="manual" className="z-notices" role="status" aria-live="polite">
      {list.map((n) => (
        <NoticeLine key={n.id} notice={n} />
      ))}
    </div>
  );
}

function NoticeLine({ notice }: { notice: Shown }) {
  const t = useTexts('kit');
  const [left, setLeft] = useState(() => secondsLeft(notice));
  useEffect(() => {
    const timer = setInterval(() => {
      const seconds = secondsLeft(notice);
      if (seconds <= 0) dismiss(notice.id);
      else setLeft(seconds);
    }, 250);
    return () => clearInterval(timer);
  }, [notice]);
  const { undo } = notice;
  return (
    <div className={`z-notice z-notice-${notice.kind}`}>
      <Icon name={ICONS[notice.kind]} />
      <span className="z-notice-text">
        {notice.text}
        {notice.requestId ? <small>{t('problem.request', { id: notice.requestId })}</small> : null}
      </span>
      {undo ? (
        <button
          type="button"
          className="z-notice-undo"
          onClick={() => {
            dismiss(notice.id);
            void undo();
          }}
        >
          {t('act.undo')} <span className="z-num">{left}</span>
        </button>
      ) : null}
      <button
        type="button"
        className="z-notice-close"
        aria-label={t('act.close')}
        onClick={() => dismiss(notice.id)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

const ICONS = { good: 'check', bad: 'warn', wait: 'offline', info: 'info' } as const;

function secondsLeft(notice: Shown): number {
  return Math.ceil((notice.until - Date.now()) / 1000);
}
