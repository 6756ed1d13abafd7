import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useSay, useTexts } from '../i18n/language.ts';
import { navGroups } from '../page-list.ts';
import { Button } from '../parts/button.tsx';
import { Icon, Mark } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { SimulatedEdge } from '../parts/simulated.tsx';
import { ErrorBoundary } from '../parts/state.tsx';
import { useSession } from '../session.tsx';
import { AccountMenu } from './account-menu.tsx';
import { navPages } from './home.ts';
import { OfficeScan } from './office-scan.tsx';
import { WaitingBadge } from './waiting.tsx';
import './shell.css';

/** The office's frame: navigation on the left (a drawer on narrow screens), search and person above. */
export default function OfficeFace() {
  const t = useTexts('kit');
  const { pathname } = useLocation();
  const { session } = useSession();
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of page closes the drawer
  useEffect(() => setOpen(false), [pathname]);
  return (
    <div className={`z-face z-face-office${isOpen ? ' z-nav-open' : ''}`}>
      <SimulatedEdge />
      <header className="z-office-bar">
        <span className="z-nav-toggle">
          <Button
            kind="quiet"
            icon={isOpen ? 'close' : 'menu'}
            iconOnly
            onClick={() => setOpen(!isOpen)}
          >
            {t('nav.menu')}
          </Button>
        </span>
        <Link className="z-brand" to="/office" aria-label={t('nav.home')}>
          <Mark size={28} />
          <span>{t('product')}</span>
        </Link>
        <span className="z-org-name">{session.org?.name}</span>
        <OfficeScan />
        <WaitingBadge />
        <AccountMenu />
      </header>
      <Nav />
      {isOpen ? (
        <button
          type="button"
          className="z-nav-veil"
          aria-label={t('act.close')}
          onClick={() => setOpen(false)}
        />
      ) : null}
      <main id="content" tabIndex={-1}>
        <ErrorBoundary resetKey={pathname}>
          <Outlet />
        </ErrorBoundary>
      </main>
    </div>
  );
}

function Nav() {
  const t = useTexts('kit');
  const say = useSay();
  const { pathname } = useLocation();
  const { session } = useSession();
  const pages = navPages(session, 'office');
  // the longest path that the address begins with is where one is
  const here = pages
    .map(({ item }) => item.path)
    .filter((path) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length)[0];
  return (
    <nav className="z-nav" aria-label={t('nav.main')}>
      <Link className={`z-nav-item${pathname === '/office' ? ' z-here' : ''}`} to="/office">
        <Icon name="home" /> {t('nav.home')}
      </Link>
      {navGroups.map((group) => {
        const list = pages.filter(({ item }) => item.nav?.group === group);
        if (list.length === 0) return null;
        return (
          <section key={group}>
            <h2>{t(`nav.groups.${group}`)}</h2>
            {list.map(({ module, item }) => (
              <Link
                key={`${module}.${item.id}`}
                className={`z-nav-item${item.path === here ? ' z-here' : ''}`}
                to={item.path}
              >
                <Icon name={item.nav?.icon ?? 'document'} /> {say(item.title)}
              </Link>
            ))}
          </section>
        );
      })}
    </nav>
  );
}
