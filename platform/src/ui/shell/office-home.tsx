import { useSay, useTexts } from '../i18n/language.ts';
import { OfficePage } from '../office/page.tsx';
import { LinkButton } from '../parts/button.tsx';
import { EmptyState } from '../parts/state.tsx';
import { useSession } from '../session.tsx';
import { Cards } from './cards.tsx';
import { cardsForRoles, navPages, pagesForRoles } from './home.ts';

/** The office home: what waits for this person's roles, then the way to their pages. */
export default function OfficeHome() {
  const t = useTexts('kit');
  const say = useSay();
  const { session } = useSession();
  const cards = cardsForRoles(session, 'office');
  const mine = pagesForRoles(session, 'office');
  const pages = mine.length > 0 ? mine : navPages(session, 'office');
  const hour = new Date().getHours();
  const greeting = hour < 12 ? 'home.morning' : hour < 18 ? 'home.afternoon' : 'home.evening';
  return (
    <OfficePage
      title={t(greeting, { name: session.user?.name ?? '' })}
      {...(session.org ? { note: session.org.name } : {})}
    >
      {cards.length > 0 ? (
        <Cards cards={cards} />
      ) : cardsForRoles(session, 'floor').length > 0 ? (
        <EmptyState
          icon="scan"
          title={t('home.onFloor')}
          action={
            <LinkButton kind="primary" to="/floor">
              {t('nav.floor')}
            </LinkButton>
          }
        >
          {t('home.onFloorNext')}
        </EmptyState>
      ) : (
        <EmptyState icon="check" title={t('home.calm')}>
          {t('home.calmNext')}
        </EmptyState>
      )}
      {pages.length > 0 ? (
        <div className="z-row" style={{ gap: 8 }}>
          {pages.map(({ module, item }) => (
            <LinkButton
              key={`${module}.${item.id}`}
              to={item.path}
              icon={item.nav?.icon ?? 'document'}
            >
              {say(item.title)}
            </LinkButton>
          ))}
        </div>
      ) : null}
    </OfficePage>
  );
}
