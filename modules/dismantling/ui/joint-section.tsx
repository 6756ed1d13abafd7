import {
  Chart,
  Code,
  formatNumber,
  LinkButton,
  Reading,
  Row,
  Section,
  StatusTag,
  Time,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { getTeardownPlan } from '../contract.ts';
import type { TeardownPlanShown } from './plan-words.tsx';

/** In the record of a teardown: its plan, and each joint as a person or a station undid it. */
export function JointSection({ teardownId }: { teardownId: string }) {
  const t = useTexts('dismantling');
  const found = useRead(getTeardownPlan, { params: { teardownId } });
  return (
    <Reading of={found} lines={2}>
      {(shown) => (
        <Section
          title={t('plan.joints', { n: shown.joints.length })}
          note={t('joint.note')}
          actions={
            <Row>
              {shown.plan ? (
                <LinkButton to="/office/teardown-plans/$planId" params={{ planId: shown.plan.id }}>
                  {t('plan.no', { n: shown.plan.no })}
                </LinkButton>
              ) : null}
              <LinkButton to="/office/teardowns/$teardownId/balance" params={{ teardownId }}>
                {t('balance.short')}
              </LinkButton>
            </Row>
          }
        >
          {shown.joints.length > 0 ? <Joints joints={shown.joints} /> : <p>{t('joint.none')}</p>}
        </Section>
      )}
    </Reading>
  );
}

type Joint = TeardownPlanShown['joints'][number];

function Joints({ joints }: { joints: readonly Joint[] }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const lang = useLang();
  const number = (n: number | undefined, unit: string) =>
    n === undefined ? '—' : `${formatNumber(n, lang)} ${unit}`;
  const measured = joints.filter((j) => (j.curve?.length ?? 0) > 1);
  return (
    <>
      <PlainTable
        rows={joints}
        rowKey={(j) => j.id}
        columns={[
          {
            title: t('joint.joint'),
            cell: (j) => (
              <>
                <Code>{j.joint}</Code> {say(j.name)}
              </>
            ),
          },
          {
            title: t('joint.outcome'),
            cell: (j) => (
              <>
                <StatusTag tone={j.outcome === 'undone' ? 'good' : 'decide'}>
                  {t(`plan.outcome.${j.outcome}`)}
                </StatusTag>{' '}
                {j.note}
              </>
            ),
          },
          {
            title: t('joint.source'),
            cell: (j) => (j.source === 'station' ? j.station : t('joint.person')),
          },
          { title: t('joint.tool'), cell: (j) => (j.tool ? say(j.tool) : null) },
          { title: t('joint.torque'), end: true, cell: (j) => number(j.torqueNm, 'N·m') },
          { title: t('joint.angle'), end: true, cell: (j) => number(j.angleDeg, '°') },
          { title: t('joint.time'), end: true, cell: (j) => number(j.seconds, 's') },
          { title: t('joint.at'), cell: (j) => <Time at={j.at} /> },
        ]}
      />
      {measured.length > 0 ? (
        <Chart
          summary={t('joint.curves', { n: measured.length })}
          height={260}
          option={{
            legend: {},
            xAxis: { type: 'value', name: '°' },
            yAxis: { type: 'value', name: 'N·m' },
            series: measured.map((j) => ({
              type: 'line',
              name: `${j.joint} ${say(j.name)}`,
              showSymbol: false,
              data: j.curve ?? [],
            })),
          }}
          table={{
            head: [t('joint.joint'), t('joint.torque'), t('joint.angle')],
            rows: measured.map((j) => [j.joint, j.torqueNm ?? 0, j.angleDeg ?? 0]),
          }}
        />
      ) : null}
    </>
  );
}
