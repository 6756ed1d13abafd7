import { instrumentKind } from '@zaizao/modules/instruments/contract';
import {
  Code,
  Facts,
  Link,
  LinkButton,
  Reading,
  Section,
  StatusTag,
  Time,
  useParam,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { getInspection } from '../contract.ts';
import { MeasuredBar } from './measured-row.tsx';
import { NdtList } from './ndt.tsx';
import { type Row, type Shown, usePartName } from './words.tsx';

/** One inspection: every value on the limits that judged it, and the decision with who and why. */
export default function RecordPage() {
  const inspectionId = useParam('inspectionId');
  const found = useRead(getInspection, { params: { inspectionId } });
  return <Reading of={found}>{(view) => <Inspection view={view} />}</Reading>;
}

function Inspection({ view }: { view: Shown }) {
  const t = useTexts('inspection');
  const say = useSay();
  const name = usePartName();
  const { decision, proposal, component } = view;
  const shown = decision ?? proposal;
  return (
    <OfficePage
      title={`${view.code} ${name(component.part)}`}
      up={{ to: '/office/inspections', title: t('list.title') }}
      status={
        <StatusTag tone={view.state === 'open' ? 'busy' : 'good'}>
          {t(`state.${view.state}`)}
        </StatusTag>
      }
      actions={
        view.state === 'open' ? (
          <LinkButton
            kind="primary"
            icon="ruler"
            to="/floor/inspection"
            search={{ inspection: view.id }}
          >
            {t('inspect.continue')}
          </LinkButton>
        ) : null
      }
    >
      <Verdict
        tone={shown.disposition === 'reuse' ? 'good' : 'decide'}
        title={
          decision
            ? t(`decision.${decision.disposition}`)
            : t('decide.proposed', { what: t(`decision.${proposal.disposition}`) })
        }
      >
        {decision?.overrideReason
          ? `${t('rule.override')}: ${decision.overrideReason}`
          : say(shown.reason)}
      </Verdict>
      <Section title={t('record.what')}>
        <Facts
          rows={[
            [
              t('field.component'),
              <Link
                key="c"
                to="/office/components/$componentId"
                params={{ componentId: component.id }}
              >
                <Code>{component.code}</Code>
              </Link>,
            ],
            [
              t('field.core'),
              <Link key="k" to="/office/cores/$coreId" params={{ coreId: component.coreId }}>
                <Code>{component.coreCode}</Code>
              </Link>,
            ],
            [t('field.qty'), component.qty],
            [t('field.round'), view.round],
            [t('field.startedAt'), <Time key="s" at={view.startedAt} />],
            [t('field.decidedAt'), decision && <Time key="d" at={decision.at} />],
            [t('field.by'), decision?.by],
            [
              t('visual.title'),
              `${t(view.visualGood ? 'visual.good' : 'visual.bad')} ${view.visualNote ?? ''}`,
            ],
            [
              t('field.event'),
              view.eventId && (
                <Link
                  key="e"
                  to="/office/ledger/events/$eventId"
                  params={{ eventId: view.eventId }}
                >
                  {t('field.openEvent')}
                </Link>
              ),
            ],
          ]}
        />
      </Section>
      <Section title={t('measure.title')} flush>
        <Values rows={view.rows} />
      </Section>
      {view.ndt.length > 0 ? (
        <Section title={t('ndt.title')}>
          <NdtList view={view} />
        </Section>
      ) : null}
    </OfficePage>
  );
}

function Values({ rows }: { rows: readonly Row[] }) {
  const t = useTexts('inspection');
  const say = useSay();
  if (rows.length === 0) return <p className="z-note">{t('measure.none')}</p>;
  return (
    <PlainTable
      rows={rows}
      rowKey={(r) => r.id}
      columns={[
        {
          title: t('field.characteristic'),
          cell: (r) => (
            <>
              {say(r.name)} <small>{r.code}</small>
            </>
          ),
        },
        {
          title: t('measure.value'),
          end: true,
          cell: (r) =>
            r.value === undefined
              ? '—'
              : r.unit === 'bool'
                ? t(r.value === '1' ? 'measure.yes' : 'measure.no')
                : `${r.value} ${r.unit}`,
        },
        {
          title: t('field.verdict'),
          cell: (r) =>
            r.verdict ? (
              <StatusTag
                tone={r.verdict === 'pass' ? 'good' : r.verdict === 'fail' ? 'bad' : 'idle'}
              >
                {t(`verdict.${r.verdict}`)}
              </StatusTag>
            ) : (
              <StatusTag tone="decide">{t('verdict.open')}</StatusTag>
            ),
        },
        {
          title: t('field.limits'),
          cell: (r) => (
            <>
              {r.unit === 'bool' ? t('measure.mustBe') : <MeasuredBar row={r} />}
              <small className="z-note">
                {r.limits.map((l) => `${say(l.source)} v${l.version}`).join(' · ')}
              </small>
            </>
          ),
        },
        {
          title: t('measure.instrument'),
          cell: (r) =>
            r.instrumentId ? (
              <Link
                to="/office/instruments/$instrumentId"
                params={{ instrumentId: r.instrumentId }}
              >
                {r.instrumentKind ? say(instrumentKind(r.instrumentKind)) : t('measure.instrument')}
              </Link>
            ) : r.instrumentKind ? (
              say(instrumentKind(r.instrumentKind))
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}
