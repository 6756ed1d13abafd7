import {
  Facts,
  formatNumber,
  formatShare,
  type Output,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { unitReport } from '../contract.ts';

type Life = Output<typeof unitReport>['life'];

/** What the plant's own units in service say about life, with its interval and basis, or that they say too little. */
export function LifeFacts({ life }: { life: Life }) {
  const t = useTexts('quality');
  const say = useSay();
  const lang = useLang();
  const days = (i: { estimate: number; low: number; high: number }) =>
    t('lifeOf.days', {
      n: formatNumber(Math.round(i.estimate), lang),
      low: formatNumber(Math.round(i.low), lang),
      high: formatNumber(Math.round(i.high), lang),
    });
  const { fit } = life;
  return (
    <>
      <Facts
        rows={[
          [
            t('lifeOf.known'),
            t('lifeOf.knownOf', {
              units: life.units,
              failures: life.failures,
              days: formatNumber(Math.round(life.days), lang),
            }),
          ],
          [t('lifeOf.b10'), fit ? days(fit.b10) : undefined],
          [t('lifeOf.median'), fit ? days(fit.median) : undefined],
          [
            t('lifeOf.year'),
            fit
              ? t('lifeOf.share', {
                  n: formatShare(fit.survivalYear.estimate, lang, 1),
                  low: formatShare(fit.survivalYear.low, lang, 1),
                  high: formatShare(fit.survivalYear.high, lang, 1),
                })
              : undefined,
          ],
          [
            t('lifeOf.shape'),
            fit
              ? `${formatNumber(fit.shape.estimate, lang, 2)} (${formatNumber(fit.shape.low, lang, 2)}–${formatNumber(fit.shape.high, lang, 2)})`
              : undefined,
          ],
          [
            t('lifeOf.least'),
            life.leastMeanDays === undefined
              ? undefined
              : t('lifeOf.atLeast', { n: formatNumber(Math.round(life.leastMeanDays), lang) }),
          ],
        ]}
      />
      <p className="z-note">{say(life.basis)}</p>
    </>
  );
}
