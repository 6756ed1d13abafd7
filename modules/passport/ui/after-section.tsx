import {
  Day,
  dayOf,
  formatNumber,
  Icon,
  Money,
  Section,
  StatusTag,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { PassportFacts, PassportStatus, Saving } from '../contract/public.ts';

const UNITS: Readonly<Record<Saving['unit'], string>> = {
  g: 'kg',
  kWh: 'kWh',
  kgCO2e: 'kg CO₂e',
  '%': '%',
};

/** What it saved, each figure with the evidence behind it. */
export function SavingsSection({ savings }: { savings: readonly Saving[] }) {
  const t = useTexts('passport');
  const lang = useLang();
  const say = useSay();
  return (
    <Section title={t('savings.title')} note={t('savings.note')}>
      <ul className="z-passport-savings">
        {savings.map((saving) => (
          <li key={saving.kind}>
            <div>
              <span>{t(`savings.${saving.kind}`)}</span>
              <StatusTag tone={saving.evidence === 'measured' ? 'good' : 'idle'}>
                {saving.evidence === 'measured' ? t('savings.measured') : t('savings.rule')}
              </StatusTag>
            </div>
            <strong className="z-num">
              {saving.evidence === 'measured' ? '' : '≈ '}
              {saving.unit === 'g'
                ? formatNumber(Number(saving.value) / 1000, lang, 2)
                : formatNumber(saving.value, lang)}
              <small>{UNITS[saving.unit]}</small>
            </strong>
            <small>{say(saving.basis)}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the buyer has in hand: certificate and warranty. */
export function AssuranceSection({ facts }: { facts: PassportFacts }) {
  const t = useTexts('passport');
  const { certificate, warranty } = facts;
  return (
    <Section title={t('assurance.title')}>
      <ul className="z-passport-assurance">
        <li>
          <Icon name="stamp" size={24} />
          {certificate ? (
            <span>
              <a href={certificate.url} target="_blank" rel="noreferrer">
                {t('assurance.certificate', { code: certificate.code })}
              </a>
              <small>
                <Day day={dayOf(certificate.issuedAt)} />
              </small>
            </span>
          ) : (
            <span>{t('assurance.noCertificate')}</span>
          )}
        </li>
        <li>
          <Icon name="shield" size={24} />
          {warranty ? (
            <span>
              {t('assurance.warranty', { n: String(warranty.months) })}
              <small>
                {warranty.until ? (
                  <>
                    {t('assurance.until')} <Day day={warranty.until} />
                  </>
                ) : (
                  t('assurance.notStarted')
                )}
              </small>
            </span>
          ) : (
            <span>{t('assurance.noWarranty')}</span>
          )}
        </li>
      </ul>
    </Section>
  );
}

/** How the worn product comes home, and what it is worth then. */
export function GiveBackSection({
  giveBack,
}: {
  giveBack: NonNullable<PassportStatus['giveBack']>;
}) {
  const t = useTexts('passport');
  const say = useSay();
  return (
    <Section title={t('giveBack.title')}>
      <p className="z-passport-deposit">
        <Icon name="recycle" size={28} />
        <span>
          {t('giveBack.deposit')}{' '}
          <strong>
            <Money fen={giveBack.depositFen} />
          </strong>
          <small>
            {t('giveBack.window', {
              n: String(giveBack.windowDays),
              start: t(`giveBack.start.${giveBack.startEvent}`),
            })}
          </small>
        </span>
      </p>
      <ol className="z-passport-howto">
        <li>{t('giveBack.step1')}</li>
        <li>{t('giveBack.step2')}</li>
        <li>{t('giveBack.step3')}</li>
      </ol>
      <details className="z-passport-more">
        <summary>{t('giveBack.grades')}</summary>
        <ul className="z-passport-parts">
          {giveBack.grades.map(({ grade, text, pct }) => (
            <li key={grade}>
              <strong>{grade}</strong>
              <span>{say(text)}</span>
              <small className="z-num">{t('giveBack.pct', { n: String(pct) })}</small>
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
