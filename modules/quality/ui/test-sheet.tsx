import {
  Button,
  Confirm,
  LinkButton,
  Section,
  TextField,
  useAct,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { abortTest, decideTest, recordTestValues, type TestView } from '../contract.ts';
import { CurvePicture } from './curve-picture.tsx';
import { CurveUpload } from './curve-upload.tsx';
import { InstrumentChoice, useInstruments } from './instrument-choice.tsx';
import { RunInForm } from './run-in-form.tsx';
import { TestRow } from './test-row.tsx';
import type { Row } from './words.tsx';
import './quality.css';

/** One test at the bench: every row with its limits, curves, run-in; at the end the verdict. */
export function TestSheet({ test, leave }: { test: TestView; leave: () => void }) {
  const t = useTexts('quality');
  const say = useSay();
  const isOpen = test.state === 'open';
  const instruments = useInstruments(test.rows);
  const record = useAct(recordTestValues);
  const decide = useAct(decideTest, { refreshes: ['production'] });
  const params = { testId: test.id };

  const save = (row: Row, value: string) => {
    const instrumentId = row.instrumentKind ? instruments.chosen(row.instrumentKind) : undefined;
    const given = { characteristicId: row.id, value, unit: row.unit };
    const values = [instrumentId ? { ...given, instrumentId } : given];
    return record.run({ params, body: { values } });
  };
  // a few are named; of many the number says enough, and each row says so itself
  const left =
    test.missing.length > 4
      ? t('test.leftMany', { n: test.missing.length })
      : test.missing.length > 0
        ? t('test.left', { names: test.missing.map(say).join(t('listMark')) })
        : '';
  const actions = isOpen ? (
    <Button
      kind="primary"
      size="large"
      wide
      disabled={test.standing === 'incomplete'}
      isBusy={decide.isBusy}
      onClick={() => void decide.run({ params })}
    >
      {t('test.decide')}
    </Button>
  ) : (
    <Button kind="primary" size="large" wide icon="scan" onClick={leave}>
      {t('test.next')}
    </Button>
  );
  return (
    <FloorPage
      title={`${t('test.title')} ${test.unit.serial}`}
      note={`${test.code} · ${test.unit.part.number} ${say(test.unit.part.name)}`}
      actions={actions}
    >
      <Standing test={test} left={left} />
      {isOpen ? <InstrumentChoice rows={test.rows} instruments={instruments} /> : null}
      <Section title={t('test.values')}>
        <ul className="z-quality-rows">
          {test.rows.map((row) => (
            <TestRow key={row.id} row={row} isOpen={isOpen} onSave={(v) => save(row, v)} />
          ))}
        </ul>
      </Section>
      <Section title={t('curve.title')}>
        {test.curves.map((c) => (
          <CurvePicture key={c.id} curve={c} rows={test.rows} />
        ))}
        {isOpen ? <CurveUpload test={test} /> : null}
      </Section>
      {test.needsRunIn || test.runIn ? <RunInForm test={test} /> : null}
      {isOpen ? <Abort testId={test.id} leave={leave} /> : null}
    </FloorPage>
  );
}

function Standing({ test, left }: { test: TestView; left: string }) {
  const t = useTexts('quality');
  if (test.state === 'aborted') return <Verdict tone="decide" title={t('testState.aborted')} />;
  if (test.state === 'passed') return <Verdict tone="good" title={t('test.passed')} />;
  if (test.state === 'failed') {
    return (
      <Verdict tone="bad" title={t('test.failed')}>
        {t('test.failedNext')}{' '}
        {test.nonconformanceId ? (
          <LinkButton
            size="small"
            to="/office/nonconformances/$nonconformanceId"
            params={{ nonconformanceId: test.nonconformanceId }}
          >
            {t('test.openFault')}
          </LinkButton>
        ) : null}
      </Verdict>
    );
  }
  const isBad = test.rows.some((r) => r.verdict === 'fail') || test.runIn?.good === false;
  if (isBad) {
    return (
      <Verdict tone="bad" title={t('test.willFail')}>
        {left || t('test.readyFail')}
      </Verdict>
    );
  }
  return test.standing === 'incomplete' ? (
    <Verdict tone="decide" title={t('test.running')}>
      {left}
    </Verdict>
  ) : (
    <Verdict tone="good" title={t('test.willPass')}>
      {t('test.readyPass')}
    </Verdict>
  );
}

function Abort({ testId, leave }: { testId: string; leave: () => void }) {
  const t = useTexts('quality');
  const abort = useAct(abortTest, { said: t('test.aborted') });
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState<string>();
  const stop = async () => {
    if (!reason) return;
    const done = await abort.run({ params: { testId }, body: { reason } });
    if (done.state === 'done') leave();
  };
  return (
    <>
      <Button icon="stop" onClick={() => setAsking(true)}>
        {t('test.abort')}
      </Button>
      <Confirm
        open={isAsking}
        title={t('test.abort')}
        onClose={() => setAsking(false)}
        onConfirm={() => void stop()}
        confirm={t('test.abort')}
      >
        <TextField label={t('test.abortReason')} value={reason} onChange={setReason} />
      </Confirm>
    </>
  );
}
