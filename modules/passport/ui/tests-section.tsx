import {
  formatNumber,
  LimitBar,
  Section,
  StatusTag,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { PassportFacts } from '../contract/public.ts';

type Test = NonNullable<PassportFacts['test']>;
type Result = Test['results'][number];

/** What was measured, each value against every limit it must keep. */
export function TestsSection({ test }: { test: Test }) {
  const t = useTexts('passport');
  return (
    <Section
      title={t('tests.title')}
      note={t('tests.note', { code: test.code })}
      actions={
        <StatusTag tone={test.passed ? 'good' : test.concession ? 'decide' : 'bad'}>
          {test.passed
            ? t('tests.passed')
            : test.concession
              ? t('tests.concession')
              : t('tests.failed')}
        </StatusTag>
      }
    >
      <ul className="z-passport-tests">
        {test.results.map((result) => (
          <TestRow key={result.code} result={result} />
        ))}
      </ul>
    </Section>
  );
}

function TestRow({ result }: { result: Result }) {
  const t = useTexts('passport');
  const say = useSay();
  const limits = result.limits.map((limit) => ({
    name: t(`tests.level.${limit.level}`, { version: String(limit.version) }),
    low: limit.min,
    high: limit.max,
  }));
  const bounded = limits.filter(({ low, high }) => low !== undefined || high !== undefined);
  return (
    <li>
      <div className="z-passport-test-head">
        <span>{say(result.name)}</span>
        <Value result={result} />
      </div>
      {result.unit !== 'bool' && bounded.length > 0 ? (
        <LimitBar value={result.value} unit={result.unit} limits={bounded} />
      ) : null}
    </li>
  );
}

function Value({ result }: { result: Result }) {
  const t = useTexts('passport');
  const lang = useLang();
  const isOut = result.verdict === 'fail';
  if (result.unit === 'bool') {
    return (
      <StatusTag tone={isOut ? 'bad' : 'good'}>
        {result.value === '1' ? t('tests.yes') : t('tests.no')}
      </StatusTag>
    );
  }
  return (
    <strong className={`z-num${isOut ? ' z-text-bad' : ''}`}>
      {formatNumber(result.value, lang)}
      <small>{result.unit === 'count' ? '' : result.unit}</small>
    </strong>
  );
}
