import { EmptyState, LinkButton, useMay, useTexts } from '@zaizao/platform/ui';

/**
 * The part is known and nobody has said yet what a core of it is worth. No price is invented: the
 * plant's own people are led to where the rule is written, a supplier is told whom to ask.
 */
export function NoProgramme({ number }: { number: string }) {
  const t = useTexts('cores');
  const may = useMay();
  const canWrite = may('catalog.programme:edit');
  return (
    <EmptyState
      icon="coin"
      title={t('noProgramme.title', { number })}
      action={
        canWrite ? (
          <LinkButton kind="primary" to="/office/catalogue" search={{ q: number }}>
            {t('noProgramme.write')}
          </LinkButton>
        ) : (
          <LinkButton to="/buying" search={{}}>
            {t('noProgramme.others')}
          </LinkButton>
        )
      }
    >
      {t(canWrite ? 'noProgramme.writeNext' : 'noProgramme.ask')}
    </EmptyState>
  );
}
