import {
  Facts,
  Grid,
  LinkButton,
  Reading,
  Section,
  Time,
  useParam,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { getTest, type TestView } from '../contract.ts';
import { CurvePicture } from './curve-picture.tsx';
import { RunInForm } from './run-in-form.tsx';
import { TestRow } from './test-row.tsx';
import { TestTag } from './words.tsx';
import './quality.css';

/** A test as it was: every value against every limit, by version. */
export default function TestRecordPage() {
  const testId = useParam('testId');
  const test = useRead(getTest, { params: { testId } });
  return <Reading of={test}>{(t) => <Record test={t} />}</Reading>;
}

const kept = () => Promise.resolve({ state: 'done' });

function Record({ test }: { test: TestView }) {
  const t = useTexts('quality');
  const say = useSay();
  const { unit, concession } = test;
  return (
    <OfficePage
      title={`${test.code} · ${unit.serial}`}
      up={{ to: '/office/tests', title: t('tests.title') }}
      status={<TestTag state={test.state} />}
      actions={
        test.state === 'open' ? (
          <LinkButton kind="primary" icon="gauge" to="/floor/test" search={{ test: test.id }}>
            {t('test.goOn')}
          </LinkButton>
        ) : undefined
      }
    >
      <Section>
        <Facts
          rows={[
            [t('part'), `${unit.part.number} ${say(unit.part.name)}`],
            [
              t('serial'),
              <LinkButton
                key="u"
                size="small"
                to="/office/units/$unitId"
                params={{ unitId: unit.id }}
              >
                {unit.serial}
              </LinkButton>,
            ],
            [t('life'), unit.life],
            [t('round'), test.round],
            [t('customer'), test.customer],
            [t('test.startedBy'), test.startedBy],
            [t('test.decidedBy'), test.decidedBy],
            [t('at'), <Time key="t" at={test.decidedAt ?? test.startedAt} />],
            [
              t('fault.one'),
              test.nonconformanceId ? (
                <LinkButton
                  key="n"
                  size="small"
                  to="/office/nonconformances/$nonconformanceId"
                  params={{ nonconformanceId: test.nonconformanceId }}
                >
                  {t('test.openFault')}
                </LinkButton>
              ) : undefined,
            ],
            [
              t('disposition.concession'),
              concession && `${concession.code} · ${concession.reference} · ${concession.reason}`,
            ],
          ]}
        />
      </Section>
      <Section title={t('test.values')}>
        <ul className="z-quality-rows">
          {test.rows.map((row) => (
            <TestRow key={row.id} row={row} isOpen={false} onSave={kept} />
          ))}
        </ul>
      </Section>
      {test.curves.length > 0 ? (
        <Section title={t('curve.title')}>
          <Grid min={420}>
            {test.curves.map((c) => (
              <CurvePicture key={c.id} curve={c} rows={test.rows} />
            ))}
          </Grid>
        </Section>
      ) : null}
      {test.runIn ? <RunInForm test={test} isShownOnly /> : null}
    </OfficePage>
  );
}
