import {
  Code,
  Facts,
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
  return (
    <>
      <Verdict tone={failed ? 'bad' : 'good'} title={failed ? t('verify.bad') : t('verify.good')}>
        {failed
          ? t('tick.failedAt', { check: lang === 'zh' ? failed.titleZh : failed.titleEn })
          : t('verify.took', { ms: formatNumber(Math.max(1, Math.round(took)), lang) })}
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
  const issuer = verdict.credential?.issuer as { name?: string } | string | undefined; // either form is valid
  return (
    <Section title={t('verify.about')}>
      <Facts
        rows={[
          [t('sheet.issuer'), <Issuer key="i" issuer={issuer} did={verdict.issuer} />],
          [t('find.label'), <Code key="e">{subject.id}</Code>],
          [t('hero.product'), subject.product?.name],
          [t('sheet.withheld'), t('sheet.withheldNote', { n: String(verdict.withheldEvents) })],
        ]}
      />
      <p className="z-passport-open">
        <LinkButton to={pagePath(subject.id)}>{t('verify.open')}</LinkButton>
      </p>
    </Section>
  );
}

function Issuer(props: { issuer: { name?: string } | string | undefined; did: string | null }) {
  const { issuer, did } = props;
  return (
    <>
      {typeof issuer === 'object' ? issuer.name : null} <Code>{did ?? ''}</Code>
    </>
  );
}
