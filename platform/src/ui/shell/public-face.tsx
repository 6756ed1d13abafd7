import { Outlet, useLocation } from '@tanstack/react-router';
import { useTexts } from '../i18n/language.ts';
import { Mark } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Menu } from '../parts/menu.tsx';
import { ErrorBoundary } from '../parts/state.tsx';
import { useSession } from '../session.tsx';
import { AccountMenu, LookItems } from './account-menu.tsx';
import './shell.css';

/** The public frame: the mark, the language, and nothing in the way of the content. */
export default function PublicFace() {
  const t = useTexts('kit');
  const { pathname } = useLocation();
  const { session, isKnown } = useSession();
  return (
    <div className="z-face z-face-public">
      <header className="z-public-bar">
        <Link className="z-brand" to="/" aria-label={`${t('product')} ${t('nav.home')}`}>
          <Mark size={28} />
          <span>{t('product')}</span>
        </Link>
        <span className="z-spring" />
        {session.user ? (
          <>
            <span className="z-public-who">{session.user.name}</span>
            <AccountMenu />
          </>
        ) : (
          <>
            {isKnown ? (
              <Link className="z-public-link" to="/sign-in">
                {t('nav.signIn')}
              </Link>
            ) : null}
            <Menu label={t('nav.menu')} icon="globe" iconOnly kind="quiet">
              {() => <LookItems />}
            </Menu>
          </>
        )}
      </header>
      <main id="content" tabIndex={-1}>
        <ErrorBoundary resetKey={pathname}>
          <Outlet />
        </ErrorBoundary>
      </main>
    </div>
  );
}
