import { ScanField } from '../floor/scan-field.tsx';
import { useSay, useTexts } from '../i18n/language.ts';
import { EmptyState } from '../parts/state.tsx';
import { TaskKey } from '../parts/task.tsx';
import { useSession } from '../session.tsx';
import { Cards } from './cards.tsx';
import { cardsForRoles, navPages, pagesForRoles } from './home.ts';
import { ScanAnswer } from './scan-answer.tsx';
import { useScanGo } from './scan-go.ts';

/** Scan home: scan anything → its page; below, what waits and the person's operations. */
export default function FloorHome() {
  const t = useTexts('kit');
  const say = useSay();
  const { session } = useSession();
  const [state, scan] = useScanGo();
  const cards = cardsForRoles(session, 'floor');
  const mine = pagesForRoles(session, 'floor');
  const pages = mine.length ? mine : navPages(session, 'floor');
  return (
    <div className="z-floor-page">
      <h1 className="z-scan-title">{t('scan.home')}</h1>
      <ScanField onCode={scan} isBusy={state.isBusy} />
      <ScanAnswer state={state} />
      {cards.length > 0 ? (
        <section>
          <h2>{t('home.waiting')}</h2>
          <Cards cards={cards} />
        </section>
      ) : null}
      {pages.length > 0 ? (
        <section>
          <h2>{t('home.tasks')}</h2>
          <div className="z-stack" style={{ gap: 8 }}>
            {pages.map(({ module, item }) => (
              <TaskKey
                key={`${module}.${item.id}`}
                title={say(item.title)}
                icon={item.nav?.icon ?? 'right'}
                to={{ to: item.path }}
              />
            ))}
          </div>
        </section>
      ) : (
        <EmptyState icon="scan" title={t('home.calm')}>
          {t('home.calmFloor')}
        </EmptyState>
      )}
    </div>
  );
}
