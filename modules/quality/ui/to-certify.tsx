import { listUnits } from '@zaizao/modules/production/contract';
import { LinkButton, Row, Section, useList, useTexts } from '@zaizao/platform/ui';

const SHOWN = 12;

/** The finished products that wait for their certificate; the key leads to the page that issues it. */
export function ToCertify() {
  const t = useTexts('quality');
  const waiting = useList(
    listUnits,
    { query: { state: 'finished', limit: SHOWN } },
    { live: ['production', 'quality'] },
  );
  if (waiting.items.length === 0) return null;
  return (
    <Section title={t('certificate.waiting')} note={t('certificate.waitingNote')}>
      <div data-tour="to-certify">
        <Row>
          {waiting.items.map((u) => (
            <LinkButton
              key={u.id}
              icon="stamp"
              to="/office/units/$unitId"
              params={{ unitId: u.id }}
            >
              {`${u.serial} · ${u.part.number}`}
            </LinkButton>
          ))}
          {waiting.hasMore ? (
            <LinkButton kind="quiet" to="/office/units" search={{ state: 'finished' }}>
              {t('certificate.allWaiting')}
            </LinkButton>
          ) : null}
        </Row>
      </div>
    </Section>
  );
}
