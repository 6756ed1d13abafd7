import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { refresh } from '../client/hooks.ts';
import { startLive } from '../client/live.ts';
import { actQueue, onQueuedDone } from '../client/queue-live.ts';
import { useTexts } from '../i18n/language.ts';
import { Notices } from '../parts/notices.tsx';
import { useSession } from '../session.tsx';
import { currentTour, onTour, resumeTour } from '../tour/tour.ts';

const TourOverlay = lazy(() => import('../tour/overlay.tsx'));

/** Around every face: the live stream, the queue's owner, notices, the tour. */
export function Root() {
  const t = useTexts('kit');
  const client = useQueryClient();
  const { session } = useSession();
  const userId = session.user?.id;
  const orgId = session.org?.id;

  useEffect(() => {
    actQueue.owner(userId && orgId ? `${userId} ${orgId}` : '');
  }, [userId, orgId]);
  useEffect(() => (orgId ? startLive(client) : undefined), [client, orgId]);
  useEffect(() => void resumeTour(), []);
  useEffect(() => onQueuedDone((entry) => refresh(client, [entry.module])), [client]);

  const tour = useSyncExternalStore(onTour, currentTour);
  return (
    <>
      <a className="z-skip" href="#content">
        {t('nav.skip')}
      </a>
      <Outlet />
      <Notices />
      {tour ? (
        <Suspense>
          <TourOverlay />
        </Suspense>
      ) : null}
    </>
  );
}
