import { freshKey, send } from '../client/call.ts';
import { useLang, useTexts } from '../i18n/language.ts';
import { Icon } from '../parts/icon.tsx';
import { Link, useGo } from '../parts/link.tsx';
import { Menu } from '../parts/menu.tsx';
import { chooseLang, renewSession, useSession } from '../session.tsx';
import { changeTheme, useTheme } from '../theme.ts';

/** The person's corner: organisation, face, language, light or dark, and the way out. */
export function AccountMenu() {
  const t = useTexts('kit');
  const go = useGo();
  const { session } = useSession();
  const { user, org } = session;
  return (
    <Menu label={t('nav.account')} icon="user" iconOnly kind="quiet">
      {(close) => (
        <>
          {user ? (
            <p className="z-menu-who">
              <strong>{user.name}</strong>
              <small>{org?.name ?? user.email}</small>
            </p>
          ) : null}
          {session.orgs.length > 1 ? <Organisations close={close} /> : null}
          <Link className="z-menu-item" to="/floor" onClick={close}>
            <Icon name="scan" /> {t('nav.floor')}
          </Link>
          <Link className="z-menu-item" to="/office" onClick={close}>
            <Icon name="chart" /> {t('nav.office')}
          </Link>
          {user ? (
            <Link className="z-menu-item" to="/office/account" onClick={close}>
              <Icon name="user" /> {t('nav.mine')}
            </Link>
          ) : null}
          <hr />
          <LookItems />
          <hr />
          {session.demo ? (
            <Link className="z-menu-item" to="/" onClick={close}>
              <Icon name="people" /> {t('nav.roles')}
            </Link>
          ) : null}
          {user ? (
            <button
              type="button"
              className="z-menu-item"
              onClick={async () => {
                close();
                await send({ method: 'POST', address: '/api/auth/sign-out', body: {} });
                await renewSession();
                go({ to: '/' });
              }}
            >
              <Icon name="out" /> {t('nav.signOut')}
            </button>
          ) : (
            <Link className="z-menu-item" to="/sign-in" onClick={close}>
              <Icon name="user" /> {t('nav.signIn')}
            </Link>
          )}
        </>
      )}
    </Menu>
  );
}

/** Language and light or dark, for every face's menu. */
export function LookItems() {
  const t = useTexts('kit');
  const lang = useLang();
  const theme = useTheme();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <>
      <button
        type="button"
        className="z-menu-item"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        onClick={() => void chooseLang(other)}
      >
        <Icon name="globe" /> {t('nav.language')}
      </button>
      <button
        type="button"
        className="z-menu-item"
        onClick={() => changeTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />{' '}
        {t(theme === 'dark' ? 'nav.light' : 'nav.dark')}
      </button>
    </>
  );
}

function Organisations({ close }: { close: () => void }) {
  const t = useTexts('kit');
  const go = useGo();
  const { session } = useSession();
  return (
    <fieldset className="z-menu-orgs">
      <legend>{t('nav.organisation')}</legend>
      {session.orgs.map((org) => (
        <button
          key={org.id}
          type="button"
          className="z-menu-item"
          aria-pressed={org.id === session.org?.id}
          onClick={async () => {
            close();
            const address = '/api/v1/session/organisation';
            await send({ method: 'POST', address, body: { orgId: org.id }, key: freshKey() });
            await renewSession();
            go({ to: '/office' });
          }}
        >
          <Icon name={org.id === session.org?.id ? 'check' : 'factory'} /> {org.name}
        </button>
      ))}
    </fieldset>
  );
}
