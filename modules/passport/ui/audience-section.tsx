import { Button, Section, StatusTag, useAddress, useSession, useTexts } from '@zaizao/platform/ui';
import { lazy, Suspense, useState } from 'react';
import { AUDIENCES } from '../contract/public.ts';

const AudienceEvents = lazy(() => import('./audience-events.tsx'));

/**
 * What is shown to whom. Whoever comes by a share link sees its view at once; others see what kinds of
 * reader there are, and open their own view when they ask for it.
 */
export function AudienceSection({ epc, serial }: { epc: string; serial: string }) {
  const t = useTexts('passport');
  const [search] = useAddress();
  const { session } = useSession();
  const share = typeof search.share === 'string' ? search.share : undefined;
  const [isOpen, setOpen] = useState(share !== undefined);
  return (
    <Section
      title={t('audience.title')}
      note={t('audience.note')}
      actions={share ? <StatusTag tone="good">{t('audience.byShare')}</StatusTag> : null}
    >
      {isOpen ? (
        <Suspense fallback={null}>
          <AudienceEvents epc={epc} serial={serial} share={share} />
        </Suspense>
      ) : (
        <>
          <ul className="z-passport-audiences">
            {AUDIENCES.map((audience) => (
              <li key={audience}>
                <strong>{t(`audience.${audience}`)}</strong>
                <small>{t(`audience.${audience}Sees`)}</small>
              </li>
            ))}
          </ul>
          <Button icon="eye" onClick={() => setOpen(true)}>
            {session.user ? t('audience.mine') : t('audience.open')}
          </Button>
        </>
      )}
    </Section>
  );
}
