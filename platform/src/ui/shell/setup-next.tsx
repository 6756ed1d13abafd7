import { useSay, useTexts } from '../i18n/language.ts';
import { LinkButton } from '../parts/button.tsx';
import { TaskKey } from '../parts/task.tsx';
import { useSession } from '../session.tsx';
import { navPages } from './home.ts';

/** After the organisation stands: the settings pages that the modules offer, in their order. */
export function SetupNext() {
  const t = useTexts('kit');
  const say = useSay();
  const { session } = useSession();
  const pages = navPages(session, 'office').filter(({ item }) => item.nav?.group === 'settings');
  return (
    <div className="z-stack" style={{ gap: 12 }}>
      {pages.length > 0 ? <p className="z-note">{t('setup.readyLead')}</p> : null}
      {pages.slice(0, 6).map(({ module, item }) => (
        <TaskKey
          key={`${module}.${item.id}`}
          title={say(item.title)}
          icon={item.nav?.icon ?? 'settings'}
          to={{ to: item.path }}
        />
      ))}
      <LinkButton kind="primary" size="large" wide to="/office">
        {t('nav.home')}
      </LinkButton>
    </div>
  );
}
