import { useTexts } from '../i18n/language.ts';
import { LinkButton } from '../parts/button.tsx';
import { EmptyState } from '../parts/state.tsx';

/** No page at this address. */
export function NotFound() {
  const t = useTexts('kit');
  return (
    <main className="z-lonely" id="content">
      <h1 className="z-hidden">{t('state.notFound')}</h1>
      <EmptyState
        icon="map"
        title={t('state.notFound')}
        action={
          <LinkButton kind="primary" to="/">
            {t('nav.home')}
          </LinkButton>
        }
      >
        {t('state.notFoundNext')}
      </EmptyState>
    </main>
  );
}
