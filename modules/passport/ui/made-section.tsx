import {
  formatNumber,
  formatShare,
  Section,
  Time,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { PassportFacts } from '../contract/public.ts';

const ORIGINS = ['reused', 'restored', 'new'] as const;

/** What it is made of: how much was kept, how much is new, piece by piece, and what was done. */
export function MadeSection({ made, work }: Pick<PassportFacts, 'made' | 'work'>) {
  const t = useTexts('passport');
  const lang = useLang();
  const share = made.massG > 0 ? made.keptG / made.massG : 0;
  return (
    <Section title={t('made.title')}>
      <p className="z-passport-kept">
        <strong className="z-num">{formatShare(share, lang)}</strong>
        {t('made.kept', {
          kept: formatNumber(made.keptG / 1000, lang, 2),
          all: formatNumber(made.massG / 1000, lang, 2),
        })}
      </p>
      <div className="z-passport-origins" aria-hidden="true">
        {ORIGINS.map((origin) => (
          <i
            key={origin}
            className={`z-passport-${origin}`}
            style={{ flexGrow: made.counts[origin] }}
          />
        ))}
      </div>
      <ul className="z-passport-origin-list">
        {ORIGINS.map((origin) => (
          <li key={origin}>
            <i className={`z-passport-${origin}`} aria-hidden="true" />
            {t(`made.${origin}`)} <strong className="z-num">{made.counts[origin]}</strong>
          </li>
        ))}
      </ul>
      <Parts parts={made.parts} />
      {work.length > 0 ? <Work work={work} /> : null}
    </Section>
  );
}

function Parts({ parts }: { parts: PassportFacts['made']['parts'] }) {
  const t = useTexts('passport');
  const say = useSay();
  return (
    <details className="z-passport-more">
      <summary>{t('made.parts', { n: String(parts.length) })}</summary>
      <ul className="z-passport-parts">
        {parts.map((part) => (
          <li key={`${part.pos} ${part.number} ${part.origin}`}>
            <i className={`z-passport-${part.origin}`} aria-hidden="true" />
            <span>{say(part.name)}</span>
            <small className="z-num">
              {part.qty > 1 ? `× ${part.qty} ` : ''}
              {t(`made.${part.origin}`)}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Work({ work }: { work: PassportFacts['work'] }) {
  const t = useTexts('passport');
  const say = useSay();
  return (
    <details className="z-passport-more">
      <summary>{t('made.work', { n: String(work.length) })}</summary>
      <ul className="z-passport-parts">
        {work.map((item) => (
          <li key={`${item.code} ${item.at}`}>
            <i className="z-passport-restored" aria-hidden="true" />
            <span>
              {say(item.name)}
              {item.operations.length > 0 ? <small>{item.operations.join(' · ')}</small> : null}
            </span>
            <Time at={item.at} />
          </li>
        ))}
      </ul>
    </details>
  );
}
