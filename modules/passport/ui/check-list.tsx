import { Icon, useLang, useTexts } from '@zaizao/platform/ui';
import type { Proof } from './proof.ts';

interface Line {
  readonly id: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly title: string;
  readonly why: string;
  readonly detail: string;
}

/** Every check of a proof in the order it ran: passed, failed, or not compared and why. */
export function CheckList({ proof }: { proof: Proof }) {
  const t = useTexts('passport');
  const lines = useLines(proof);
  return (
    <ol className="z-passport-checks">
      {lines.map(({ id, state, title, why, detail }) => (
        <li key={id} className={`z-passport-check-${state}`}>
          <Icon
            name={state === 'passed' ? 'check' : state === 'failed' ? 'close' : 'minus'}
            size={20}
          />
          <div>
            <p>
              <strong>{title}</strong> <small>{t(`check.${state}`)}</small>
            </p>
            <p className="z-note">{why}</p>
            {state === 'skipped' ? null : <code>{detail}</code>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function useLines({ verdict, isPage }: Proof): Line[] {
  const lang = useLang();
  const t = useTexts('passport');
  const lines = verdict.checks.map(
    (check): Line => ({
      id: check.id,
      state: !check.ok ? 'failed' : check.skipped ? 'skipped' : 'passed',
      title: lang === 'zh' ? check.titleZh : check.titleEn,
      why: t(`why.${check.id}`),
      detail: check.detail,
    }),
  );
  if (isPage === undefined) return lines;
  const page: Line = {
    id: 'page',
    state: isPage ? 'passed' : verdict.ok ? 'failed' : 'skipped',
    title: t('check.page'),
    why: t('why.page'),
    detail: 'SHA-256',
  };
  return [...lines, page];
}
