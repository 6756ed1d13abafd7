import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Waiting } from '../client/queue.ts';
import { actQueue } from '../client/queue-live.ts';
import { useTexts } from '../i18n/language.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';

/** This person's waiting and refused acts. */
export function useWaiting(): readonly Waiting[] {
  const all = useSyncExternalStore(actQueue.subscribe, actQueue.entries);
  return all.filter((e) => e.owner === actQueue.currentOwner);
}

export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const tell = () => setOnline(navigator.onLine);
    addEventListener('online', tell);
    addEventListener('offline', tell);
    return () => {
      removeEventListener('online', tell);
      removeEventListener('offline', tell);
    };
  }, []);
  return isOnline;
}

/** How many acts wait, in the floor's bar; nothing when none do and the network is there. */
export function WaitingBadge() {
  const t = useTexts('kit');
  const waiting = useWaiting();
  const isOnline = useOnline();
  const refused = waiting.filter((w) => w.refusal).length;
  if (isOnline && waiting.length === 0) return null;
  return (
    <Link className={`z-waiting${refused ? ' z-waiting-bad' : ''}`} to="/floor/waiting">
      <Icon name={refused ? 'warn' : isOnline ? 'clock' : 'offline'} size={18} />
      <span aria-live="polite">
        {refused ? t('queue.refused', { n: refused }) : t('queue.count', { n: waiting.length })}
      </span>
    </Link>
  );
}
