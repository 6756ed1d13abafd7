import {
  Code,
  FileField,
  formatNumber,
  LinkButton,
  Section,
  useLang,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { useEffect, useState } from 'react';
import { pagePath } from '../domain/address.ts';
import { CheckList } from './check-list.tsx';
import type { Proof } from './proof.ts';
import './passport.css';

/** Larger files are no passports. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Verifies a passport file on this device. Everything needed is loaded when the page opens: from then
 * on it works with the network off.
 */
export default function VerifyPage() {
  const t = useTexts('passport');
  const [file, setFile] = useState<File>();
  const [proof, setProof] = useState<Proof>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => void import('./proof.ts'), []);

  const verify = async (chosen: File | undefined) => {
    setFile(chosen);
    setProof(undefined);
    setProblem(undefined);
    if (!chosen) return;
    if (chosen.size > MAX_BYTES) {
      setProblem(t('verify.large'));
      return;
    }
    const [text, { prove }] = await Promise.all([chosen.text(), import('./proof.ts')]);
    setProof(await prove(text));
  };
  return (
    <div className="z-passport z-passport-verify">
      <h1>{t('verify.title')}</h1>
      <p>{t('verify.intro')}</p>
      <FileField
        label={t('verify.file')}
        hint={t('verify.hint')}
        accept=".json,application/json"
        value={file}
        onChange={(chosen) => void verify(chosen)}
        {...(problem ? { error: problem } : {})}
      />
      {proof ? <Outcome proof={proof} /> : null}
    </div>
  );
}

function Outcome({ proof }: { proof: Proof }) {
  const t = useTexts('passport');
  const lang = useLang();
  const { verdict, took } = proof;
  const { failed } = verdict;
  const skipped = verdict.checks.filter((check) => check.ok && check.skipped).length;
  return (
    <>
      <Verdict tone={failed ? 'bad' : 'good'} title={failed ? t('verify.bad') : t('verify.good')}>
        {failed
          ? t('tick.failedAt', { check: lang === 'zh' ? failed.titleZh : failed.titleEn })
          : t('verify.took', {
              ms: formatNumber(Math.max(1, Math.round(took)), lang),
              skipped: String(skipped),
            })}
      </Verdict>
      {failed ? null : <Subject verdict={verdict} />}
      <Section title={t('verify.checks')}>
        <CheckList proof={proof} />
      </Section>
    </>
  );
}

/** What the file is about: from the signed content only. */
function Subject({ verdict }: { verdict: Proof['verdict'] }) {
  const t = useTexts('passport');
  const subject = verdict.credential?.credentialSubject as
    | { id?: string; product?: { name?: string; serialNumber?: string } }
    | undefined; // verified; a passport of another maker may lack these
  if (!subject?.id) return null;
  return (
    <Section title={subject.product?.name ?? subject.id}>
      <p>
        {t('hero.serial')} <Code>{subject.product?.serialNumber ?? subject.id}</Code>
      </p>
      <p className="z-note">{t('sheet.issuer')}</p>
      <p>
        <code>{verdict.issuer}</code>
      </p>
      <p>{t('sheet.withheldNote', { n: String(verdict.withheldEvents) })}</p>
      <LinkButton to={pagePath(subject.id)}>{t('verify.open')}</LinkButton>
    </Section>
  );
}
