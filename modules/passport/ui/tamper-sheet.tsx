import { Button, formatNumber, useLang, useTexts, Verdict } from '@zaizao/platform/ui';
import { useState } from 'react';
import { flipByte } from '../domain/tamper.ts';
import { CheckList } from './check-list.tsx';
import { holds, type Proof, prove } from './proof.ts';

interface Attempt {
  readonly at: number;
  readonly before: string;
  readonly after: string;
  readonly proof: Proof;
}

/** Characters shown on each side of the changed one. */
const AROUND = 24;

/** Lets anyone change a byte of the file in memory, and shows which check finds it. */
export default function TamperSheet({ bundle }: { bundle: string }) {
  const t = useTexts('passport');
  const lang = useLang();
  const [attempt, setAttempt] = useState<Attempt>();
  const [tries, setTries] = useState({ made: 0, found: 0 });
  const [isBusy, setBusy] = useState(false);

  const tryAt = async (at: number) => {
    setBusy(true);
    const after = flipByte(bundle, at);
    const proof = await prove(after);
    const place = [...after].findIndex((c, i) => c !== bundle[i]);
    setAttempt({ at: place, before: bundle, after, proof });
    setTries(({ made, found }) => ({ made: made + 1, found: found + (holds(proof) ? 0 : 1) }));
    setBusy(false);
  };
  return (
    <div className="z-passport-sheet">
      <p>{t('tamper.intro', { n: formatNumber(bundle.length, lang) })}</p>
      <div className="z-passport-tick-acts">
        <Button
          kind="primary"
          icon="edit"
          isBusy={isBusy}
          onClick={() => void tryAt(Math.floor(Math.random() * bundle.length))}
        >
          {attempt ? t('tamper.again') : t('tamper.try')}
        </Button>
        {places(bundle).map(({ id, at }) => (
          <Button key={id} isBusy={isBusy} onClick={() => void tryAt(at)}>
            {t(`tamper.${id}`)}
          </Button>
        ))}
      </div>
      {attempt ? <Outcome attempt={attempt} tries={tries} /> : null}
    </div>
  );
}

function Outcome({ attempt, tries }: { attempt: Attempt; tries: { made: number; found: number } }) {
  const t = useTexts('passport');
  const lang = useLang();
  const { failed } = attempt.proof.verdict;
  return (
    <>
      <p>{t('tamper.place', { n: formatNumber(attempt.at + 1, lang) })}</p>
      <Excerpt label={t('tamper.before')} text={attempt.before} at={attempt.at} />
      <Excerpt label={t('tamper.after')} text={attempt.after} at={attempt.at} />
      <Verdict
        tone={failed ? 'good' : 'bad'}
        title={failed ? t('tamper.found') : t('tamper.missed')}
      >
        {failed
          ? t('tick.failedAt', { check: lang === 'zh' ? failed.titleZh : failed.titleEn })
          : null}
      </Verdict>
      <p className="z-note">
        {t('tamper.count', { made: String(tries.made), found: String(tries.found) })}
      </p>
      <CheckList proof={attempt.proof} />
    </>
  );
}

function Excerpt({ label, text, at }: { label: string; text: string; at: number }) {
  return (
    <p className="z-passport-excerpt">
      <small>{label}</small>
      <code>
        {text.slice(Math.max(0, at - AROUND), at)}
        <mark>{text[at]}</mark>
        {text.slice(at + 1, at + 1 + AROUND)}
      </code>
    </p>
  );
}

/** Places a cheat would go for: a measured value, the number of the life, a hash in the log. */
function places(bundle: string): { id: 'value' | 'life' | 'hash'; at: number }[] {
  const marks = [
    { id: 'value' as const, mark: '"metricValue":{', skip: 0 },
    { id: 'life' as const, mark: '"lifeNumber":', skip: 13 },
    { id: 'hash' as const, mark: '"leafHash":"', skip: 20 },
  ];
  return marks.flatMap(({ id, mark, skip }) => {
    const start = bundle.indexOf(mark);
    if (start < 0) return [];
    // the value comes after the unit in canonical JSON
    const at = id === 'value' ? bundle.indexOf('"value":', start) + 8 : start + skip;
    return [{ id, at }];
  });
}
