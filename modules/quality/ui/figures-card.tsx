import { Figure, Grid, Reading, useRead, useTexts } from '@zaizao/platform/ui';
import { qualityFigures } from '../contract.ts';

/** Quality in four numbers; each opens its records. */
export default function FiguresCard() {
  const t = useTexts('quality');
  const figures = useRead(qualityFigures, {}, { live: ['production'] });
  return (
    <Reading of={figures} lines={1}>
      {(f) => {
        const { tested, passed, from, to } = f.firstPass;
        const share = tested > 0 ? `${((100 * passed) / tested).toFixed(1)}` : '—';
        return (
          <Grid min={120}>
            <Figure
              label={t('card.firstPass')}
              value={share}
              unit={tested > 0 ? '%' : undefined}
              note={t('card.ofTested', { n: tested })}
              to={{ to: '/office/tests', search: { first: 'yes', from, to } }}
            />
            <Figure
              label={t('card.toDecide')}
              value={f.awaitingDisposition}
              {...(f.awaitingDisposition > 0 ? { tone: 'decide' as const } : {})}
              to={{ to: '/office/nonconformances', search: { open: 'yes' } }}
            />
            <Figure
              label={t('card.openFaults')}
              value={f.openNonconformances}
              to={{ to: '/office/nonconformances', search: { open: 'yes' } }}
            />
            <Figure
              label={t('card.certificates')}
              value={f.certificates30Days}
              to={{ to: '/office/certificates' }}
            />
          </Grid>
        );
      }}
    </Reading>
  );
}
