import { Outlet, useLocation } from '@tanstack/react-router';
import { useTexts } from '../i18n/language.ts';
import { Icon, Mark } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { SimulatedEdge } from '../parts/simulated.tsx';
import { ErrorBoundary } from '../parts/state.tsx';
import { useSession } from '../session.tsx';
import { AccountMenu } from './account-menu.tsx';
import { WaitingBadge } from './waiting.tsx';
import './shell.css';

/** The floor's frame: a thin bar with the way home, what waits, and the person. */
export default function FloorFace() {
  const t = useTexts('kit');
  const { pathname } = useLocation();
  const { session } = useSession();
  const isHome = pathname === '/floor';
  return (
    <div className="z-face z-face-floor">
      <SimulatedEdge />
      <header className="z-floor-bar">
        <Link className="z-floor-home" to="/floor" aria-label={t('nav.home')}>
          {isHome ? <Mark size={28} /> : <Icon name="left" size={24} />}
        </Link>
        <span className="z-floor-org">{session.org?.name ?? t('product')}</span>
        <WaitingBadge />
        <AccountMenu />
      </header>
      <main id="content" tabIndex={-1}>
        <ErrorBoundary resetKey={pathname}>
          <Outlet />
        </ErrorBoundary>
      </main>
    </div>
  );
}
