import {
  Button,
  Code,
  Facts,
  formatQuantity,
  formatShare,
  LimitBar,
  LinkButton,
  type Output,
  Reading,
  Row,
  Section,
  StatusTag,
  Time,
  useLang,
  useParam,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { unitReport } from '../contract.ts';
import { Shortfalls } from './coverage-page.tsx';
import { LifeFacts } from './life.tsx';

type Report = Output<typeof unitReport>;
type ReportRow = Report['accuracy'][number];

/** 最终检测报告: how exact a unit is, what it does, what is left before wear limits, and what is known of its life. */
export default function ReportPage() {
  const t = useTexts('quality');
  const say = useSay();
  const unitId = useParam('unitId');
  const report = useRead(unitReport, { params: { unitId } });
  return (
    <Reading of={report}>
      {(r) => (
        <OfficePage
          title={`${t('report.title')} ${r.unit.serial}`}
          note={`${r.unit.part.number} ${say(r.unit.part.name)}`}
          up={{ to: `/office/units/${r.unit.id}`, title: r.unit.serial }}
          actions={
            <Row>
              <Button icon="print" onClick={() => print()}>
                {t('report.print')}
              </Button>
              <LinkButton to="/office/units/$unitId" params={{ unitId: r.unit.id }}>
                {r.unit.serial}
              </LinkButton>
            </Row>
          }
        >
          <Head report={r} />
          <Values title={t('report.accuracy')} note={t('report.accuracyNote')} rows={r.accuracy} />
          <Values title={t('report.function')} note={t('report.functionNote')} rows={r.function} />
          <Reference report={r} />
          <Wear report={r} />
          <Section title={t('report.life')} note={t('report.lifeNote')}>
            <LifeFacts life={r.life} />
          </Section>
        </OfficePage>
      )}
    </Reading>
  );
}

function Head({ report: r }: { report: Report }) {
  const t = useTexts('quality');
  const { test } = r;
  return (
    <Section>
      {test ? (
        <Verdict
          tone={test.state === 'passed' ? 'good' : test.concession ? 'decide' : 'bad'}
          title={t(`testState.${test.state}`)}
        >
          {test.concession ? t('report.concession', { code: test.concession }) : null}
        </Verdict>
      ) : (
        <Verdict tone="decide" title={t('report.untested')}>
          {t('report.untestedNext')}
        </Verdict>
      )}
      <Facts
        rows={[
          [t('report.maker'), r.maker],
          ['EPC', <Code key="e">{r.unit.epc}</Code>],
          [t('report.lifeNo'), String(r.unit.life)],
          [
            t('report.test'),
            test ? `${test.code} · ${t('report.round', { n: test.round })}` : undefined,
          ],
          [t('report.at'), test ? <Time key="t" at={test.at} /> : undefined],
          [
            t('report.runIn'),
            test?.runInMinutes ? t('report.minutes', { n: test.runInMinutes }) : undefined,
          ],
          [t('certificate.one'), r.certificateCode],
        ]}
      />
    </Section>
  );
}

function Values(props: { title: string; note: string; rows: readonly ReportRow[] }) {
  const t = useTexts('quality');
  const say = useSay();
  const lang = useLang();
  if (props.rows.length === 0) return null;
  return (
    <Section title={props.title} note={props.note} flush>
      <PlainTable
        rows={props.rows}
        rowKey={(x) => x.id}
        columns={[
          {
            title: t('report.item'),
            cell: (x) => (
              <>
                {x.code} {say(x.name)}
              </>
            ),
          },
          {
            title: t('report.value'),
            end: true,
            cell: (x) =>
              x.value === undefined
                ? '—'
                : x.unit === 'bool'
                  ? t(x.value === '1' ? 'yes' : 'no')
                  : formatQuantity(x.value, x.unit, lang),
          },
          {
            title: t('report.limits'),
            cell: (x) =>
              x.unit === 'bool' ? null : (
                <LimitBar
                  unit={x.unit}
                  value={x.value}
                  limits={x.limits.map((l) => ({
                    name: l.customer ?? t(`level.${l.level}`),
                    low: l.min,
                    high: l.max,
                  }))}
                />
              ),
          },
          {
            title: t('report.margin'),
            end: true,
            cell: (x) => (x.margin === undefined ? '—' : formatShare(x.margin, lang, 0)),
          },
          {
            title: t('report.verdict'),
            cell: (x) =>
              x.verdict ? (
                <StatusTag tone={x.verdict === 'fail' ? 'bad' : 'good'}>
                  {t(`rowVerdict.${x.verdict}`)}
                </StatusTag>
              ) : (
                '—'
              ),
          },
        ]}
      />
    </Section>
  );
}

function Reference({ report: { newProduct: n } }: { report: Report }) {
  const t = useTexts('quality');
  if (!n) {
    return (
      <Section title={t('report.asNew')}>
        <p className="z-note">{t('report.asNewUnknown')}</p>
      </Section>
    );
  }
  return (
    <Section
      title={t('report.asNew')}
      note={t('report.asNewOf', { n: n.asked, v: n.planVersion, source: n.source })}
    >
      {n.shortfalls.length === 0 ? <p>{t('coverage.allThere')}</p> : null}
      <Shortfalls rows={n.shortfalls} />
      {n.release ? (
        <p className="z-note">
          {t('coverage.by', { by: n.release.approvedBy, reason: n.release.reason })}
        </p>
      ) : null}
    </Section>
  );
}

function Wear({ report: { wear } }: { report: Report }) {
  const t = useTexts('quality');
  const say = useSay();
  const lang = useLang();
  return (
    <Section title={t('report.wear')} note={t('report.wearNote')} flush={wear.length > 0}>
      {wear.length === 0 ? (
        <p className="z-note">{t('report.noWear')}</p>
      ) : (
        <PlainTable
          rows={wear}
          rowKey={(w) => `${w.componentId} ${w.code}`}
          columns={[
            {
              title: t('report.component'),
              cell: (w) => (
                <>
                  {w.componentCode} {say(w.part.name)}
                </>
              ),
            },
            {
              title: t('report.item'),
              cell: (w) => (
                <>
                  {w.code} {say(w.name)}
                </>
              ),
            },
            {
              title: t('report.value'),
              end: true,
              cell: (w) => (
                <>
                  {w.value} {w.unit}
                </>
              ),
            },
            { title: t('report.margin'), end: true, cell: (w) => formatShare(w.margin, lang, 0) },
          ]}
        />
      )}
    </Section>
  );
}
